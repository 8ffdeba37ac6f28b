package io.ehcached.replication.repair;

import io.ehcached.item.Stamp;
import io.ehcached.replication.sender.PeerCalls;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.wire.Sums;
import io.ehcached.store.Digests;
import io.ehcached.store.HistoryView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the slices that something was added to since this node and a peer last agreed ({@link
 * Digests} explains why). Between nodes in step that is a few bytes. What is in a slice is looked
 * at only if its sums differ twice and it is not being written to. For the tasks of one executor.
 */
final class SliceComparison {
  private static final Logger LOG = LoggerFactory.getLogger(AntiEntropy.class); // as operators know
  private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final int PATIENCE = 5;

  private final AntiEntropy rounds;
  private final Agreement agreement;
  private final PeerSender sender;
  private final LiveSettings settings;
  private int busyRounds;

  /** When each slice that both nodes agreed on had last been added to here. */
  private final Map<Long, Long> agreed = new HashMap<>();

  private final Map<Long, Suspect> suspects = new HashMap<>();

  /** A slice that differs: since when at the latest it did not, and how often it was seen to. */
  private static final class Suspect {
    final long since;
    int times;

    Suspect(long since) {
      this.since = since;
    }
  }

  SliceComparison(
      AntiEntropy rounds, Agreement agreement, PeerSender sender, LiveSettings settings) {
    this.rounds = rounds;
    this.agreement = agreement;
    this.sender = sender;
    this.settings = settings;
  }

  /** Suspects nothing, since the peer was reached only now. */
  void restart() {
    suspects.clear();
    busyRounds = 0;
  }

  /** Agrees on no slice by itself, since all are agreed on, or none. */
  void forget() {
    agreed.clear();
  }

  /** Compares, as the round that began at {@code start}. */
  void compare(long start, PeerCalls calls) {
    Map<Long, Digests.Slice> mine = new HashMap<>();
    List<Sums.Slice> asked = new ArrayList<>();
    for (Digests.Slice slice : rounds.digests().addedSince(agreement.agreedAt())) {
      mine.put(slice.number(), slice);
      asked.add(new Sums.Slice(slice.number(), slice.sum(), 0));
    }
    long read = rounds.environment().nanos();
    calls.slices(
        TimeUnit.NANOSECONDS.toMillis(start - agreement.agreedAt()) + 1,
        asked,
        answer -> compare(start, read, mine, answer));
  }

  /**
   * Looks at the slices that were added to here; after those added to at the peer, it looks itself.
   *
   * @param read when the sums of {@code mine} were read, at the earliest
   */
  private void compare(long start, long read, Map<Long, Digests.Slice> mine, Sums.Answer answer)
      throws IOException {
    HistoryView view = answer.hello().history();
    if (!rounds.isReady(answer.hello())) {
      rounds.schedule().endedSoon();
      return;
    }
    if (view != null && agreement.missing().isMissed(view)) {
      LOG.info(
          "Peer {} no longer remembers some removals that this node missed: comparing all items",
          sender.shown());
      rounds.compareEverythingSoon();
      return;
    }
    boolean busy =
        sender.waiting() > 0 || (answer.hello().pending() > 0 && answer.hello().linked());
    busyRounds = busy ? busyRounds + 1 : 0;
    Map<Long, Long> ripe = new HashMap<>();
    Set<Long> differ = new HashSet<>();
    for (Sums.Slice theirs : answer.slices()) {
      long number = theirs.number();
      Digests.Slice own = mine.get(number);
      if (own == null || own.added() <= agreed.getOrDefault(number, 0L)) {
        continue; // taken from at most, by eviction or expiry
      }
      long added = Math.min(own.added(), read - 1); // what came since counts as new
      if (number == Digests.OLDER) {
        agreed.put(number, added);
        rounds.compareEverythingSoon();
        return;
      }
      if (own.sum() == theirs.sum()) {
        agreed.put(number, added);
        continue;
      }
      differ.add(number);
      Suspect suspect = suspects.computeIfAbsent(number, n -> new Suspect(agreement.lastStart()));
      if (start - added >= SETTLED_NANOS && (!busy || busyRounds > PATIENCE)) {
        suspect.times++;
        if (suspect.times > 1) {
          ripe.put(number, added);
        }
      }
    }
    suspects.keySet().retainAll(differ);
    long flush = rounds.flushed();
    boolean looking = !ripe.isEmpty() && !rounds.isResting();
    rounds.check(
        view,
        differ.contains(Digests.slice(flush)) ? flush : Stamp.NONE,
        looking ? held -> ripe.containsKey(Digests.slice(held.stamp())) : null,
        () -> {
          if (looking) {
            agreed.putAll(ripe);
            suspects.keySet().removeAll(ripe.keySet());
          }
          agree(start);
        });
  }

  private void agree(long start) {
    long agreement = start;
    for (Suspect suspect : suspects.values()) {
      agreement = Math.min(agreement, suspect.since);
    }
    long reach = rounds.digests().reachMillis();
    long oldest = Digests.slice(Stamp.atMillis(rounds.environment().wallMillis() - 2 * reach));
    agreed.keySet().removeIf(number -> number != Digests.OLDER && number < oldest);
    rounds.agree(
        start,
        agreement,
        suspects.isEmpty() ? settings.now().repair().roundMillis() : RoundSchedule.SOON_MILLIS);
  }
}
