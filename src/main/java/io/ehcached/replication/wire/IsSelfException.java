package io.ehcached.replication.wire;

import java.io.IOException;

/** Says that the peer called is this very node, under another name. */
public final class IsSelfException extends IOException {
  private static final long serialVersionUID = 1L;

  public IsSelfException() {
    super("this is the node itself under another name");
  }
}
