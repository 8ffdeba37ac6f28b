package io.ehcached.server;

import io.netty.channel.EventLoop;

/**
 * The share of an event loop's time that one connection gets: when its worker sees to it next, how
 * much it may read until then, and how many requests it may have executed before others come first.
 */
final class ConnectionTurn {
  /** After how many bytes in a turn no more is read before it ends. */
  private static final int MAX_READ = 256 * 1024;

  private final Connection connection;
  private final Worker worker;
  private final EventLoop loop;
  private final int requestsPerEvent;
  private Next next = Next.NOT_PLANNED;
  private int left;
  private int read;

  /** When the worker sees to the connection next. */
  private enum Next {
    /** Not before something happens. */
    NOT_PLANNED,
    /** At the end of the turn that the loop is in. */
    END_OF_TURN,
    /** In a later turn, behind the other clients of the loop. */
    LATER
  }

  ConnectionTurn(Connection connection, Worker worker, EventLoop loop, int requestsPerEvent) {
    this.connection = connection;
    this.worker = worker;
    this.loop = loop;
    this.requestsPerEvent = requestsPerEvent;
    this.left = requestsPerEvent;
  }

  EventLoop loop() {
    return loop;
  }

  /** Tells whether the worker is going to see to the connection by itself. */
  boolean isPlanned() {
    return next != Next.NOT_PLANNED;
  }

  /** Tells whether that is in a later turn. */
  boolean isQueued() {
    return next == Next.LATER;
  }

  /** Has the worker end this connection's turn, unless it sees to it anyway. */
  void planEnd() {
    if (!isPlanned()) {
      next = Next.END_OF_TURN;
      worker.defer(connection, loop);
    }
  }

  /** Has the worker go on with the connection later, unless it sees to it anyway. */
  void planLater() {
    if (!isPlanned()) {
      next = Next.LATER;
      worker.goOnLater(connection, loop);
    }
  }

  /** Takes note that the worker sees to the connection now. */
  void begun() {
    next = Next.NOT_PLANNED;
  }

  /** Takes note of so many bytes that were read. */
  void hasRead(int bytes) {
    read += bytes;
  }

  /** Tells whether so much was read that no more is before the turn has ended. */
  boolean hasReadEnough() {
    return read > MAX_READ;
  }

  /** Takes note that what was read is dealt with, unless the turn goes on. */
  void mayReadAnew() {
    if (next != Next.END_OF_TURN) {
      read = 0;
    }
  }

  /** Returns how many more requests may be executed; none are if it is not positive. */
  int left() {
    return left;
  }

  /** Takes note of so many requests that were executed. */
  void executed(int requests) {
    left -= requests;
  }

  /** Begins to count requests anew. */
  void renew() {
    left = requestsPerEvent;
  }
}
