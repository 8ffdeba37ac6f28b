package io.ehcached.config;

/** A node cannot be started; the message is one line that says why, and what to do instead. */
public final class NodeStartException extends Exception {
  private static final long serialVersionUID = 1L;

  NodeStartException(String message) {
    super(message);
  }

  NodeStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
