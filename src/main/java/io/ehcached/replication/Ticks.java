package io.ehcached.replication;

/** A clock that only runs forward, for measuring how long things take. */
final class Ticks {
  private Ticks() {}

  /** Returns milliseconds since some moment. */
  static long millis() {
    return System.nanoTime() / 1_000_000;
  }
}
