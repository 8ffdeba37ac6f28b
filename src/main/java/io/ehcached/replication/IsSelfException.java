package io.ehcached.replication;

import java.io.IOException;

/** Says that the peer called is this very node, under another name. */
final class IsSelfException extends IOException {
  private static final long serialVersionUID = 1L;

  IsSelfException() {
    super("this is the node itself under another name");
  }
}
