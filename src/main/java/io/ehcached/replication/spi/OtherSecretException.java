package io.ehcached.replication.spi;

import java.io.IOException;

/** A node has another secret than this one, so that neither takes the other for a peer. */
public final class OtherSecretException extends IOException {
  private static final long serialVersionUID = 1;

  /** Makes one with a message for people. */
  public OtherSecretException(String message, Throwable cause) {
    super(message, cause);
  }
}
