package io.ehcached.admin;

/** What {@code stats conns} tells of one socket. */
public interface ConnectionView {
  /** Returns the number by which the connection is known; unique while it is open. */
  long id();

  /** Returns the far end ({@code tcp:10.0.0.1:4711}), or for a listening socket its own address. */
  String address();

  /** Returns the local address, or null for a socket that listens. */
  String listenAddress();

  /** Returns memcached's name for what the connection is doing, {@code conn_parse_cmd} say. */
  String state();

  /** Returns how long ago the last command came, in seconds. */
  long secondsSinceLastCommand();
}
