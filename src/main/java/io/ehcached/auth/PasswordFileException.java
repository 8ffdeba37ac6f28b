package io.ehcached.auth;

/**
 * Thrown when a password file cannot be used. The message names the file, the line, and the
 * correction.
 */
public final class PasswordFileException extends Exception {
  private static final long serialVersionUID = 1L;

  PasswordFileException(String message) {
    super(message);
  }
}
