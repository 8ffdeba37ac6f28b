package io.ehcached.replication.settings;

/**
 * A fault in how peers are configured, or in what the machine has for it. The message is for the
 * person who wrote the configuration: what is wrong, where, and what to do instead.
 */
public final class PeerSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PeerSettingsException(String message) {
    super(message);
  }

  public PeerSettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
