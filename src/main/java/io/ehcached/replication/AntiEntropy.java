package io.ehcached.replication;

import io.ehcached.item.Stamp;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.Sums;
import io.ehcached.store.Digests;
import io.ehcached.store.Held;
import io.ehcached.store.History;
import io.ehcached.store.HistoryView;
import io.ehcached.store.Store;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this node's items with those of one peer and repairs differences that the dirty keys do
 * not cover: what a third node sent to this node only before it died, what was written while too
 * many keys were pending, what was lost by a fault. Each node repairs what it holds itself; the
 * peer does the same from its side. It runs on an executor of its own. The Javadoc of a method says
 * if any thread may call it.
 *
 * <p>Nodes that meet for the first time compare everything, by bucket. After that they compare the
 * slices that something was added to since they last agreed ({@link Digests} explains why); between
 * nodes in step that is a few bytes. Stamps are exchanged only for sums that differ twice and are
 * not being written to. {@link MissingItems} decides what follows when the peer lacks an item.
 */
final class AntiEntropy {
  private static final Logger LOG = LoggerFactory.getLogger(AntiEntropy.class);

  /** After how many milliseconds a peer is offered again what it refused. */
  private static final long REFUSED_MILLIS = 10_000;

  private static final long SOON_MILLIS = 200;
  private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long LONGEST_REST_MILLIS = 30_000;
  private static final long BEHIND_MILLIS = 30_000;
  private static final int REST_FACTOR = 10;
  private static final int PATIENCE = 5;
  private static final int MAX_STARTS = 64;

  private final PeerSender sender;
  private final Peers peers;
  private final Store store;
  private final LiveSettings settings;
  private final Environment environment;
  private final SerialExecutor executor;

  /** Whether what the peer claims of its own writes can be believed: nothing waits to be joined. */
  private volatile boolean believing;

  // What follows is touched by the executor's tasks only.
  private PeerCalls calls;
  private boolean comparing; // a round is under way
  private long timers;
  private long incarnation;
  private boolean everything = true;
  private BitSet differing; // by the look before this one, where there was one
  private long differingAt;
  private HistoryView differingView; // the peer's then
  private long agreedAt; // in nanoseconds, as are all moments but for restUntil and behindSince
  private long lastStart;
  private long newestStart;
  private boolean connected;
  private boolean due; // at once, when the round under way has ended
  private Hello newlyMet;
  private long restUntil;
  private int busyRounds;
  private long behindSince; // 0: it is not
  private MissingItems missing;
  private HistoryView theirs; // what the peer agreed on, and cannot be joined yet; or null

  /** When each slice that both nodes agreed on had last been added to here. */
  private final Map<Long, Long> agreed = new HashMap<>();

  private final Map<Long, Suspect> suspects = new HashMap<>();

  /** The rounds since both last agreed, the oldest first. */
  private final Deque<Start> starts = new ArrayDeque<>();

  /**
   * What this node was at the start of a round.
   *
   * @param noted which writes for the peer had been noted
   */
  private record Start(long at, HistoryView history, DirtyKeys.Mark noted) {}

  /** A slice that differs: since when at the latest it did not, and how often it was seen to. */
  private static final class Suspect {
    final long since;
    int times;

    Suspect(long since) {
      this.since = since;
    }
  }

  AntiEntropy(PeerSender sender, Peers peers, LiveSettings settings) {
    this.sender = sender;
    this.peers = peers;
    this.store = peers.store();
    this.settings = settings;
    this.environment = peers.environment();
    this.executor = environment.executor("ehcached-compare-" + sender.url());
  }

