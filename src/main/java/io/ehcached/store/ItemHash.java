package io.ehcached.store;

import io.ehcached.item.Key;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash of a write: of its key, its stamp, and whether it was a removal. Unlike {@link
 * Key#hashCode}, it is the same in every process, so that nodes can compare what they hold.
 */
final class ItemHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FIRST = 0x9E3779B97F4A7C15L;
  private static final long SECOND = 0xC2B2AE3D27D4EB4FL;

  private ItemHash() {}

  /** Returns the hash of a key alone. */
  static long of(Key key) {
    byte[] bytes = key.bytes();
    long h = FIRST + bytes.length;
    int i = 0;
    for (int last = bytes.length - Long.BYTES; i <= last; i += Long.BYTES) {
      h = mix(h ^ (long) LONGS.get(bytes, i));
    }
    long tail = 0;
    for (int shift = 0; i < bytes.length; i++, shift += Byte.SIZE) {
      tail |= (bytes[i] & 0xFFL) << shift;
    }
    return mix(h ^ tail);
  }

  /**
   * Returns the hash of a write.
   *
   * @param key the hash of its key
   * @param removal whether it was a removal
   */
  static long of(long key, long stamp, boolean removal) {
    long h = mix(key ^ stamp);
    return removal ? mix(~h) : h;
  }

  private static long mix(long h) {
    h = (h ^ (h >>> 32)) * FIRST;
    h = (h ^ (h >>> 29)) * SECOND;
    return h ^ (h >>> 32);
  }
}
