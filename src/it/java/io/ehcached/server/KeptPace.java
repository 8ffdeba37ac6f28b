package io.ehcached.server;

import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * A client's steps, each a little while after the one before. Where this machine is so busy that a
 * step comes a good while late, what comes of it says nothing of the node, and all is done again.
 */
final class KeptPace {
  private static final int MAX_TRIES = 20;

  private final long maxNanos;
  private long last = System.nanoTime();
  private boolean kept = true;

  /** Steps, told to whom they are done for. */
  interface Steps {
    /** Does them all. */
    void run(KeptPace pace) throws InterruptedException;
  }

  private KeptPace(long maxMillis) {
    maxNanos = TimeUnit.MILLISECONDS.toNanos(maxMillis);
  }

  /** Does the steps, again for as long as they fail with more than a time between two of them. */
  static void run(long maxMillis, Steps steps) throws InterruptedException {
    for (int i = 1; ; i++) {
      KeptPace pace = new KeptPace(maxMillis);
      try {
        steps.run(pace);
        return;
      } catch (UncheckedIOException | AssertionError e) {
        pace.look();
        if (pace.kept || i == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  /** Ends a step, and waits for a while. */
  void step(long millis) throws InterruptedException {
    look();
    Thread.sleep(millis);
  }

  private void look() {
    long now = System.nanoTime();
    kept &= now - last < maxNanos;
    last = now;
  }
}
