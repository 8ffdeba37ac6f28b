package io.ehcached.replication;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.Sums;
import io.ehcached.store.Digests;
import io.ehcached.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what one peer lacks though nothing is pending for it: what a third node had given only to
 * this one before it died, what was written while too much was pending, what a fault ate. Each node
 * looks after what it holds itself; the peer does the same from its side. It has a thread of its
 * own; what others may call says so.
 *
 * <p>Nodes that meet for the first time compare all they hold, by bucket. After that they compare
 * the slices that something was added to since they last agreed ({@link Digests} says why), which
 * for nodes in step is a few bytes. Only of sums that differ twice, and are not being written to,
 * are the stamps exchanged.
 */
final class Comparison {
  private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);
  private static final long SOON_MILLIS = 200;
  private static final long SETTLED_MILLIS = 300;

  /** How long an item may take at most from its arrival to where a look at all items sees it. */
  private static final long VISIBLE_MILLIS = 1000;

  private static final long SLICES_REACH_MILLIS = 30 * 60 * 1000L;
  private static final long LONGEST_REST_MILLIS = 30_000;
  private static final long BEHIND_MILLIS = 30_000;
  private static final int REST_FACTOR = 10;
  private static final int PATIENCE = 5;
  private static final int CHECK_LINES = 5000;
  private static final int FETCH_KEYS = 500;

  private final PeerSender sender;
  private final Peers peers;
  private final Store store;
  private final LiveSettings settings;
  private final LongSupplier millis;

  /** How much later than it was sent a write can have arrived, generously, in ms. */
  private final long margin;

  private long incarnation;
  private boolean everything = true;
  private BitSet differing;
  private long agreedAt;
  private long lostSince;
  private long lastStart;
  private long due; // by Ticks; guarded by this, as are the next three
  private boolean connected;
  private Hello newlyMet;
  private long newlyLost;
  private volatile boolean outstanding;
  private long restUntil;
  private int busyRounds;
  private long behindSince; // by Ticks; 0: it is not
  private long toldAllAt;
  private final Map<Long, Agreement> agreed = new HashMap<>();
  private final Map<Long, Suspect> suspects = new HashMap<>();

  /** A slice that differs: since when at the latest it did not, and how often it was seen to. */
  private static final class Suspect {
    final long since;
    int times;

    Suspect(long since) {
      this.since = since;
    }
  }

  /**
   * What is known of a slice.
   *
   * @param added when it had last been added to, here or there
   * @param at when both nodes had all of it that this one had by then
   */
  private record Agreement(long added, long at) {
    static final Agreement NONE = new Agreement(0, 0);
  }

  /** Chooses what the peer is asked about. */
  private interface Choice {
    boolean test(Key key, long stamp, long arrived);
  }

  Comparison(PeerSender sender, Peers peers, LiveSettings settings) {
    this.sender = sender;
    this.peers = peers;
    this.store = peers.store();
    this.settings = settings;
    this.millis = peers.millis();
    this.margin = 2 * settings.now().roundMillis() + settings.now().callMillis();
  }

  /** Compares now and then until told to stop. */
  void run(BooleanSupplier running) {
    while (running.getAsBoolean()) {
      try {
        if (awaitDue()) {
          round();
        }
      } catch (InterruptedException e) {
        // stopped, or else nothing to heed
      } catch (IOException | RuntimeException e) {
        rest(e);
        if (running.getAsBoolean()) {
          sender.failedToCompare(e);
        }
      }
    }
  }

  /** Waits until the sender has reached the peer again; after a fault of ours, for a while. */
  private synchronized void rest(Exception e) {
    if (e instanceof IOException) {
      connected = false;
    } else {
      due = Ticks.millis() + LONGEST_REST_MILLIS;
    }
  }

  /** Waits for a while; tells whether a round is due after it. */
  @SuppressWarnings("WaitNotInLoop") // the caller's loop
  private synchronized boolean awaitDue() throws InterruptedException {
    long wait = connected ? due - Ticks.millis() : settings.now().roundMillis();
    if (wait > 0) {
      wait(wait);
      return false;
    }
    if (newlyMet != null) {
      meet(newlyMet);
      newlyMet = null;
    }
    if (newlyLost != 0) {
      lostSince = lostSince == 0 ? newlyLost : Math.min(lostSince, newlyLost);
      newlyLost = 0;
    }
    return true;
  }

  /**
   * Tells whether there are writes that were dropped and not looked for yet. Any thread may ask.
   */
  boolean isOutstanding() {
    return outstanding;
  }

  /**
   * Has the peer compared with at once, since it can be called again. Any thread may call.
   *
   * @param lost since when writes to it were dropped, or 0
   */
  synchronized void connected(Hello hello, long lost) {
    newlyMet = hello;
    connected = true;
    due = Ticks.millis();
    if (lost != 0) {
      lost(lost);
    }
    notifyAll();
  }

  /** Has looked for what was dropped since a moment. Any thread may call. */
  synchronized void lost(long since) {
    if (!settings.now().replicatesAll()) {
      LOG.warn(
          "Writes for peer {} were dropped since too many waited. Where not all is replicated,"
              + " nothing brings them back.",
          sender.url());
      return;
    }
    newlyLost = newlyLost == 0 ? since : Math.min(newlyLost, since);
    outstanding = true;
    due = Ticks.millis();
    notifyAll();
  }

  private void meet(Hello hello) {
    suspects.clear();
    differing = null;
    busyRounds = 0;
    if (hello.incarnation() != incarnation) {
      incarnation = hello.incarnation();
      everything = true;
      agreedAt = 0;
      toldAllAt = 0;
      lostSince = 0;
      agreed.clear();
    } else if (hasForgotten(hello)) {
      everything = true;
      LOG.info(
          "Peer {} was away for longer than removals are remembered. Items that it no longer has"
              + " are dropped here, unless they are new.",
          sender.url());
    }
  }

  private boolean hasForgotten(Hello hello) {
    return agreedAt > 0
        && hello.forgotten() >= 0
        && millis.getAsLong() - hello.forgotten() > agreedAt;
  }

  private void round() throws IOException {
    long start = millis.getAsLong();
    dueIn(settings.now().roundMillis());
    if (!settings.now().replicatesAll()) {
      sender.met(sender.calls().hello());
      return;
    }
    if (start < agreedAt) { // the clock was set back
      everything = true;
      agreedAt = 0;
      toldAllAt = 0;
    }
    if (isBehind()) {
      soon(); // most of what differs is on its way
      return;
    }
    if (everything || start - agreedAt > SLICES_REACH_MILLIS) {
      compareEverything(start);
    } else if (lostSince != 0) {
      long since = lostSince - margin;
      check((key, stamp, arrived) -> arrived >= since);
      found();
      soon();
    } else {
      compareSlices(start);
    }
    lastStart = start;
  }

  private void soon() {
    dueIn(SOON_MILLIS);
  }

  private synchronized void dueIn(long wait) {
    if (newlyMet == null && newlyLost == 0) { // or else it is due already
      due = Ticks.millis() + wait;
    }
  }

  /** Notes that what was dropped has been looked for. */
  private synchronized void found() {
    lostSince = 0;
    outstanding = newlyLost != 0;
  }

  /** Tells whether the sender has so much to send that a look would find little else. */
  private boolean isBehind() {
    boolean behind = sender.pending() > settings.now().maxBatchItems();
    if (!behind) {
      behindSince = 0;
    } else if (behindSince == 0) {
      behindSince = Ticks.millis();
    }
    return behind && Ticks.millis() - behindSince < BEHIND_MILLIS;
  }

  private void compareEverything(long start) throws IOException {
    Hello hello = sender.calls().hello();
    sender.met(hello);
    if (hello.bootstrapping() || peers.bootstrapping()) {
      soon();
      return;
    }
    long[] mine = store.ledger().digests().buckets();
    long[] theirs = sender.calls().buckets();
    BitSet now = new BitSet();
    for (int i = 0; i < mine.length; i++) {
      now.set(i, mine[i] != theirs[i]);
    }
    if (differing != null) {
      now.and(differing);
    } else if (!now.isEmpty()) {
      differing = now; // perhaps only on its way
      soon();
      return;
    }
    if (!now.isEmpty()) {
      check((key, stamp, arrived) -> now.get(Digests.bucket(key)));
    }
    everything = false;
    differing = null;
    found();
    agreed.clear();
    agreedAt = start;
    toldAllAt = start;
    soon();
  }

  private void compareSlices(long start) throws IOException {
    long since = agreedAt - margin;
    Map<Long, Sums.Slice> mine = new HashMap<>();
    for (Digests.Slice slice : store.ledger().digests().addedSince(since)) {
      mine.put(slice.number(), new Sums.Slice(slice.number(), slice.sum(), slice.added()));
    }
    Sums.Answer answer = sender.calls().slices(start - since, new ArrayList<>(mine.values()));
    sender.met(answer.hello());
    if (answer.hello().bootstrapping() || peers.bootstrapping()) {
      soon();
      return;
    }
    boolean busy =
        sender.pending() > 0 || (answer.hello().pending() > 0 && answer.hello().linked());
    busyRounds = busy ? busyRounds + 1 : 0;
    Map<Long, Long> ripe = new HashMap<>();
    Set<Long> differ = new HashSet<>();
    for (Sums.Slice theirs : answer.slices()) {
      long number = theirs.number();
      Sums.Slice own = mine.get(number);
      long added =
          Math.max(own == null ? 0 : own.age(), theirs.age() < 0 ? 0 : start - theirs.age());
      if (added <= agreed.getOrDefault(number, Agreement.NONE).added()) {
        continue; // taken from at most, by eviction or expiry
      }
      if (number == Digests.OLDER) {
        everything = true;
        agreed.put(number, new Agreement(added, start));
        soon();
        return;
      }
      long sum = own == null ? store.ledger().digests().sum(number) : own.sum();
      if (sum == theirs.sum()) {
        agreed.put(number, new Agreement(added, start));
        continue;
      }
      differ.add(number);
      Suspect suspect = suspects.computeIfAbsent(number, n -> new Suspect(lastStart));
      if (start - added >= SETTLED_MILLIS && (!busy || busyRounds > PATIENCE)) {
        suspect.times++;
        if (suspect.times > 1) {
          ripe.put(number, added);
        }
      }
    }
    suspects.keySet().retainAll(differ);
    if (!ripe.isEmpty() && Ticks.millis() >= restUntil) {
      check((key, stamp, arrived) -> ripe.containsKey(Digests.slice(stamp)));
      ripe.forEach((number, added) -> agreed.put(number, new Agreement(added, start)));
      suspects.keySet().removeAll(ripe.keySet());
    }
    long agreement = start;
    for (Suspect suspect : suspects.values()) {
      agreement = Math.min(agreement, suspect.since);
      soon();
    }
    agreedAt = Math.max(agreedAt, agreement);
    long oldest = Digests.slice(Stamp.atMillis(start)) - 2L * Digests.SLICES;
    agreed.keySet().removeIf(number -> number != Digests.OLDER && number < oldest);
  }

  /** Asks the peer about all that is chosen, and gives it what it lacks. */
  private void check(Choice choice) throws IOException {
    long start = Ticks.millis();
    Outcome outcome = new Outcome();
    store.forEach(
        (key, stamp, removal, arrived) -> {
          if (choice.test(key, stamp, arrived)) {
            outcome.list.add(new Checklist.Line(key, stamp, removal, arrived));
            if (outcome.list.size() >= CHECK_LINES) {
              ask(outcome);
            }
          }
        });
    ask(outcome);
    fetch(outcome);
    sender.counts().repaired.add(outcome.given);
    if (outcome.dropped > 0) {
      LOG.info("Dropped {} items that peer {} no longer has", outcome.dropped, sender.url());
    }
    if (outcome.given + outcome.dropped + outcome.newer.size() == 0) {
      long now = Ticks.millis(); // looking takes time, so look more seldom where it is in vain
      restUntil = now + Math.min(LONGEST_REST_MILLIS, REST_FACTOR * (now - start));
    }
  }

  /** What a check has come to so far. */
  private static final class Outcome {
    Checklist list = new Checklist();
    final List<Key> newer = new ArrayList<>();
    long given;
    long dropped;
  }

  private void ask(Outcome outcome) throws IOException {
    List<Checklist.Line> lines = outcome.list.lines();
    if (lines.isEmpty()) {
      return;
    }
    Standing[] answers = sender.calls().check(outcome.list);
    outcome.list = new Checklist();
    List<Checklist.Line> lacking = new ArrayList<>();
    boolean forgets = hasForgotten(sender.peer());
    for (int i = 0; i < answers.length; i++) {
      Checklist.Line line = lines.get(i);
      switch (answers[i]) {
        case SAME -> {}
        case NEWER -> outcome.newer.add(line.key());
        case OLDER -> lacking.add(line);
        case MISSING -> {
          if (forgets && !line.removal() && line.arrived() < agreedAt - margin) {
            store.forget(line.key(), line.stamp());
            outcome.dropped++;
          } else if (!isEvicted(line)) {
            lacking.add(line);
          }
        }
      }
    }
    outcome.given += lacking.size();
    give(lacking);
  }

  /** Tells whether the peer once had what it now lacks, and lost it by itself. */
  private boolean isEvicted(Checklist.Line line) {
    long at = agreed.getOrDefault(Digests.slice(line.stamp()), Agreement.NONE).at();
    return lostSince == 0 && line.arrived() < Math.max(at, toldAllAt) - VISIBLE_MILLIS;
  }

  private void give(List<Checklist.Line> lines) throws IOException {
    Key[] keys = new Key[lines.size()];
    long[] stamps = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = lines.get(i).key();
      stamps[i] = lines.get(i).stamp();
    }
    for (int i = 0; i < keys.length; ) {
      i = sender.send(keys, stamps, i);
    }
  }

  /** Gets what is newer there, where the peer cannot bring it. */
  private void fetch(Outcome outcome) throws IOException {
    if (sender.peer().linked()) {
      outcome.newer.clear();
      return;
    }
    for (int i = 0; i < outcome.newer.size(); i += FETCH_KEYS) {
      List<Key> some = outcome.newer.subList(i, Math.min(outcome.newer.size(), i + FETCH_KEYS));
      for (Entry entry : sender.calls().fetch(some)) {
        peers.take(entry, sender.counts());
      }
    }
  }
}
