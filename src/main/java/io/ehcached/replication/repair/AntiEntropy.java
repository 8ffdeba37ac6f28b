package io.ehcached.replication.repair;

import io.ehcached.item.Stamp;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.sender.PeerCalls;
import io.ehcached.replication.sender.PeerCatchUp;
import io.ehcached.replication.sender.PeerRepair;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.status.Equality;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.wire.Hello;
import io.ehcached.store.Digests;
import io.ehcached.store.Held;
import io.ehcached.store.HistoryView;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this node's items with those of one peer and repairs differences that the dirty keys do
 * not cover: what a third node sent to this node only before it died, what was written while too
 * many keys were pending, what was lost by a fault. Each node repairs what it holds itself; the
 * peer does the same from its side. It runs on an executor of its own, in rounds, of which {@link
 * RoundSchedule} says when they take place. Any thread may call what {@link PeerRepair} has; all
 * else is for the executor.
 *
 * <p>Nodes that meet for the first time compare everything, by bucket ({@link FullComparison}).
 * After that they compare the slices that something was added to since they last agreed ({@link
 * SliceComparison}). Stamps are exchanged only for sums that differ twice and are not being written
 * to ({@link RepairPass}). {@link MissingItems} decides what follows when the peer lacks an item.
 */
public final class AntiEntropy implements PeerRepair {
  private static final Logger LOG = LoggerFactory.getLogger(AntiEntropy.class);

  /** After how many milliseconds a peer is offered again what it refused. */
  private static final long REFUSED_MILLIS = 10_000;

  private static final long LONGEST_REST_MILLIS = 30_000;
  private static final long BEHIND_MILLIS = 30_000;
  private static final int REST_FACTOR = 10;

  /** After how many milliseconds in which the nodes were not equal a warning is logged. */
  private static final long UNEQUAL_MILLIS = 60_000;

  private final PeerSender sender;
  private final LocalReplica local;
  private final Store store;
  private final LiveSettings settings;
  private final Environment environment;
  private final RoundSchedule schedule;
  private final Agreement agreement;
  private final SliceComparison slices;
  private final FullComparison everything;
  private Hello newlyMet;
  private long restUntil; // by ticks, as is the next
  private long behindSince; // 0: it is not
  private long readySince; // by ticks; 0: there is something else to wait for
  private boolean told; // that both do not hold the same
  private long found; // how many keys differed in this round; -1: nothing was looked at

  /** How many keys differed last; -1: nothing was compared yet. */
  private volatile long differing = -1;

  /** Makes what compares with the peer of a sender, once there is a link. */
  public AntiEntropy(PeerSender sender, LocalReplica local) {
    this.sender = sender;
    this.local = local;
    this.store = local.store();
    this.settings = local.settings();
    this.environment = local.environment();
    this.schedule = new RoundSchedule(sender, settings, environment, this::round);
    this.agreement = new Agreement(sender, local.history(), this::renewed, environment);
    this.slices = new SliceComparison(this, agreement, sender, settings);
    this.everything = new FullComparison(this, agreement, slices);
  }

  private long renewed() {
    return store.ledger().renewed();
  }

  /** Returns the sums of what this node holds. */
  Digests digests() {
    return store.ledger().digests();
  }

  Environment environment() {
    return environment;
  }

  RoundSchedule schedule() {
    return schedule;
  }

  @Override
  public void begin() {
    schedule.begin();
  }

  @Override
  public void end() {
    schedule.end();
  }

  @Override
  public void stop() {
    schedule.stop();
  }

  @Override
  public void connected(Hello hello) {
    schedule.execute(
        () -> {
          newlyMet = hello;
          schedule.connected();
        });
  }

  @Override
  public void lost() {
    if (settings.now().replicatesAll()) {
      schedule.execute(schedule::start);
    } else {
      LOG.warn(
          "Writes for peer {} were dropped since too many waited. Where not all is replicated,"
              + " nothing brings them back.",
          sender.shown());
      sender.found(sender.mark());
    }
  }

  @Override
  public void agreed(long agreeing, HistoryView view) {
    agreement.doubt(); // before any claim that follows
    schedule.execute(() -> agreement.agreed(agreeing, view));
  }

  @Override
  public void lookAt(PeerCatchUp catchUp) {
    schedule.execute(
        () -> {
          if (agreement.missing() != null) {
            boolean all = settings.now().replicatesAll();
            Hello hello = sender.peer();
            long now = environment.nanos();
            catchUp.look(
                local.history(),
                all ? agreement.missing()::mayMiss : null,
                hello.linked() && hello.pending() == 0,
                all ? agreement.agreedAt() : now,
                now);
          }
        });
  }

  @Override
  public boolean isBelieving() {
    return agreement.isBelieving();
  }

  @Override
  public Equality equality() {
    if (!settings.now().replicatesAll()) {
      return Equality.NOT_COMPARED;
    }
    long at = agreement.agreedAt();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(environment.nanos() - at);
    long keys = differing;
    return new Equality(
        true,
        at != 0 && seconds <= Equality.MAX_SECONDS && sender.state() == PeerState.LIVE,
        keys < 0 ? OptionalLong.empty() : OptionalLong.of(keys),
        at == 0 ? OptionalLong.empty() : OptionalLong.of(seconds));
  }

  private void meet(Hello hello) {
    slices.restart();
    everything.restart();
    readySince = 0;
    if (agreement.meet(hello.incarnation())) {
      differing = -1;
      everything.need();
      slices.forget();
    }
  }

