package io.ehcached.replication.spi;

import java.io.IOException;

/** A node answers, and has no such region: not yet, where it is just starting. */
public final class RegionAbsentException extends IOException {
  private static final long serialVersionUID = 1;

  /** Makes one. */
  public RegionAbsentException() {
    super("there is no such region there");
  }
}
