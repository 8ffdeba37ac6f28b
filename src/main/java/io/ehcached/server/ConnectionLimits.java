package io.ehcached.server;

import java.util.concurrent.TimeUnit;

/**
 * How many clients there may be, and what each may cost.
 *
 * @param max how many may be connected at once
 * @param fast whether one too many is told so and closed; else it waits until another leaves
 * @param idleSeconds after how long without a command a client is closed; 0 is never
 * @param partialSeconds after how long a client is closed whose half command does not go on; 0 is
 *     never
 * @param outputSeconds after how long a client is closed that takes nothing of its answers; 0 is
 *     never
 * @param inputMemory how many bytes half commands of all clients may take together; 0 is any number
 * @param outputMemory how many bytes of answers may wait to be taken by all clients together; 0 is
 *     any number
 */
public record ConnectionLimits(
    int max,
    boolean fast,
    int idleSeconds,
    int partialSeconds,
    int outputSeconds,
    long inputMemory,
    long outputMemory) {
  private static final long LONGEST_SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How many sweeps come within the shortest time, so that it is not much overdrawn. */
  private static final int SWEEPS = 4;

  /** Returns how often to look whether a client's time is over, in nanoseconds. */
  long sweepNanos() {
    long nanos = LONGEST_SWEEP_NANOS;
    for (int seconds : new int[] {idleSeconds, partialSeconds, outputSeconds}) {
      if (seconds > 0) {
        nanos = Math.min(nanos, TimeUnit.SECONDS.toNanos(seconds) / SWEEPS);
      }
    }
    return nanos;
  }
}
