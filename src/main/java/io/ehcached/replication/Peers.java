package io.ehcached.replication;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.store.History;
import io.ehcached.store.HistoryView;
import io.ehcached.store.HistoryView.Claim;
import io.ehcached.store.Ledger;
import io.ehcached.store.Merged;
import io.ehcached.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The peers of one region, those that left among them. Safe for use by many threads. */
final class Peers implements PeerWatcher, Ledger.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

  /**
   * How far ahead of this node's clock a stamp may be, in ms. Clocks that are minutes apart must
   * not keep nodes apart; a stamp from another year would drag every later one along.
   */
  static final long MAX_AHEAD_MILLIS = 60 * 60 * 1000L;

  /** How many peers that left are remembered, so that they can go on where they were. */
  private static final int MAX_GONE = 64;

  /** How many callers that cannot be talked to are told of in the log within an hour. */
  private static final int MAX_REFUSED = 64;

  private static final long HOUR_MILLIS = 60 * 60 * 1000L;

  /** What became of an entry. */
  enum Taken {
    /** It was taken, or something newer is here. */
    DEALT_WITH,
    /** It was taken and written once more. */
    RENEWED,
    /** It was refused. */
    TOO_FAR_AHEAD
  }

  private final Identity self;
  private final LiveSettings settings;
  private final Store store;
  private final ReplicaView holdings;
  private final Environment environment;
  private final CatchUp catchUp;
  private final PeerCounts strangers = new PeerCounts();
  private final Set<String> refused = new HashSet<>(); // guarded by itself, as is the next
  private long refusedSince;
  private volatile List<PeerSender> senders = List.of();
  private volatile boolean bootstrapping;
  private boolean stopped;

  Peers(Identity self, LiveSettings settings, Store store, Environment environment) {
    this.self = self;
    this.settings = settings;
    this.store = store;
    this.holdings = new ReplicaView(store);
    this.environment = environment;
    this.catchUp = new CatchUp(this, settings);
  }

  Environment environment() {
    return environment;
  }

  Store store() {
    return store;
  }

  /** Tells whether this node does not hold everything yet. */
  boolean bootstrapping() {
    return bootstrapping;
  }

  void bootstrapping(boolean value) {
    bootstrapping = value;
  }

  /** Returns what tells whether this node stood still, and does not know yet what it missed. */
  CatchUp catchUp() {
    return catchUp;
  }

  /** Returns all peers but this node itself and those that left. */
  List<PeerSender> present() {
    return senders.stream()
        .filter(s -> s.state() != PeerState.SELF && s.state() != PeerState.LEFT)
        .toList();
  }

  /** Returns what is counted of callers that are no peers yet. */
  PeerCounts strangers() {
    return strangers;
  }

  @Override
  public synchronized void joined(PeerLink peer) {
    if (stopped) {
      return;
    }
    PeerSender sender = byUrl(peer.url());
    if (sender == null) {
      sender = new PeerSender(peer.url(), self, settings, this);
      List<PeerSender> more = new ArrayList<>(senders);
      more.add(sender);
      forgetGone(more);
      senders = List.copyOf(more);
    }
    sender.start(peer);
  }

  @Override
  public synchronized void left(PeerLink peer) {
    PeerSender sender = byUrl(peer.url());
    if (sender != null) {
      sender.leave();
    }
  }

  /** Runs {@code done} once all peers within reach have what was written until now. */
  void whenSent(long deadlineMillis, Runnable done) {
    List<PeerSender> all = senders;
    AtomicInteger open = new AtomicInteger(all.size() + 1);
    Runnable one =
        () -> {
          if (open.decrementAndGet() == 0) {
            done.run();
          }
        };
    for (PeerSender sender : all) {
      sender.whenSent(deadlineMillis, one);
    }
    one.run();
  }

  /** Stops all senders. */
  synchronized void stop() {
    stopped = true;
    senders.forEach(PeerSender::stop);
  }

  private PeerSender byUrl(String url) {
    for (PeerSender sender : senders) {
      if (sender.url().equals(url)) {
        return sender;
      }
    }
    return null;
  }

  private static void forgetGone(List<PeerSender> all) {
    Predicate<PeerSender> gone = s -> s.state() == PeerState.LEFT;
    for (long left = all.stream().filter(gone).count(); left > MAX_GONE; left--) {
      PeerSender oldest = all.stream().filter(gone).findFirst().orElseThrow();
      oldest.stop();
      all.remove(oldest);
    }
  }

  @Override
  public void changed(Key key, long stamp, Kind kind) {
    for (PeerSender sender : senders) {
      sender.changed(key, stamp, kind);
    }
  }

  /** Takes note of which origins a peer knows. */
  void meet(HistoryView view) {
    if (view == null) {
      return;
    }
    long newest = view.seen().get(0).upTo();
    if (!isTooFarAhead(newest)) {
      store.clock().observe(newest); // what is written here from now on is newer than all there
    }
    History history = store.ledger().history();
    history.meet(view);
    if (history.renumber(environment.random())) {
      LOG.info(
          "Another node uses the same number in its stamps; this node's number is {} now",
          history.self().number());
    }
  }

  /** Takes note that a process gave this node all that it held. */
  void agreed(long incarnation, HistoryView view) {
    meet(view);
    PeerSender sender = byIncarnation(incarnation);
    if (sender != null) {
      sender.agreed(view);
    }
  }

  /** Takes note of what a process claims of its own writes. */
  void claimed(long incarnation, Claim claim) {
    PeerSender sender = byIncarnation(incarnation);
    if (sender != null && sender.isBelieved()) {
      store.ledger().history().saw(claim);
    }
  }

  @Override
  public boolean isSeenByAll(long stamp) {
    HistoryView origins = store.ledger().history().origins();
    for (PeerSender sender : senders) {
      if (!sender.hasSeen(stamp, origins)) {
        return false;
      }
    }
    return true;
  }

  /** Notes that a process called, and returns what is counted of it. */
  PeerCounts heard(long incarnation) {
    PeerSender known = byIncarnation(incarnation);
    if (known != null) {
      known.heard();
      return known.counts();
    }
    senders.forEach(PeerSender::wake);
    return strangers;
  }

  /** Notes a call of a node with another protocol; the log names each such node once an hour. */
  void refused(OtherVersionException why) {
    PeerSender known = byUrl(why.url());
    if (known != null) {
      known.refused(why);
      return;
    }
    if (isNews(why.url() + why.getMessage())) {
      LOG.warn(
          "Refused a call of peer {}: {} (logged once an hour)",
          why.url().isEmpty() ? "unknown" : why.url(),
          why.getMessage());
    }
  }

  private boolean isNews(String refusal) {
    synchronized (refused) {
      long now = environment.ticks();
      if (now - refusedSince >= HOUR_MILLIS) {
        refusedSince = now;
        refused.clear();
      }
      return refused.size() < MAX_REFUSED && refused.add(refusal);
    }
  }

  private PeerSender byIncarnation(long incarnation) {
    for (PeerSender sender : senders) {
      Hello peer = sender.peer();
      if (peer != null && peer.incarnation() == incarnation) {
        return sender;
      }
    }
    return null;
  }

  /** Tells whether a process can be called from here. */
  boolean isLinked(long incarnation) {
    PeerSender sender = byIncarnation(incarnation);
    return sender != null && sender.isReachable();
  }

  /** Returns how many writes wait for a process. */
  long pending(long incarnation) {
    PeerSender sender = byIncarnation(incarnation);
    return sender == null ? 0 : sender.pending();
  }

  private boolean isTooFarAhead(long stamp) {
    return Stamp.millis(stamp) > environment.wallMillis() + MAX_AHEAD_MILLIS;
  }

  /**
   * Returns what was removed here and forgotten while a process missed it: what {@link #take} is to
   * be told.
   */
  long forgotten(long incarnation) {
    PeerSender sender = byIncarnation(incarnation);
    Hello peer = sender == null ? null : sender.peer();
    return store.ledger().history().forgottenUnknownTo(peer == null ? null : peer.history());
  }

  /** Takes in what a peer holds, of which nothing here can have been removed and forgotten. */
  void take(Entry entry, PeerCounts counts) {
    Taken unused = take(entry, counts, Stamp.NONE);
  }

  /**
   * Takes in what a peer holds.
   *
   * @param forgotten the newest removal that was forgotten here and that the peer missed: an older
   *     item of which nothing is known here may have been removed. Neither node can know, so it is
   *     written once more, as {@link MissingItems} has it
   */
  Taken take(Entry entry, PeerCounts counts, long forgotten) {
    counts.received.increment();
    if (isTooFarAhead(entry.stamp())) {
      counts.refusedAhead.increment();
      return Taken.TOO_FAR_AHEAD;
    }
    boolean doubted =
        entry.stamp() < forgotten && entry.item() != null && !holdings.knows(entry.key());
    Merged merged = holdings.merge(entry);
    if (merged == Merged.TAKEN) {
      counts.merged.increment();
      if (doubted) {
        store.peerWrites().renew(entry.key(), entry.stamp());
        counts.renewed.increment();
        return Taken.RENEWED;
      }
    } else if (merged == Merged.OLDER) {
      counts.refusedOlder.increment();
    }
    return Taken.DEALT_WITH;
  }
}
