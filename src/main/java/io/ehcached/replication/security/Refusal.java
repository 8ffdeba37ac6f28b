package io.ehcached.replication.security;

import java.util.Locale;

/** Why something that came from the network was not let in. */
public enum Refusal {
  /** A connection from a host that is not one of the peers' hosts. */
  CONNECTION_HOST,
  /** A connection that did not finish its proof in time, or broke it off. */
  CONNECTION_UNPROVED,
  /** A connection whose proof was wrong, or was none. */
  CONNECTION_FALSE_PROOF,
  /** A connection above the bound on how many there may be. */
  CONNECTION_SURPLUS,
  /** A connection over which nothing came. */
  CONNECTION_SILENT,
  /** A connection over which a call came that is longer than any that a node makes. */
  CONNECTION_OVERSIZED,
  /** A call of a node that is not in the list of peers, where that is closed or full. */
  PEER_UNLISTED,
  /** A heartbeat longer than any that a node sends. */
  HEARTBEAT_OVERSIZED,
  /** A datagram that is no heartbeat of this kind of node. */
  HEARTBEAT_MALFORMED,
  /** A heartbeat of a version that this node does not read. */
  HEARTBEAT_VERSION,
  /** A heartbeat of another cluster. */
  HEARTBEAT_CLUSTER,
  /** A heartbeat from, or about, a host outside this node's own subnet. */
  HEARTBEAT_HOST,
  /** A heartbeat without a proof, or with a wrong one. */
  HEARTBEAT_UNPROVED,
  /** A heartbeat that was heard before, or is older than one that was. */
  HEARTBEAT_STALE,
  /** A heartbeat of one peer more than the bound on how many there may be. */
  HEARTBEAT_SURPLUS;

  /** Returns the name under which this is shown in statistics, {@code connection_host} say. */
  public String statName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
