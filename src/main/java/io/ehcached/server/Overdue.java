package io.ehcached.server;

import java.util.concurrent.TimeUnit;

/** For how long a client was waited for; looked at now and then. */
final class Overdue {
  private final Commons commons;
  private final Stall sending = new Stall();
  private final Stall taking = new Stall();

  Overdue(Commons commons) {
    this.commons = commons;
  }

  /**
   * Looks once more.
   *
   * @param owesSending whether the client has begun a command and not ended it
   * @param decoded a count that grows as it goes on with that
   * @param idleNanos for how long it has sent no command, as far as that is up to the client
   * @return why to close the connection, or null
   */
  Farewell look(Replies replies, boolean owesSending, long decoded, long idleNanos, long nowNanos) {
    ConnectionLimits limits = commons.limits();
    boolean helpless = commons.slowReaders().areHelpless();
    if (taking.isOver(
        replies.pending(), replies.taken(), helpless, limits.outputSeconds(), nowNanos)) {
      return Farewell.OUTPUT;
    }
    long owed = owesSending ? SharedMemory.LITTLE : 0; // how much it will be, nobody knows
    boolean inNeed = commons.input().isShort();
    if (sending.isOver(owed, decoded, inNeed, limits.partialSeconds(), nowNanos)) {
      return Farewell.PARTIAL;
    }
    return limits.idleSeconds() > 0 && idleNanos > TimeUnit.SECONDS.toNanos(limits.idleSeconds())
        ? Farewell.IDLE
        : null;
  }
}
