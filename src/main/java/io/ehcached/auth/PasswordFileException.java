package io.ehcached.auth;

/**
 * Thrown when a password file cannot be used. Its message names the file, the line, and the mend.
 */
public final class PasswordFileException extends Exception {
  private static final long serialVersionUID = 1L;

  PasswordFileException(String message) {
    super(message);
  }
}
