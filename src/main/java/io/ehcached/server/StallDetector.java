package io.ehcached.server;

import java.util.concurrent.TimeUnit;

/**
 * Detects that something has made no progress for too long. It is polled: progress needs no call
 * and reads no clock.
 */
final class StallDetector {
  private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private boolean waiting;
  private long mark;
  private long step;
  private long sinceNanos;

  /**
   * Looks once more.
   *
   * @param owed how many bytes are still to be moved; 0 if nothing ought to go on
   * @param moved a count that grows as it goes on
   * @param inNeed whether the memory is needed that is held meanwhile: then going on in small steps
   *     does not count unless there was no more to move, and patience is short as well
   * @param patienceSeconds for how long to put up with it; 0 is for ever
   * @return whether patience is at its end
   */
  boolean isOver(long owed, long moved, boolean inNeed, int patienceSeconds, long nowNanos) {
    if (owed == 0 || !waiting || Math.abs(moved - mark) >= (inNeed ? step : 1)) {
      waiting = owed > 0;
      mark = moved;
      step = Math.min(owed, MemoryBudget.SMALL);
      sinceNanos = nowNanos;
      return false;
    }
    long patience = TimeUnit.SECONDS.toNanos(patienceSeconds);
    return patience > 0
        && nowNanos - sinceNanos > (inNeed ? Math.min(patience, SHORT_NANOS) : patience);
  }
}
