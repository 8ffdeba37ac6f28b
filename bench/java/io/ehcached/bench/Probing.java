package io.ehcached.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** How a write is followed to the peer: its value tells when it was put. */
final class Probing {
  private static final int PATIENCE_SECONDS = 60;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private Probing() {}

  /** Writes at a steady rate, to all keys of a trickle in turn and to probes in between. */
  static void write(int firstProbe, int perSecond, int count, BiConsumer<String, byte[]> store) {
    Pace pace = new Pace(perSecond);
    for (int i = 0; i < count; i++) {
      boolean probe = i % Items.PROBE_EVERY == 0;
      String key =
          probe
              ? Items.probe(firstProbe + i / Items.PROBE_EVERY)
              : Items.key(i % Items.TRICKLE_KEYS);
      long now = pace.await(i);
      store.accept(key, Items.value(probe ? now : i % Items.TRICKLE_KEYS));
    }
  }

  /**
   * Awaits one probe after the other where they are to become visible.
   *
   * @param restNanos how long to rest between two looks
   */
  static Latencies watch(int firstProbe, int count, Function<String, byte[]> get, long restNanos) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      String key = Items.probe(firstProbe + i);
      long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      byte[] value = get.apply(key);
      while (value == null) {
        if (System.nanoTime() - giveUp > 0) {
          throw new IllegalStateException("probe " + i + " never came");
        }
        LockSupport.parkNanos(restNanos);
        value = get.apply(key);
      }
      nanos[i] = System.nanoTime() - Items.number(value);
    }
    return new Latencies(nanos);
  }

  /** Looks until it is true; false when so many seconds have passed. */
  static boolean await(BooleanSupplier condition, int seconds) {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - giveUp > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  /** Writes until the peer sees it: what is written before the two have met may not reach it. */
  static void awaitMet(Pair pair) {
    for (int i = 0; i < PATIENCE_SECONDS; i++) {
      pair.write(0, 1);
      if (pair.awaitOnPeer(0, 1)) {
        return;
      }
    }
    throw new IllegalStateException(
        "the nodes do not meet:\n" + pair.nodes()[0].log() + pair.nodes()[1].log());
  }

  /** What a thread does that may fail. */
  interface Task {
    void run() throws Exception;
  }

  /** Runs a task beside; when it fails, all fails. */
  static Thread daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                e.printStackTrace();
                System.exit(1);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
