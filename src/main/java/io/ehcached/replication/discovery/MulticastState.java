package io.ehcached.replication.discovery;

import java.util.Locale;

/** What a node hears through its multicast group, the less of use first. */
public enum MulticastState {
  /** Peers are not looked for by multicast. */
  OFF(""),
  /** It is too early to tell. */
  STARTING(""),
  /** Nothing, not even what this node sends. */
  SILENT(
      "nothing arrives, not even this node's own heartbeats: the interface does not pass multicast,"
          + " or a firewall drops it"),
  /** Only what this node sends. */
  ONLY_OWN(
      "only this node's own heartbeats arrive: no other node uses this group and port, timeToLive"
          + " is too small, or the network does not pass multicast"),
  /** Datagrams, all of which are refused. */
  REFUSED("what arrives from others is refused, as the counters refused_heartbeat_… tell"),
  /** Nodes of other clusters. */
  OTHER_CLUSTER(
      "only nodes of other clusters are heard: where they should be one, give them the same"
          + " clusterName"),
  /** Nodes of this cluster that do not have this node's regions. */
  OTHER_REGION(
      "only nodes without this node's regions are heard: where they should replicate, give their"
          + " caches the same name"),
  /** Nodes that have a region of this one. */
  PEERS("peers are heard");

  private final String text;

  MulticastState(String text) {
    this.text = text;
  }

  /** Returns what it means, and what to do. */
  String text() {
    return text;
  }

  /** Returns the word for it in statistics, {@code only_own} say. */
  public String statName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
