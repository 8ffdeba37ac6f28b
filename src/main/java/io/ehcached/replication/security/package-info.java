/**
 * Who may be a peer, and how it proves that. Rule: nothing of an unproved peer is read further than
 * its proof, once a proof is asked for.
 */
package io.ehcached.replication.security;
