package io.ehcached.replication.status;

import java.util.Locale;

/** How this node knows of a peer. */
public enum PeerOrigin {
  /** It is in {@code rmiUrls}. */
  LISTED,
  /** Its heartbeats are heard. */
  MULTICAST,
  /** It called this node, which has it neither in its list nor heard. */
  ACCEPTED,
  /** Another peer told of it. */
  TOLD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