  private void round() {
    if (newlyMet != null) {
      meet(newlyMet);
      newlyMet = null;
    }
    PeerCalls calls = schedule.calls();
    long next = settings.now().repair().roundMillis();
    if (!settings.now().replicatesAll()) {
      calls.hello(
          hello -> {
            sender.met(hello);
            schedule.ended(next);
          });
      return;
    }
    if (isBehind()) {
      schedule.endedSoon(); // most of what differs is on its way
      return;
    }
    found = -1;
    long start = agreement.begin();
    if (everything.isNeeded()
        || (start - agreement.agreedAt()) / 1_000_000 > digests().reachMillis()) {
      everything.compare(start, calls);
    } else {
      slices.compare(start, calls);
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
  boolean isReady(Hello hello) throws IOException {
    sender.met(hello);
    boolean ready = !hello.bootstrapping() && !local.isBootstrapping();
    readySince = ready ? (readySince == 0 ? environment.ticks() : readySince) : 0;
    if (ready) {
      tellUnequal();
    }
    return ready;
  }

  private void tellUnequal() {
    long equal = Math.max(readySince, TimeUnit.NANOSECONDS.toMillis(agreement.agreedAt()));
    long unequal = environment.ticks() - equal;
    if (!told && unequal > UNEQUAL_MILLIS) {
      told = true;
      LOG.warn(
          "Peer {} and this node have not held the same items for {} s: {} keys differed last."
              + " \"bin/ehcached compare\" shows which.",
          sender.shown(),
          unequal / 1000,
          differing < 0 ? "an unknown number of" : differing);
    } else if (told && unequal < UNEQUAL_MILLIS) {
      told = false;
      LOG.info("Peer {} and this node hold the same items again", sender.shown());
    }
  }

  /** Ends a round that showed that slices are not enough. */
  void compareEverythingSoon() {
    everything.need();
    schedule.endedSoon();
  }

  /** Tells whether to look at no items for now, since looks were in vain and took time. */
  boolean isResting() {
    return environment.ticks() < restUntil;
  }

  /**
   * Ends a round after which the peer holds all that this node held at a moment.
   *
   * @param start when at the latest the slices that were not suspected did not differ
   * @param agreed that moment
   * @param next after how many milliseconds the next round is due
   */
  void agree(long start, long agreed, long next) {
    if (found >= 0 || agreed == start) {
      differing = Math.max(0, found);
    }
    Agreement.Start reached = agreement.completed(start, agreed);
    PeerCalls calls = schedule.calls();
    if (reached == null || !calls.speaksOfHistories()) {
      if (reached != null) {
        sender.found(reached.noted());
      }
      schedule.ended(next);
      return;
    }
    if (renewed() != reached.renewed()) {
      // The peer was not given what was replaced by its own renewal since the round began, and
      // would take that for something that it had had and removed.
      schedule.endedSoon();
      return;
    }
    HistoryView now = local.history().view(); // what was lost since the round began was not given
    calls.agreed(
        agreement.incarnation(),
        reached.history().withLossesOf(now),
        unused -> {
          sender.found(reached.noted());
          schedule.ended(next);
        });
  }

  /** Returns the stamp of the flush that this node was asked for or has heard of; or none. */
  long flushed() {
    StoredItem mark = store.held(Store.FLUSH);
    return mark == null ? Stamp.NONE : mark.stamp();
  }

  /**
   * Goes through all that is chosen, and the expiries that the peer has not seen, which no sum
   * shows.
   *
   * @param flush the stamp of this node's flush if the peer may lack that, else {@link Stamp#NONE}.
   *     What it killed since the round began is not given any more, and the peer is not to agree to
   *     that without the flush
   * @param choice null for nothing
   */
  void check(HistoryView view, long flush, Predicate<Held> choice, RepairPass.Done done)
      throws IOException {
    HistoryView mine = local.history().view();
    Stream<Held> expiries =
        store.ledger().expiries().all().stream()
            .filter(
                expiry ->
                    view == null
                        ? expiry.arrived() >= agreement.agreedAt() / 1_000_000
                        : !view.covers(expiry.stamp(), mine))
            .map(expiry -> new Held(expiry.key(), expiry.stamp(), /* removal= */ true));
    Stream<Held> chosen =
        choice == null
            ? Stream.of()
            : store.held().filter(held -> held.key().length() > 0 && choice.test(held));
    Stream<Held> flushes =
        flush == Stamp.NONE
            ? Stream.of()
            : Stream.of(new Held(Store.FLUSH, flush, /* removal= */ false));
    long begun = environment.ticks();
    RepairPass pass =
        new RepairPass(
            sender,
            schedule.calls(),
            local,
            agreement.missing(),
            agreement.incarnation(),
            view,
            mine);
    pass.run(
        Stream.concat(flushes, Stream.concat(expiries, chosen)).iterator(),
        () -> {
          if (choice != null) {
            found = pass.found();
          }
          if (found == 0) {
            long now = environment.ticks(); // looking takes time, so look more seldom where in vain
            restUntil = now + Math.min(LONGEST_REST_MILLIS, REST_FACTOR * (now - begun));
          }
          if (pass.isComplete()) {
            done.run();
          } else { // the peer lacks something, so that there is nothing to agree on
            differing = pass.found();
            everything.restart();
            schedule.ended(REFUSED_MILLIS);
          }
        });
  }
}
