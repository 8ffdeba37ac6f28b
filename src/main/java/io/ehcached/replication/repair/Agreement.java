package io.ehcached.replication.repair;

import io.ehcached.replication.sender.DirtyKeys;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.spi.Environment;
import io.ehcached.store.History;
import io.ehcached.store.HistoryView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * What this node and one process of a peer agree on: since when the peer holds all that this node
 * held, and what this node takes over of what the peer has seen. For the tasks of one executor; the
 * Javadoc of a method says if any thread may call it.
 */
final class Agreement {
  private static final int MAX_STARTS = 64;

  private final PeerSender sender;
  private final History history;
  private final LongSupplier renewed;
  private final Environment environment;

  /** Whether what the peer claims of its own writes can be believed: nothing waits to be joined. */
  private volatile boolean believing;

  private long incarnation;
  private MissingItems missing; // null: it was never met

  /**
   * What the peer agreed on, and cannot be joined yet: the first such view and the newest. The
   * first is kept, since a look at everything takes longer than a round of the peer's.
   */
  private final Deque<HistoryView> theirs = new ArrayDeque<>(2);

  private volatile long agreedAt; // in nanoseconds, as are the next two
  private long lastStart;
  private long newestStart;

  /** The rounds since both last agreed, the oldest first. */
  private final Deque<Start> starts = new ArrayDeque<>();

  /**
   * What this node was at the start of a round.
   *
   * @param noted which writes for the peer had been noted
   * @param renewed how many renewed writes had come
   */
  record Start(long at, HistoryView history, DirtyKeys.Mark noted, long renewed) {}

  /**
   * Agrees on nothing yet.
   *
   * @param renewed tells how many renewed writes have come
   */
  Agreement(PeerSender sender, History history, LongSupplier renewed, Environment environment) {
    this.sender = sender;
    this.renewed = renewed;
    this.history = history;
    this.environment = environment;
  }

  /**
   * Takes note that the peer was reached.
   *
   * @return whether it is another process than before, with which nothing is agreed on yet
   */
  boolean meet(long met) {
    lastStart = agreedAt; // what was suspected differed since then
    starts.clear();
    if (met == incarnation) {
      return false;
    }
    incarnation = met;
    missing = new MissingItems(history);
    theirs.clear();
    believing = false;
    agreedAt = 0;
    lastStart = 0;
    return true;
  }

  /** Returns the process of the peer. */
  long incarnation() {
    return incarnation;
  }

  /** Returns the rule for items that the peer lacks; null if it was never met. */
  MissingItems missing() {
    return missing;
  }

  /**
   * Returns since when the peer holds all that this node held, in nanoseconds; 0 if it may not. Any
   * thread may ask.
   */
  long agreedAt() {
    return agreedAt;
  }

  /** Returns when the last round began that was completed, in nanoseconds. */
  long lastStart() {
    return lastStart;
  }

  /** Begins a round; returns its start, which is unlike that of all others. */
  long begin() {
    long start = Math.max(environment.nanos(), newestStart + 1);
    newestStart = start;
    starts.add(new Start(start, history.view(), sender.mark(), renewed.getAsLong()));
    if (starts.size() > MAX_STARTS) {
      starts.poll();
    }
    return start;
  }

  /**
   * Completes a round.
   *
   * @param agreement when at the latest the peer held all that this node held
   * @return the newest round that began by then; null if that is known of none that it was not
   *     known of before
   */
  Start completed(long start, long agreement) {
    agreedAt = Math.max(agreedAt, agreement);
    lastStart = start;
    join();
    Start reached = null;
    while (!starts.isEmpty() && starts.peek().at() <= agreedAt) {
      reached = starts.poll();
    }
    return reached;
  }

  /** Believes no claim of the peer's until what it has agreed on is joined. Any thread may call. */
  void doubt() {
    believing = false;
  }

  /** Tells whether what the peer claims of its own writes can be believed. Any thread may ask. */
  boolean isBelieving() {
    return believing;
  }

  /** Takes note that a process of the peer gave this node all that it held. */
  void agreed(long agreeing, HistoryView view) {
    if (missing != null && agreeing == incarnation) {
      if (theirs.size() > 1) {
        theirs.removeLast();
      }
      theirs.add(view);
      join();
    }
  }

  /** Takes over what the peer has seen, once nothing that it lost track of was missed here. */
  private void join() {
    while (!theirs.isEmpty() && !missing.mayMiss(theirs.peek())) {
      history.join(theirs.poll());
      believing = theirs.isEmpty();
    }
  }
}
