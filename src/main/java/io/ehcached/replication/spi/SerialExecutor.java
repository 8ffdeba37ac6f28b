package io.ehcached.replication.spi;

import java.io.IOException;

/**
 * Runs tasks one after the other, in an order that the caller can rely on: what was handed over
 * first runs first, unless it is to wait. State that only the tasks of one executor touch needs no
 * lock. Safe for use by many threads.
 */
public interface SerialExecutor {
  /** Runs a task as soon as those before it have ended. */
  void execute(Runnable task);

  /** Runs a task once so many nanoseconds have passed. */
  void after(long nanos, Runnable task);

  /**
   * Calls a peer, then runs {@code answer} as a task. Other tasks of this executor may have to wait
   * meanwhile, or not.
   *
   * @param timeoutMillis as in {@link PeerLink#call}
   */
  void call(PeerLink link, byte[] frame, long timeoutMillis, Answer answer);

  /** Drops all waiting tasks and takes no more; a task that is running may end. */
  void stop();

  /** Takes what became of a call. */
  @FunctionalInterface
  interface Answer {
    /**
     * Takes the answer, or why there is none.
     *
     * @param answer null when the call failed
     * @param failure null when there is an answer
     */
    void accept(byte[] answer, IOException failure);
  }
}
