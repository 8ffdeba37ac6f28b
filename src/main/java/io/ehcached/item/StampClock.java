package io.ehcached.item;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The clock that gives out a node's stamps. Each is greater than all that it gave out or saw
 * before, even if the wall clock jumps. Safe for use by many threads.
 */
public final class StampClock {
  private static final long NUMBER = (1L << Stamp.NODE_BITS) - 1;
  private static final long UNIT = 1L << Stamp.NODE_BITS;

  private final LongSupplier millis;

  /** The time of the newest stamp given out or seen, with this node's own number. */
  private final AtomicLong last;

  /**
   * Makes a node's clock.
   *
   * @param millis the wall clock, in milliseconds since the epoch
   * @param number what tells the stamps of this node from another's; its low 8 bits count
   */
  public StampClock(LongSupplier millis, int number) {
    this.millis = millis;
    this.last = new AtomicLong(number & NUMBER);
  }

  /** Returns a new stamp, greater than {@code seen} and than all before it. */
  public long next(long seen) {
    return next(seen, millis.getAsLong());
  }

  /**
   * Does what {@link #next(long)} does, without a look at the clock.
   *
   * @param nowMillis in milliseconds since the epoch
   */
  public long next(long seen, long nowMillis) {
    while (true) {
      long before = last.get();
      long number = number(before);
      long floor = Math.max(before & ~NUMBER, seen & ~NUMBER);
      long next = Math.max(Stamp.firstOf(nowMillis, number), floor + UNIT | number);
      if (last.compareAndSet(before, next)) {
        return next;
      }
    }
  }

  /** Records a stamp of another node: those given out from now on are greater. */
  public void observe(long stamp) {
    long floor = stamp & ~NUMBER;
    if (floor > last.get()) {
      last.accumulateAndGet(
          floor, (before, seen) -> Math.max(before & ~NUMBER, seen) | number(before));
    }
  }

  private static long number(long stamp) {
    return stamp & NUMBER;
  }

  /** Returns an upper bound of the stamps given out so far. */
  public long last() {
    return last.get();
  }

  /** Returns the node number of the stamps. */
  public int number() {
    return Stamp.number(last.get());
  }

  /**
   * Changes the node number of the stamps; returns the first stamp that can have it. All stamps
   * given out before are less than it.
   */
  public long renumber(int number) {
    return last.updateAndGet(before -> ((before & ~NUMBER) + UNIT) | (number & NUMBER));
  }
}
