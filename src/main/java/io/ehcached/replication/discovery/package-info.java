/**
 * Who the peers are: those listed by hand, and those heard by multicast. Rule: a peer is known by
 * address and port; whether it can be reached is not asked here.
 */
package io.ehcached.replication.discovery;
