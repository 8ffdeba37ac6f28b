package io.ehcached.auth;

/**
 * Where tries to authenticate come from, and as which user.
 *
 * @param user {@link #UNKNOWN} for all that the file does not list
 */
record LoginSource(String host, String user) {
  static final String UNKNOWN = "a user that is not listed";
}
