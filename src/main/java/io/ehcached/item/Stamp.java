package io.ehcached.item;

/**
 * A hybrid logical time that orders the writes of all nodes: 64 bits, of which 44 are milliseconds
 * since the epoch, 12 a counter within the millisecond, and 8 the node that gave it out. The
 * greater stamp is the newer write.
 *
 * <p>After Kulkarni, Demirbas et al., "Logical Physical Clocks" (2014): a stamp is close to the
 * wall clock, and greater than every stamp that its node had seen before.
 */
public final class Stamp {
  /** Older than every write. */
  public static final long NONE = 0;

  static final int NODE_BITS = 8;
  static final int COUNTER_BITS = 12;
  private static final int MILLIS_SHIFT = NODE_BITS + COUNTER_BITS;

  private Stamp() {}

  /** Returns the first stamp of a millisecond, as given out by no node. */
  public static long atMillis(long millis) {
    return millis << MILLIS_SHIFT;
  }

  /** Returns the number of the node that gave a stamp out, 0 to 255. */
  public static int number(long stamp) {
    return (int) stamp & ((1 << NODE_BITS) - 1);
  }

  /** Returns the milliseconds since the epoch at which {@code stamp} was given out. */
  public static long millis(long stamp) {
    return stamp >>> MILLIS_SHIFT;
  }
}
