package io.ehcached.protocol;

/** The protocol in which a request came, and in which it is answered. */
public enum Wire {
  /** Memcached's text protocol. */
  TEXT,
  /** Memcached's meta protocol, on the same connections as the text protocol. */
  META,
  /** Memcached's binary protocol. */
  BINARY
}
