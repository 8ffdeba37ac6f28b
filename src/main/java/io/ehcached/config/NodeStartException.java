package io.ehcached.config;

/** A node cannot be started; the message is one line that says why, and what to do instead. */
public final class NodeStartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What has to change for the node to start. */
  public enum Reason {
    /** {@code ehcache.xml}, or the heap, which is too small for it. */
    FILE,
    /** What the node's user may do. */
    PERMISSION,
    /** Something that may change by itself, such as a port that is taken. */
    OTHER
  }

  private final Reason reason;

  NodeStartException(Reason reason, String message) {
    this(reason, message, null);
  }

  NodeStartException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns what has to change. */
  public Reason reason() {
    return reason;
  }
}
