package io.ehcached;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A wall clock that stands still until a test moves it. It starts at the system's time, which
 * Ehcache writes into its elements.
 */
public final class MovableClock implements LongSupplier {
  private final AtomicLong millis = new AtomicLong(System.currentTimeMillis());

  @Override
  public long getAsLong() {
    return millis.get();
  }

  public void advanceMillis(long by) {
    millis.addAndGet(by);
  }

  public void advanceSeconds(long by) {
    advanceMillis(by * 1000);
  }
}
