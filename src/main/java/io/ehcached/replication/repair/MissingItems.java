package io.ehcached.replication.repair;

import io.ehcached.item.Stamp;
import io.ehcached.store.Held;
import io.ehcached.store.History;
import io.ehcached.store.HistoryView;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this node concludes when a peer lacks an item that it holds: the one rule, as {@code
 * docs/decisions/0005-how-nodes-come-to-agree.md} has it.
 *
 * <ol>
 *   <li>The peer never saw the write: it is given.
 *   <li>The peer saw it, and all writes that it lost track of were seen here: nothing that happened
 *       to the item can have been missed, so the peer evicted it, and both leave it at that.
 *   <li>The peer saw it, and lost track of a newer write that was missed here: the item may have
 *       been deleted, overwritten or expired. It is dropped, by a look after which third nodes are
 *       told of that loss.
 *   <li>The peer never saw it, and lost track of a newer write that was missed here: that may have
 *       been a write to this key. Neither can know; the item is kept, as the newest write of its
 *       key, so that all nodes come to hold it.
 * </ol>
 */
public final class MissingItems {
  private final History history;

  /** The peer's history when all that is here was looked at last; null if it never was. */
  private HistoryView looked;

  /**
   * The peer's history when the newest look began, whose losses are passed on to third nodes when
   * that look ends; null if there was none.
   */
  private HistoryView passedOn;

  private List<Long> suspected = List.of();
  private long lateThen; // as History.late() was before that look

  /** What to do with the item. */
  enum Conclusion {
    /** The peer gets it. */
    GIVE,
    /** It is written once more, and so comes to all. */
    RENEW,
    /** It goes here, too. */
    DROP,
    /** Nothing: each node evicts for itself. */
    LEAVE
  }

  /** Makes the rule for a process of a peer with which nothing was compared yet. */
  public MissingItems(History history) {
    this.history = history;
  }

  /**
   * Makes the rule for a single look.
   *
   * @param view the peer's history; what it lost track of has to be noted here after that look
   */
  public MissingItems(History history, HistoryView view) {
    this.history = history;
    passedOn = view;
    lateThen = history.late();
  }

  /**
   * Applies the rule.
   *
   * @param view the peer's history; null when it has none to tell
   * @param mine this node's
   */
  Conclusion conclude(Held held, HistoryView view, HistoryView mine) {
    if (view == null) {
      return Conclusion.GIVE;
    }
    boolean missed = isMissedAfter(held, view);
    if (!view.covers(held.stamp(), mine)) {
      return missed && !held.removal() ? Conclusion.RENEW : Conclusion.GIVE;
    }
    // What is dropped here has to be dropped by third nodes, too, even if the peer ends now.
    boolean told = passedOn != null && isMissedAfter(held, passedOn);
    return missed && told && !held.removal() ? Conclusion.DROP : Conclusion.LEAVE;
  }

  private boolean isMissedAfter(Held held, HistoryView view) {
    return view.untracked().stream().anyMatch(s -> s > held.stamp() && isMissed(s));
  }

  private boolean isMissed(long stamp) {
    return !history.coversAllUpTo(stamp);
  }

  /** Tells whether the peer lost track of anything that was missed here and not looked for yet. */
  boolean mayMiss(HistoryView view) {
    return open(view).findAny().isPresent();
  }

  private Stream<Long> open(HistoryView view) {
    return view.untracked().stream()
        .filter(this::isMissed)
        .filter(
            stamp -> looked == null || isVoid() || !looked.accountsFor(view, Stamp.number(stamp)));
  }

  /** Tells whether something came since the last look began which that look may have missed. */
  boolean isVoid() {
    return lateThen != history.late();
  }

  /**
   * Tells whether something was missed for good: the peer had lost track of it by the last time
   * that this was asked, too, and it has not come since.
   */
  boolean isMissed(HistoryView view) {
    List<Long> open = open(view).toList();
    boolean missed = open.stream().anyMatch(this::wasSuspected);
    suspected = open;
    return missed;
  }

  private boolean wasSuspected(long stamp) {
    return suspected.stream().anyMatch(s -> Stamp.number(s) == Stamp.number(stamp) && isMissed(s));
  }

  /** Takes note that all that is here will be looked at, with the rule applied. */
  void looking(HistoryView view) {
    if (isVoid()) {
      looked = null;
    }
    passedOn = view;
    view.untracked().stream()
        .filter(this::isMissed)
        .max(Long::compare)
        .ifPresent(history::countLate);
    lateThen = history.late();
  }

  /**
   * Takes note that all that is here was looked at, with the rule applied. Third nodes are told of
   * it only now: until then what they hold may be the same here, and yet be dropped.
   */
  void looked(HistoryView view) {
    suspected = List.of();
    if (isVoid()) {
      return;
    }
    looked = view;
    history.loseAll(view);
  }
}
