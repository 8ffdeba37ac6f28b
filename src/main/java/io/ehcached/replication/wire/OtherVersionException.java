package io.ehcached.replication.wire;

import java.io.IOException;

/**
 * Says that two nodes cannot talk to each other, since the major numbers of their {@link
 * WireVersion}s differ. The message is for people, and says what to do.
 */
public final class OtherVersionException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String url;

  /** A peer refuses this node. */
  public OtherVersionException(String message) {
    super(message);
    this.url = "";
  }

  private OtherVersionException(String url, String message) {
    super(message);
    this.url = url;
  }

  /** This node refuses a peer. */
  static OtherVersionException of(PeerVersion peer, String url) {
    return new OtherVersionException(
        url,
        "it speaks version "
            + peer
            + " of the peers' protocol, and this node "
            + WireVersion.NEWEST
            + ": bring both nodes to releases with the same first number");
  }

  /** Returns where the peer that is refused says it can be reached; may be nothing. */
  public String url() {
    return url;
  }
}
