package io.ehcached.replication.wire;

import java.io.IOException;

/** The result of comparing the stamp that a peer holds under a key with the stamp of a write. */
public enum StampComparison {
  /** That write. */
  SAME,
  /** An older one. */
  OLDER,
  /** A newer one. */
  NEWER,
  /** Nothing that it knows of. */
  MISSING;

  private static final StampComparison[] ALL = values();

  /** Returns the number that stands for this in a frame. */
  @SuppressWarnings("EnumOrdinal") // the order above is the wire's
  public int code() {
    return ordinal();
  }

  /** Returns what a number in a frame stands for. */
  public static StampComparison of(int code) throws IOException {
    if (code >= ALL.length) {
      throw new IOException("an answer of unknown kind " + code);
    }
    return ALL[code];
  }
}
