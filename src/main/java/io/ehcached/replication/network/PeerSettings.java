package io.ehcached.replication.network;

/**
 * How a node and its peers reach each other, as {@code ehcache.xml} says.
 *
 * @param proofs by what peers prove themselves
 */
public record PeerSettings(
    ListenerSettings listener, DiscoverySettings discovery, ProofFiles proofs) {}
