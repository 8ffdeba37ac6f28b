package io.ehcached.replication.status;

import io.ehcached.replication.wire.WireVersion;
import java.util.Locale;

/** How this node stands with a peer. */
public enum PeerState {
  /** Not reached yet. */
  CONNECTING,
  /** Reached, and not yet done with copying what others hold. */
  BOOTSTRAPPING,
  /** Reached, and not yet done with catching up, since it stood still. */
  CATCHING_UP,
  /** Reached. */
  LIVE,
  /** No longer reached, or not in time. */
  DOWN,
  /** It told that it stops, as its operator wanted, and was not reached since. */
  STOPPED,
  /** Reached, but one does not understand the other: see {@link WireVersion}. */
  INCOMPATIBLE,
  /** Reached, but it does not take this node for a peer: its last error says why. */
  REFUSED,
  /** This node itself, under another name. */
  SELF,
  /** No peer any more, as discovery says. */
  LEFT;

  /** Tells whether the peer can be called. */
  public boolean isReachable() {
    return this == LIVE || this == BOOTSTRAPPING || this == CATCHING_UP;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
