package io.ehcached.replication.security;

import java.io.IOException;

/** The other end of a connection did not prove that it is a peer. */
public final class PeerProofException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean wrong;

  PeerProofException(String message, boolean wrong) {
    super(message);
    this.wrong = wrong;
  }

  /** Tells whether there was a proof that is wrong or none, and not only silence. */
  public boolean isWrong() {
    return wrong;
  }
}
