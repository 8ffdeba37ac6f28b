package io.ehcached.replication;

import java.io.IOException;

/** What a peer holds under a key, held against a write that it was asked about. */
enum Standing {
  /** That write. */
  SAME,
  /** An older one. */
  OLDER,
  /** A newer one. */
  NEWER,
  /** Nothing that it knows of. */
  MISSING;

  private static final Standing[] ALL = values();

  @SuppressWarnings("EnumOrdinal") // the order above is the wire's
  int code() {
    return ordinal();
  }

  static Standing of(int code) throws IOException {
    if (code >= ALL.length) {
      throw new IOException("an answer of unknown kind " + code);
    }
    return ALL[code];
  }
}
