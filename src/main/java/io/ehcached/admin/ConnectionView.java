package io.ehcached.admin;

/** A socket as {@code stats conns} shows it. */
public interface ConnectionView {
  /** Returns the id of the connection, which is unique while it is open. */
  long id();

  /** Returns the far end ({@code tcp:10.0.0.1:4711}), or for a listening socket its own address. */
  String address();

  /** Returns the local address, or null for a socket that listens. */
  String listenAddress();

  /** Returns memcached's name for the connection's state, for example {@code conn_parse_cmd}. */
  String state();

  /** Returns the time since the last command, in seconds. */
  long secondsSinceLastCommand();
}
