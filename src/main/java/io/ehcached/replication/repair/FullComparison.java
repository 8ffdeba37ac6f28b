package io.ehcached.replication.repair;

import io.ehcached.replication.sender.PeerCalls;
import io.ehcached.store.Digests;
import io.ehcached.store.HistoryView;
import java.io.IOException;
import java.util.BitSet;

/**
 * Compares everything that this node and a peer hold, by bucket. What differs in two looks, one
 * round after the other, is not only on its way, and is repaired. For the tasks of one executor.
 */
final class FullComparison {
  private final AntiEntropy rounds;
  private final Agreement agreement;
  private final SliceComparison slices;
  private boolean needed = true;
  private BitSet differing; // by the look before this one, where there was one
  private long differingAt;
  private HistoryView differingView; // the peer's then

  FullComparison(AntiEntropy rounds, Agreement agreement, SliceComparison slices) {
    this.rounds = rounds;
    this.agreement = agreement;
    this.slices = slices;
  }

  /** Tells whether to compare everything, since less would not be enough. */
  boolean isNeeded() {
    return needed;
  }

  /** Has everything compared. */
  void need() {
    needed = true;
  }

  /** Forgets the first of the two looks. */
  void restart() {
    differing = null;
  }

  /** Looks once, as the round that began at {@code start}. */
  void compare(long start, PeerCalls calls) {
    calls.hello(
        hello -> {
          if (!rounds.isReady(hello)) {
            rounds.schedule().endedSoon();
            return;
          }
          HistoryView view = hello.history();
          if (differing == null && view != null) {
            agreement.missing().looking(view); // before the sums are read: what comes later is late
          }
          long[] mine = rounds.digests().buckets();
          calls.buckets(theirs -> compareBuckets(start, view, mine, theirs));
        });
  }

  private void compareBuckets(long start, HistoryView view, long[] mine, long[] theirs)
      throws IOException {
    BitSet now = new BitSet();
    for (int i = 0; i < mine.length; i++) {
      now.set(i, mine[i] != theirs[i]);
    }
    if (differing == null) {
      differing = now;
      differingAt = start;
      differingView = view;
      if (!now.isEmpty()) {
        rounds.schedule().endedSoon(); // perhaps only on its way
        return;
      }
    }
    now.and(differing);
    rounds.check(
        view,
        rounds.flushed(),
        now.isEmpty() ? null : held -> now.get(Digests.bucket(held.key())),
        () -> {
          needed = false;
          differing = null;
          slices.forget();
          if (differingView != null) {
            agreement.missing().looked(differingView);
          }
          // what came since was not looked at
          rounds.agree(differingAt, differingAt, RoundSchedule.SOON_MILLIS);
        });
  }
}
