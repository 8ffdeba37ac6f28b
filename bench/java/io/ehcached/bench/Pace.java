package io.ehcached.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Steady moments, however long what is done at each takes. */
final class Pace {
  private final long start = System.nanoTime();
  private final long perSecond;

  Pace(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Waits until the moment of this number has come, and returns the time then. */
  long await(int number) {
    long due = start + TimeUnit.SECONDS.toNanos(1) * number / perSecond;
    long now = System.nanoTime();
    while (now - due < 0) {
      LockSupport.parkNanos(due - now);
      now = System.nanoTime();
    }
    return now;
  }
}
