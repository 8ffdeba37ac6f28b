package io.ehcached.config;

import io.ehcached.replication.link.PeerUrl;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a node listens for its peers, and how it finds them.
 *
 * @param hostName what peers are told to connect to
 * @param bindAddress where sockets listen: the same, or the wildcard address where hostName is none
 *     of this machine
 * @param port of the RMI registry; 0: any free one
 * @param remoteObjectPort of the region's remote object; 0: the registry's
 * @param socketTimeoutMillis the longest wait for a peer's connection or answer
 * @param peers the other nodes, in manual discovery
 * @param group the multicast group, in automatic discovery; else null
 * @param groupPort the group's port
 * @param timeToLive how many routers a heartbeat may pass; 0: it stays on this machine
 * @param clusterName tells clusters in one group apart; null: the file's name of {@code <ehcache>}
 * @param proofs the properties that say how peers prove themselves, as they are written
 */
public record RmiSettings(
    String hostName,
    String bindAddress,
    int port,
    int remoteObjectPort,
    int socketTimeoutMillis,
    Set<Discovery> discovery,
    List<PeerUrl> peers,
    String group,
    int groupPort,
    int timeToLive,
    String clusterName,
    Map<String, String> proofs) {
  /** How peers are found. */
  public enum Discovery {
    /** Listed in {@code rmiUrls}. */
    MANUAL,
    /** By heartbeats to a multicast group. */
    AUTOMATIC
  }
}
