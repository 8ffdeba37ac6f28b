package io.ehcached.replication.wire;

import java.io.IOException;

/** What a node asks of a peer. */
public enum FrameType {
  /** Who are you, and in what state. */
  HELLO,
  /** Take these entries. */
  ENTRIES,
  /** Compare these sums of recent slices. */
  SLICES,
  /** Tell me the sums of all buckets. */
  BUCKETS,
  /** Which of these stamps do you lack. */
  CHECK,
  /** Give me what stands under these keys. */
  FETCH,
  /** Give me the next part of all there is. */
  CHUNK,
  /** You hold all that I held when this was my history; from version 1.2 on. */
  AGREED;

  private static final FrameType[] ALL = values();

  /** Returns the type's number on the wire. */
  @SuppressWarnings("EnumOrdinal") // the order above is the wire's
  public int code() {
    return ordinal() + 1;
  }

  static FrameType of(int code) throws IOException {
    if (code < 1 || code > ALL.length) {
      throw new IOException("a frame of unknown type " + code);
    }
    return ALL[code - 1];
  }
}
