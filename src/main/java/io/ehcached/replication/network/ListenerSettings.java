package io.ehcached.replication.network;

/**
 * Where a node listens for its peers: the properties of {@code cacheManagerPeerListenerFactory}.
 *
 * @param hostName what peers are told to connect to
 * @param bindAddress where sockets listen: the same, or the wildcard address where hostName is none
 *     of this machine
 * @param port of the RMI registry; 0: any free one
 * @param remoteObjectPort of the region's remote object; 0: the registry's
 * @param socketTimeoutMillis the longest wait for a peer's connection or answer
 */
public record ListenerSettings(
    String hostName, String bindAddress, int port, int remoteObjectPort, int socketTimeoutMillis) {}
