package io.ehcached.auth;

/**
 * The source of attempts to authenticate: a host and a user.
 *
 * @param user {@link #UNKNOWN} for all that the file does not list
 */
record LoginSource(String host, String user) {
  static final String UNKNOWN = "a user that is not listed";
}
