package io.ehcached.server.tls;

import java.util.List;

/** TLS cannot be set up as asked. The message says by which option, why, and what to do instead. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> faults;

  TlsException(String message) {
    this(message, null);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
    faults = List.of(message);
  }

  /** Makes one of several. */
  TlsException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  /** Returns all that is wrong, each by itself. */
  public List<String> faults() {
    return faults;
  }
}
