package io.ehcached.auth;

/** A file of users that cannot be used. Its message names the file, the line, and the mend. */
public final class PasswordFileException extends Exception {
  private static final long serialVersionUID = 1L;

  PasswordFileException(String message) {
    super(message);
  }
}
