package io.ehcached.replication.discovery;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits how many nodes may appear or restart: at first as many as there may be in all, then one a
 * second. Otherwise a stranger that invents nodes could start threads and write to the log with
 * every datagram. Used under a lock.
 */
final class NodeRateLimit {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int max;
  private final LongSupplier nanos;
  private int left;
  private long filled;

  NodeRateLimit(int max, LongSupplier nanos) {
    this.max = max;
    this.nanos = nanos;
    left = max;
    filled = nanos.getAsLong();
  }

  /** Tells whether one more may begin now. */
  boolean admit() {
    long seconds = (nanos.getAsLong() - filled) / SECOND;
    if (seconds > 0) {
      filled += seconds * SECOND;
      left = (int) Math.min(max, left + seconds);
    }
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }
}
