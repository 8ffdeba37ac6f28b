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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what one peer lacks though nothing is pending for it: what a third node had given only to
 * this one before it died, what was written while too much was pending, what a fault ate. Each node
 * looks after what it holds itself; the peer does the same from its side. It has an executor of its
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
  private final Environment environment;
  private final SerialExecutor executor;

  /** How much later than it was sent a write can have arrived, generously, in ms. */
  private final long margin;

  private volatile boolean outstanding;

  // What follows is touched by the executor's tasks only.
  private PeerCalls calls;
  private boolean comparing; // a round is under way
  private long timers;
  private long incarnation;
  private boolean everything = true;
  private BitSet differing;
  private long agreedAt;
  private long lostSince;
  private long lastStart;
  private boolean connected;
  private Hello newlyMet;
  private long newlyLost;
  private long restUntil;
  private int busyRounds;
  private long behindSince; // by ticks; 0: it is not
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
    this.environment = peers.environment();
    this.executor = environment.executor("ehcached-compare-" + sender.url());
    this.margin = 2 * settings.now().roundMillis() + settings.now().callMillis();
  }

  /** Starts to compare over the link that the sender has. Any thread may call. */
  void begin() {
    executor.execute(
        () -> {
          letGo();
          calls = sender.calls(executor, settings.now().callMillis(), this::failed);
        });
  }

  /** Stops to compare. Any thread may call. */
  void end() {
    executor.execute(this::letGo);
  }

  private void letGo() {
    if (calls != null) {
      calls.close();
      calls = null;
    }
    comparing = false;
    connected = false;
    timers++;
  }

  /** Stops to compare for good. */
  void stop() {
    executor.stop();
  }

  private void failed(Exception e) {
    comparing = false;
    if (e instanceof IOException) {
      connected = false; // until the sender has reached the peer again
      timers++;
    } else {
      dueIn(LONGEST_REST_MILLIS); // a fault of ours
    }
    sender.failedToCompare(e);
  }

  private void dueIn(long wait) {
    long timer = ++timers;
    executor.after(
        TimeUnit.MILLISECONDS.toNanos(wait),
        () -> {
          if (timer == timers) {
            start();
          }
        });
  }

  private void start() {
    if (comparing || !connected || calls == null) {
      return;
    }
    timers++;
    if (newlyMet != null) {
      meet(newlyMet);
      newlyMet = null;
    }
    if (newlyLost != 0) {
      lostSince = lostSince == 0 ? newlyLost : Math.min(lostSince, newlyLost);
      newlyLost = 0;
    }
    comparing = true;
    try {
      round();
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  /** Ends a round; the next is due after a while, or at once where there is something new. */
  private void ended(long wait) {
    comparing = false;
    if (newlyMet != null || newlyLost != 0) {
      start();
    } else {
      dueIn(wait);
    }
  }

  private void endedSoon() {
    ended(SOON_MILLIS);
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
  void connected(Hello hello, long lost) {
    executor.execute(
        () -> {
          newlyMet = hello;
          connected = true;
          if (lost == 0 || !noteLost(lost)) {
            start();
          }
        });
  }

  /** Has looked for what was dropped since a moment. Any thread may call. */
  void lost(long since) {
    outstanding = settings.now().replicatesAll();
    executor.execute(() -> noteLost(since));
  }

  private boolean noteLost(long since) {
    if (!settings.now().replicatesAll()) {
      LOG.warn(
          "Writes for peer {} were dropped since too many waited. Where not all is replicated,"
              + " nothing brings them back.",
          sender.url());
      return false;
    }
    newlyLost = newlyLost == 0 ? since : Math.min(newlyLost, since);
    outstanding = true;
    start();
    return true;
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
        && environment.wallMillis() - hello.forgotten() > agreedAt;
  }

  private void round() throws IOException {
    long start = environment.wallMillis();
    long next = settings.now().roundMillis();
    if (!settings.now().replicatesAll()) {
      calls.hello(
          hello -> {
            sender.met(hello);
            ended(next);
          });
      return;
    }
    if (start < agreedAt) { // the clock was set back
      everything = true;
      agreedAt = 0;
      toldAllAt = 0;
    }
    if (isBehind()) {
      endedSoon(); // most of what differs is on its way
      return;
    }
    if (everything || start - agreedAt > SLICES_REACH_MILLIS) {
      compareEverything(start);
    } else if (lostSince != 0) {
      long since = lostSince - margin;
      check(
          (key, stamp, arrived) -> arrived >= since,
          () -> {
            found();
            lastStart = start;
            endedSoon();
          });
    } else {
      compareSlices(start);
    }
  }

  /** Notes that what was dropped has been looked for. */
  private void found() {
    lostSince = 0;
    outstanding = newlyLost != 0;
  }

  /** Tells whether the sender has so much to send that a look would find little else. */
  private boolean isBehind() {
    boolean behind = sender.pending() > settings.now().maxBatchItems();
    if (!behind) {
      behindSince = 0;
    } else if (behindSince == 0) {
      behindSince = environment.ticks();
    }
    return behind && environment.ticks() - behindSince < BEHIND_MILLIS;
  }

  private void compareEverything(long start) {
    calls.hello(
        hello -> {
          sender.met(hello);
          if (hello.bootstrapping() || peers.bootstrapping()) {
            endedSoon();
            return;
          }
          long[] mine = store.ledger().digests().buckets();
          calls.buckets(theirs -> compareBuckets(start, mine, theirs));
        });
  }

  private void compareBuckets(long start, long[] mine, long[] theirs) throws IOException {
    BitSet now = new BitSet();
    for (int i = 0; i < mine.length; i++) {
      now.set(i, mine[i] != theirs[i]);
    }
    if (differing != null) {
      now.and(differing);
    } else if (!now.isEmpty()) {
      differing = now; // perhaps only on its way
      endedSoon();
      return;
    }
    Done agree =
        () -> {
          everything = false;
          differing = null;
          found();
          agreed.clear();
          agreedAt = start;
          toldAllAt = start;
          lastStart = start;
          endedSoon();
        };
    if (now.isEmpty()) {
      agree.run();
    } else {
      check((key, stamp, arrived) -> now.get(Digests.bucket(key)), agree);
    }
  }

  private void compareSlices(long start) {
    long since = agreedAt - margin;
    Map<Long, Sums.Slice> mine = new HashMap<>();
    for (Digests.Slice slice : store.ledger().digests().addedSince(since)) {
      mine.put(slice.number(), new Sums.Slice(slice.number(), slice.sum(), slice.added()));
    }
    calls.slices(
        start - since, new ArrayList<>(mine.values()), answer -> compare(start, mine, answer));
  }

  private void compare(long start, Map<Long, Sums.Slice> mine, Sums.Answer answer)
      throws IOException {
    sender.met(answer.hello());
    if (answer.hello().bootstrapping() || peers.bootstrapping()) {
      endedSoon();
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
        lastStart = start;
        endedSoon();
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
    if (!ripe.isEmpty() && environment.ticks() >= restUntil) {
      check(
          (key, stamp, arrived) -> ripe.containsKey(Digests.slice(stamp)),
          () -> {
            ripe.forEach((number, added) -> agreed.put(number, new Agreement(added, start)));
            suspects.keySet().removeAll(ripe.keySet());
            agree(start);
          });
    } else {
      agree(start);
    }
  }

  private void agree(long start) {
    long agreement = start;
    for (Suspect suspect : suspects.values()) {
      agreement = Math.min(agreement, suspect.since);
    }
    agreedAt = Math.max(agreedAt, agreement);
    long oldest = Digests.slice(Stamp.atMillis(start)) - 2L * Digests.SLICES;
    agreed.keySet().removeIf(number -> number != Digests.OLDER && number < oldest);
    lastStart = start;
    ended(suspects.isEmpty() ? settings.now().roundMillis() : SOON_MILLIS);
  }

  /** Is run at the end of what takes several calls. */
  @FunctionalInterface
  private interface Done {
    void run() throws IOException;
  }

  /** Asks the peer about all that is chosen, and gives it what it lacks. */
  private void check(Choice choice, Done done) throws IOException {
    long start = environment.ticks();
    Outcome outcome = new Outcome();
    List<Checklist.Line> all = new ArrayList<>();
    store.forEach(
        (key, stamp, removal, arrived) -> {
          if (choice.test(key, stamp, arrived)) {
            all.add(new Checklist.Line(key, stamp, removal, arrived));
          }
        });
    ask(
        all.iterator(),
        outcome,
        () ->
            fetch(
                outcome,
                0,
                () -> {
                  sender.counts().repaired.add(outcome.given);
                  if (outcome.dropped > 0) {
                    LOG.info(
                        "Dropped {} items that peer {} no longer has",
                        outcome.dropped,
                        sender.url());
                  }
                  if (outcome.given + outcome.dropped + outcome.newer.size() == 0) {
                    // looking takes time, so look more seldom where it is in vain
                    long now = environment.ticks();
                    restUntil = now + Math.min(LONGEST_REST_MILLIS, REST_FACTOR * (now - start));
                  }
                  done.run();
                }));
  }

  /** What a check has come to so far. */
  private static final class Outcome {
    final List<Key> newer = new ArrayList<>();
    long given;
    long dropped;
  }

  private void ask(Iterator<Checklist.Line> rest, Outcome outcome, Done done) throws IOException {
    Checklist list = new Checklist();
    while (rest.hasNext() && list.size() < CHECK_LINES) {
      list.add(rest.next());
    }
    if (list.size() == 0) {
      done.run();
      return;
    }
    calls.check(
        list,
        answers -> {
          List<Checklist.Line> lacking = lacking(list.lines(), answers, outcome);
          outcome.given += lacking.size();
          give(lacking, () -> ask(rest, outcome, done));
        });
  }

  private List<Checklist.Line> lacking(
      List<Checklist.Line> lines, Standing[] answers, Outcome outcome) {
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
    return lacking;
  }

  /** Tells whether the peer once had what it now lacks, and lost it by itself. */
  private boolean isEvicted(Checklist.Line line) {
    long at = agreed.getOrDefault(Digests.slice(line.stamp()), Agreement.NONE).at();
    return lostSince == 0 && line.arrived() < Math.max(at, toldAllAt) - VISIBLE_MILLIS;
  }

  private void give(List<Checklist.Line> lines, Done done) throws IOException {
    Key[] keys = new Key[lines.size()];
    long[] stamps = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = lines.get(i).key();
      stamps[i] = lines.get(i).stamp();
    }
    give(keys, stamps, 0, done);
  }

  private void give(Key[] keys, long[] stamps, int from, Done done) throws IOException {
    if (from < keys.length) {
      sender.send(calls, keys, stamps, from, next -> give(keys, stamps, next, done));
    } else {
      done.run();
    }
  }

  /** Gets what is newer there, where the peer cannot bring it. */
  private void fetch(Outcome outcome, int from, Done done) throws IOException {
    if (sender.peer().linked()) {
      outcome.newer.clear();
    }
    if (from >= outcome.newer.size()) {
      done.run();
      return;
    }
    int to = Math.min(outcome.newer.size(), from + FETCH_KEYS);
    calls.fetch(
        outcome.newer.subList(from, to),
        entries -> {
          for (Entry entry : entries) {
            peers.take(entry, sender.counts());
          }
          fetch(outcome, to, done);
        });
  }
}
