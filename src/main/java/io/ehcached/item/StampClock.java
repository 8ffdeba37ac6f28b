package io.ehcached.item;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Gives out a node's stamps, each greater than every one that it gave out or saw before, however
 * the wall clock jumps. Safe for use by many threads.
 */
public final class StampClock {
  private final LongSupplier millis;
  private final long node;
  private final AtomicLong last = new AtomicLong();

  /**
   * Makes a node's clock.
   *
   * @param millis the wall clock, in milliseconds since the epoch
   * @param node what tells the stamps of this node from another's; its low 8 bits count
   */
  public StampClock(LongSupplier millis, int node) {
    this.millis = millis;
    this.node = node & ((1L << Stamp.NODE_BITS) - 1);
  }

  /** Returns a new stamp, greater than {@code seen} and than all before it. */
  public long next(long seen) {
    return next(seen, millis.getAsLong());
  }

  /**
   * Does what {@link #next(long)} does, for one who knows the time.
   *
   * @param nowMillis in milliseconds since the epoch
   */
  public long next(long seen, long nowMillis) {
    long now = Stamp.atMillis(nowMillis);
    while (true) {
      long before = last.get();
      long floor = Math.max(before, withoutNode(seen));
      long next = now > floor ? now : floor + (1L << Stamp.NODE_BITS);
      if (last.compareAndSet(before, next)) {
        return next | node;
      }
    }
  }

  /** Takes note of a stamp from elsewhere: those given out from now on are greater. */
  public void observe(long stamp) {
    long floor = withoutNode(stamp);
    if (floor > last.get()) {
      last.accumulateAndGet(floor, Math::max);
    }
  }

  private static long withoutNode(long stamp) {
    return stamp & (-1L << Stamp.NODE_BITS);
  }
}
