package io.ehcached.replication.discovery;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many nodes may begin, or begin anew: as many at once as there may be at all, and then one a
 * second. A stranger who makes up nodes could otherwise have each of his datagrams start threads
 * and write to the log. Used under a lock.
 */
final class Newcomers {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final LongSupplier nanos;
  private int left;
  private long filled;

  Newcomers(int most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
    left = most;
    filled = nanos.getAsLong();
  }

  /** Tells whether one more may begin now. */
  boolean admit() {
    long seconds = (nanos.getAsLong() - filled) / SECOND;
    if (seconds > 0) {
      filled += seconds * SECOND;
      left = (int) Math.min(most, left + seconds);
    }
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
