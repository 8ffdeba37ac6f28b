package io.ehcached.replication.network;

import io.ehcached.replication.link.PeerUrl;
import java.util.List;
import java.util.Set;

/**
 * How a node finds its peers: the properties of {@code cacheManagerPeerProviderFactory}.
 *
 * @param listed the other nodes, in manual discovery
 * @param group through which peers are heard, in automatic discovery; else null
 * @param clusterName tells clusters in one group apart; null: the cache manager's name
 * @param acceptUnlisted whether nodes that are neither listed nor heard may become peers
 * @param expectedPeers how many other nodes should be reachable; 0: any number
 */
public record DiscoverySettings(
    Set<Way> ways,
    List<PeerUrl> listed,
    Group group,
    String clusterName,
    boolean acceptUnlisted,
    int expectedPeers) {
  /** How peers are found. */
  public enum Way {
    /** Listed in {@code rmiUrls}. */
    MANUAL,
    /** By heartbeats to a multicast group. */
    AUTOMATIC
  }

  /**
   * A multicast group.
   *
   * @param timeToLive how many routers a heartbeat may pass; 0: it stays on this machine
   * @param hostName the address whose interface heartbeats leave by; null: the listener's
   */
  public record Group(String address, int port, int timeToLive, String hostName) {}

  /** Tells whether peers are listed. */
  public boolean isManual() {
    return ways.contains(Way.MANUAL);
  }

  /** Tells whether peers are heard. */
  public boolean isAutomatic() {
    return ways.contains(Way.AUTOMATIC);
  }
}
