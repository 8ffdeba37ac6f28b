package io.ehcached.item;

/**
 * A hybrid logical time that orders the writes of all nodes: 64 bits, of which 44 are milliseconds
 * since the epoch, 12 a counter within the millisecond, and 8 the number of the node that made it.
 * The greater stamp is the newer write.
 *
 * <p>After Kulkarni, Demirbas et al., "Logical Physical Clocks" (2014): a stamp is close to the
 * wall clock, and greater than every stamp that its node had seen before.
 */
public final class Stamp {
  /** The stamp that is older than every write. */
  public static final long NONE = 0;

  static final int NODE_BITS = 8;
  static final int COUNTER_BITS = 12;
  private static final int MILLIS_SHIFT = NODE_BITS + COUNTER_BITS;

  /** How far apart two nodes' counters begin in each millisecond, as bits of the counter. */
  private static final int APART_BITS = 3;

  private static final long EPOCH_2020 = 1_577_836_800_000L << COUNTER_BITS;
  private static final long CAS_MASK = (1L << 53) - 1; // a double holds each number up to there

  private Stamp() {}

  /** Returns the lowest stamp of a millisecond, which no node gives out. */
  public static long atMillis(long millis) {
    return millis << MILLIS_SHIFT;
  }

  /**
   * Returns the first stamp of a millisecond that a node gives out. Counters begin at another value
   * on each node, so that two writes of one key at the same time have different cas uniques.
   */
  static long firstOf(long millis, long number) {
    return atMillis(millis) | number << (NODE_BITS + APART_BITS) | number;
  }

  /**
   * Returns the cas unique of a stamp: without the node's number, and counted from 2020, so that it
   * has at most 53 bits until 2089. It is never 0, which clients take for none.
   */
  public static long casUnique(long stamp) {
    return Math.max(1, ((stamp >>> NODE_BITS) - EPOCH_2020) & CAS_MASK);
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
