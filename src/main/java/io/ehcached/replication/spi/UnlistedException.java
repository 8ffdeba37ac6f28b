package io.ehcached.replication.spi;

/** A peer that is not listed is not accepted; the message says why, and what to do about it. */
public final class UnlistedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes one with its message, which begins in the middle of a sentence. */
  public UnlistedException(String message) {
    super(message);
  }
}
