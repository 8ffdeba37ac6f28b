package io.ehcached.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The clients that wait until one peer has acknowledged their writes. Safe for use by many threads.
 */
final class PendingAcks {
  private final Queue<Waiter> queue = new ArrayDeque<>();

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

  /** Lets those go whose writes are sent. */
  void release(long ticket) {
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
