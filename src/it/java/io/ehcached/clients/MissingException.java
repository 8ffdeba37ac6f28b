package io.ehcached.clients;

/**
 * Something that a client needs is not on this machine; the message says what, and how to get it.
 */
final class MissingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissingException(String message) {
    super(message);
  }
}
