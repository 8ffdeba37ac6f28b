/**
 * Sends a peer what was written here. Rule: no write and no client waits for it, and it never gives
 * up: what it cannot keep for the peer, {@link io.ehcached.replication.sender.PeerRepair} finds.
 */
package io.ehcached.replication.sender;
