package io.ehcached.replication.security;

import java.io.IOException;

/** The other end of a connection did not prove that it is a peer. */
public final class PeerProofException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean wrong;
  private final boolean otherSecret;

  PeerProofException(String message, boolean wrong) {
    this(message, wrong, false);
  }

  private PeerProofException(String message, boolean wrong, boolean otherSecret) {
    super(message);
    this.wrong = wrong;
    this.otherSecret = otherSecret;
  }

  /** Returns that the other end has another secret. */
  static PeerProofException otherSecret() {
    return new PeerProofException(
        "it has another secret (is the same secret file configured on both nodes?)", true, true);
  }

  /** Tells whether there was a proof that is wrong or none, and not only silence. */
  public boolean isWrong() {
    return wrong;
  }

  /** Tells whether the other end has another secret. */
  public boolean isOtherSecret() {
    return otherSecret;
  }
}
