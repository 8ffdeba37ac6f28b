package io.ehcached.protocol.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A search for a byte, eight bytes at a time. */
public final class Scan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** 1 in each of eight bytes, and their highest bits. */
  private static final long ONES = 0x0101010101010101L;

  private static final long HIGHS = ONES << (Byte.SIZE - 1);

  private Scan() {}

  /** Returns the index of the first {@code sought} from {@code from} up to {@code to}, or -1. */
  public static int indexOf(byte sought, byte[] in, int from, int to) {
    int at = indexOfEither(sought, sought, in, from, to);
    return at < to ? at : -1;
  }

  /**
   * Returns the index of the first byte from {@code from} on that is {@code one} or {@code other},
   * or {@code to} when none is before that.
   */
  public static int indexOfEither(byte one, byte other, byte[] in, int from, int to) {
    int at = from;
    for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
      long eight = (long) LONGS.get(in, at);
      long found = zeros(eight ^ (one & 0xFFL) * ONES) | zeros(eight ^ (other & 0xFFL) * ONES);
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < to && in[at] != one && in[at] != other) {
      at++;
    }
    return at;
  }

  /** Returns a word whose lowest set bit is in the first byte that is 0. */
  private static long zeros(long eight) {
    return (eight - ONES) & ~eight & HIGHS;
  }
}
