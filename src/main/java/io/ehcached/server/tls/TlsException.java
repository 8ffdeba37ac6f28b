package io.ehcached.server.tls;

/** TLS cannot be set up as asked. The message says by which option, why, and what to do instead. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
