package io.ehcached.replication.sender;

import io.ehcached.replication.spi.Environment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The clients that wait until one peer has acknowledged their writes. Safe for use by many threads.
 */
final class PendingAcks {
  private final Queue<Waiter> queue = new ArrayDeque<>();

  private volatile long acknowledged;

  private record Waiter(long ticket, long deadline, Runnable done) {}

  /**
   * Adds one that waits until all writes up to {@code ticket} are sent.
   *
   * @param deadline by {@link Environment#ticks}
   */
  synchronized void add(long ticket, long deadline, Runnable done) {
    queue.add(new Waiter(ticket, deadline, done));
  }

  synchronized boolean isEmpty() {
    return queue.isEmpty();
  }

  synchronized boolean isOverdue(long now) {
    Waiter first = queue.peek();
    return first != null && now > first.deadline();
  }

  /** Tells whether the peer has all writes up to {@code ticket}. */
  boolean isAcknowledged(long ticket) {
    return ticket <= acknowledged;
  }

  /** Takes note that the peer has all writes up to {@code ticket}. One thread at a time calls. */
  void acknowledge(long ticket) {
    acknowledged = Math.max(acknowledged, ticket);
    releaseAcknowledged();
  }

  /** Lets those go whose writes the peer has. */
  void releaseAcknowledged() {
    release(acknowledged);
  }

  private void release(long ticket) {
    List<Runnable> free = new ArrayList<>();
    synchronized (this) {
      while (!queue.isEmpty() && queue.peek().ticket() <= ticket) {
        free.add(queue.remove().done());
      }
    }
    free.forEach(Runnable::run);
  }

  /** Lets all go. */
  void releaseAll() {
    release(Long.MAX_VALUE);
  }
}
