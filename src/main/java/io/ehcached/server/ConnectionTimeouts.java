package io.ehcached.server;

import java.util.concurrent.TimeUnit;

/**
 * Finds out whether a connection has exceeded one of its timeouts. It is checked periodically, so
 * that no connection needs a timer.
 */
final class ConnectionTimeouts {
  private final SharedConnectionState shared;
  private final StallDetector sending = new StallDetector();
  private final StallDetector taking = new StallDetector();

  ConnectionTimeouts(SharedConnectionState shared) {
    this.shared = shared;
  }

  /**
   * Looks once more.
   *
   * @param owesSending whether the client has begun a command and not ended it
   * @param decoded a count that grows as it goes on with that
   * @param idleNanos for how long it has sent no command, as far as that is up to the client
   * @return why to close the connection, or null
   */
  CloseReason look(
      ResponseQueue responses, boolean owesSending, long decoded, long idleNanos, long nowNanos) {
    ConnectionLimits limits = shared.limits();
    boolean outputIsShort = shared.slowReaders().isExceededBySmallOnes();
    if (taking.isOver(
        responses.pending(), responses.taken(), outputIsShort, limits.outputSeconds(), nowNanos)) {
      return CloseReason.OUTPUT;
    }
    long owed = owesSending ? MemoryBudget.SMALL : 0; // how much it will be, nobody knows
    boolean inputIsShort = shared.input().isShort();
    if (sending.isOver(owed, decoded, inputIsShort, limits.partialSeconds(), nowNanos)) {
      return CloseReason.PARTIAL;
    }
    return limits.idleSeconds() > 0 && idleNanos > TimeUnit.SECONDS.toNanos(limits.idleSeconds())
        ? CloseReason.IDLE
        : null;
  }
}