  private History history() {
    return store.ledger().history();
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

  /** Starts a round, unless one is under way. */
  private void start() {
    due = true;
    if (comparing || !connected || calls == null) {
      return;
    }
    due = false;
    timers++;
    if (newlyMet != null) {
      meet(newlyMet);
      newlyMet = null;
    }
    comparing = true;
    try {
      round();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Ends a round; the next is due after a while, or at once where there is something new. */
  private void ended(long wait) {
    comparing = false;
    if (due) {
      start();
    } else {
      dueIn(wait);
    }
  }

  private void endedSoon() {
    ended(SOON_MILLIS);
  }

  /** Has the peer compared with at once, since it can be called again. Any thread may call. */
  void connected(Hello hello) {
    executor.execute(
        () -> {
          newlyMet = hello;
          connected = true;
          start();
        });
  }

  /** Looks for what was dropped. Any thread may call. */
  void lost() {
    if (settings.now().replicatesAll()) {
      executor.execute(this::start);
    } else {
      LOG.warn(
          "Writes for peer {} were dropped since too many waited. Where not all is replicated,"
              + " nothing brings them back.",
          sender.url());
      sender.found(sender.mark());
    }
  }

  /** Takes note that the peer gave this node all that it held. Any thread may call. */
  void agreed(long agreeing, HistoryView view) {
    believing = false; // before any claim that follows
    executor.execute(
        () -> {
          if (missing != null && agreeing == incarnation) {
            theirs = view;
            join();
          }
        });
  }

  /** Finds out whether this node has caught up with the peer. Any thread may call. */
  void lookAt(PeerCatchUp catchUp) {
    executor.execute(
        () -> {
          if (missing != null) {
            boolean all = settings.now().replicatesAll();
            Hello hello = sender.peer();
            long now = environment.nanos();
            catchUp.look(
                history(),
                all ? missing : null,
                hello.linked() && hello.pending() == 0,
                all ? agreedAt : now,
                now);
          }
        });
  }

  /** Tells whether what the peer claims of its own writes can be believed. Any thread may ask. */
  boolean isBelieving() {
    return believing;
  }

  /** Takes over what the peer has seen, once nothing that it lost track of was missed here. */
  private void join() {
    if (theirs != null && !missing.mayMiss(theirs)) {
      history().join(theirs);
      theirs = null;
      believing = true;
    }
  }

  private void meet(Hello hello) {
    suspects.clear();
    lastStart = agreedAt; // what was suspected differed since then
    starts.clear();
    differing = null;
    busyRounds = 0;
    if (hello.incarnation() != incarnation) {
      incarnation = hello.incarnation();
      missing = new MissingItems(history());
      theirs = null;
      believing = false;
      everything = true;
      agreedAt = 0;
      lastStart = 0;
      agreed.clear();
    }
  }

  private void round() {
    long next = settings.now().roundMillis();
    if (!settings.now().replicatesAll()) {
      calls.hello(
          hello -> {
            sender.met(hello);
            ended(next);
          });
      return;
    }
    if (isBehind()) {
      endedSoon(); // most of what differs is on its way
      return;
    }
    long start = Math.max(environment.nanos(), newestStart + 1);
    newestStart = start;
    starts.add(new Start(start, history().view(), sender.mark()));
    if (starts.size() > MAX_STARTS) {
      starts.poll();
    }
    if (everything || (start - agreedAt) / 1_000_000 > store.ledger().digests().reachMillis()) {
      compareEverything(start);
    } else {
      compareSlices(start);
    }
  }

  /** Tells whether the sender has so much to send that a look would find little else. */
  private boolean isBehind() {
    boolean behind = sender.waiting() > settings.now().maxBatchItems();
    if (!behind) {
      behindSince = 0;
    } else if (behindSince == 0) {
      behindSince = environment.ticks();
    }
    return behind && environment.ticks() - behindSince < BEHIND_MILLIS;
  }

  /** Takes note of what the peer tells of itself; returns whether it can be compared with. */
  private boolean isReady(Hello hello) throws IOException {
    sender.met(hello);
    return !hello.bootstrapping() && !peers.bootstrapping();
  }

  private void compareEverything(long start) {
    calls.hello(
        hello -> {
          if (!isReady(hello)) {
            endedSoon();
            return;
          }
          long[] mine = store.ledger().digests().buckets();
          calls.buckets(theirs -> compareBuckets(start, hello.history(), mine, theirs));
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
      if (view != null) {
        missing.looking(view);
      }
      if (!now.isEmpty()) {
        endedSoon(); // perhaps only on its way
        return;
      }
    }
    now.and(differing);
    check(
        view,
        now.isEmpty() ? null : held -> now.get(Digests.bucket(held.key())),
        () -> {
          everything = false;
          differing = null;
          agreed.clear();
          if (differingView != null) {
            missing.looked(differingView);
          }
          agree(differingAt, differingAt, SOON_MILLIS); // what came since was not looked at
        });
  }

  private void compareSlices(long start) {
    Map<Long, Digests.Slice> mine = new HashMap<>();
    List<Sums.Slice> asked = new ArrayList<>();
    for (Digests.Slice slice : store.ledger().digests().addedSince(agreedAt)) {
      mine.put(slice.number(), slice);
      asked.add(new Sums.Slice(slice.number(), slice.sum(), 0));
    }
    long read = environment.nanos();
    calls.slices(
        TimeUnit.NANOSECONDS.toMillis(start - agreedAt) + 1,
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
    if (!isReady(answer.hello())) {
      endedSoon();
      return;
    }
    if (view != null && missing.isMissed(view)) {
      LOG.info(
          "Peer {} no longer remembers some removals that this node missed: comparing all items",
          sender.url());
      everything = true;
      endedSoon();
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
        everything = true;
        agreed.put(number, added);
        endedSoon();
        return;
      }
      if (own.sum() == theirs.sum()) {
        agreed.put(number, added);
        continue;
      }
      differ.add(number);
      Suspect suspect = suspects.computeIfAbsent(number, n -> new Suspect(lastStart));
      if (start - added >= SETTLED_NANOS && (!busy || busyRounds > PATIENCE)) {
        suspect.times++;
        if (suspect.times > 1) {
          ripe.put(number, added);
        }
      }
    }
    suspects.keySet().retainAll(differ);
    boolean looking = !ripe.isEmpty() && environment.ticks() >= restUntil;
    check(
        view,
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
    long reach = store.ledger().digests().reachMillis();
    long oldest = Digests.slice(Stamp.atMillis(environment.wallMillis() - 2 * reach));
    agreed.keySet().removeIf(number -> number != Digests.OLDER && number < oldest);
    agree(start, agreement, suspects.isEmpty() ? settings.now().roundMillis() : SOON_MILLIS);
  }

  /**
   * Ends a round after which the peer holds all that this node held at a moment.
   *
   * @param start when at the latest the slices that were not suspected did not differ
   */
  private void agree(long start, long agreement, long next) {
    agreedAt = Math.max(agreedAt, agreement);
    lastStart = start;
    join();
    Start reached = null;
    while (!starts.isEmpty() && starts.peek().at() <= agreedAt) {
      reached = starts.poll();
    }
    if (reached == null || !calls.speaksOfHistories()) {
      if (reached != null) {
        sender.found(reached.noted());
      }
      ended(next);
      return;
    }
    Start told = reached;
    HistoryView now = history().view(); // what was lost since the round began was not given
    calls.agreed(
        incarnation,
        told.history().withLossesOf(now),
        unused -> {
          sender.found(told.noted());
          ended(next);
        });
  }

  /**
   * Goes through all that is chosen, and the expiries that the peer has not seen, which no sum
   * shows.
   *
   * @param choice null for nothing
   */
  private void check(HistoryView view, Predicate<Held> choice, RepairPass.Done done)
      throws IOException {
    HistoryView mine = history().view();
    Stream<Held> expiries =
        store.ledger().expiries().all().stream()
            .filter(
                expiry ->
                    view == null
                        ? expiry.arrived() >= agreedAt / 1_000_000
                        : !view.covers(expiry.stamp(), mine))
            .map(expiry -> new Held(expiry.key(), expiry.stamp(), /* removal= */ true));
    Stream<Held> chosen = choice == null ? Stream.of() : store.held().filter(choice);
    long begun = environment.ticks();
    RepairPass pass = new RepairPass(sender, calls, peers, missing, view, mine);
    pass.run(
        Stream.concat(expiries, chosen).iterator(),
        () -> {
          if (choice != null && pass.isInVain()) {
            long now = environment.ticks(); // looking takes time, so look more seldom where in vain
            restUntil = now + Math.min(LONGEST_REST_MILLIS, REST_FACTOR * (now - begun));
          }
          if (pass.isComplete()) {
            done.run();
          } else { // the peer lacks something, so that there is nothing to agree on
            differing = null;
            ended(REFUSED_MILLIS);
          }
        });
  }
}
