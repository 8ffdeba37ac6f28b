package io.ehcached.replication.spi;

import io.ehcached.replication.NodeThreads;

/**
 * What a replicator runs on: clocks, chance, and executors. A node has the machine's clocks and
 * threads ({@link NodeThreads}); the simulation has virtual ones, in which a seed decides what
 * happens when. Nothing else in this package looks at a clock or starts a thread. Safe for use by
 * many threads.
 */
public interface Environment {
  /** Returns the wall clock, in milliseconds since the epoch; it may step in either direction. */
  long wallMillis();

  /** Returns a clock that only runs forward, in nanoseconds since some moment; at least 0. */
  long nanos();

  /** Returns what {@link #nanos} does, in milliseconds. */
  default long ticks() {
    return nanos() / 1_000_000;
  }

  /** Returns a random number. */
  long random();

  /** Returns a new executor, whose name operators see where it is a thread. */
  SerialExecutor executor(String name);
}
