package io.ehcached.replication.link;

import java.io.IOException;

/** The other end of a connection sends more than any node does. */
final class OversizedException extends IOException {
  private static final long serialVersionUID = 1;

  OversizedException(String message) {
    super(message);
  }
}
