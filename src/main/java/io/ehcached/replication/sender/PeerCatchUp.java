package io.ehcached.replication.sender;

import io.ehcached.store.History;
import io.ehcached.store.HistoryView;
import java.util.function.Predicate;

/**
 * Whether this node has caught up with one peer since it last stood still: whether it has seen all
 * that the peer had seen by then, and missed nothing that the peer lost track of. Safe for use by
 * many threads.
 */
public final class PeerCatchUp {
  /** After this long, in nanoseconds, a peer that sends nothing more has nothing more to send. */
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private long pauses; // guarded by this, as is what follows
  private long answered;
  private long since;
  private HistoryView target; // null where the peer tells none
  private boolean done = true;

  /** Takes note that this node stood still until now. */
  synchronized void begin(long nanos) {
    pauses++;
    since = nanos;
    done = false;
  }

  /** Returns how often this node stood still. */
  synchronized long pauses() {
    return pauses;
  }

  /**
   * Takes note of an answer of the peer's.
   *
   * @param pausesThen what {@link #pauses} was when the peer was asked: an answer to a question
   *     from before may have waited here, and says nothing of what happened meanwhile
   * @param view the peer's history; null where it tells none
   */
  synchronized void answered(long pausesThen, HistoryView view) {
    if (pausesThen == pauses) {
      answered = pauses;
      target = view;
    }
  }

  /** Tells whether the peer has not answered since this node stood still. */
  public synchronized boolean isDoubted() {
    return answered != pauses;
  }

  /** Tells whether this node has caught up with the peer. */
  public synchronized boolean isDone() {
    return done;
  }

  /**
   * Finds out whether it has.
   *
   * @param missed tells whether the peer lost track of anything that was missed here; null where no
   *     histories are told
   * @param inStep whether the peer had nothing more to send, and a round of comparing has ended
   *     that began at {@code agreedAt}
   */
  public synchronized void look(
      History history, Predicate<HistoryView> missed, boolean inStep, long agreedAt, long now) {
    if (done || isDoubted()) {
      return;
    }
    boolean told = missed != null && target != null;
    done =
        (told && history.includes(target) && !missed.test(target))
            || (inStep && agreedAt >= since && (!told || now - since > PATIENCE_NANOS));
  }
}
