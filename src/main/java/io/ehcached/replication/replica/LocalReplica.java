package io.ehcached.replication.replica;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.replication.repair.MissingItems;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.status.PeerCounts;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.Identity;
import io.ehcached.replication.wire.Members;
import io.ehcached.replication.wire.NodeDescription;
import io.ehcached.replication.wire.StampComparison;
import io.ehcached.store.Held;
import io.ehcached.store.History;
import io.ehcached.store.HistoryView;
import io.ehcached.store.Merged;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's own replica of the region: what peers are told of it, and what is taken from them.
 * Safe for use by many threads.
 */
public final class LocalReplica {
  private static final Logger LOG = LoggerFactory.getLogger(LocalReplica.class);

  /**
   * How far ahead of this node's clock a stamp may be, in ms. Clocks that are minutes apart must
   * not keep nodes apart; a stamp from another year would drag every later one along.
   */
  static final long MAX_AHEAD_MILLIS = 60 * 60 * 1000L;

  private volatile Identity self;
  private final LiveSettings settings;
  private final Store store;
  private final Environment environment;
  private volatile boolean bootstrapping;
  private volatile boolean stopping;
  private volatile Supplier<NodeDescription> description = () -> NodeDescription.NONE;
  private volatile Function<String, Members> members = url -> Members.UNTOLD;
  private volatile Consumer<Members> heardMembers = theirs -> {};

  /** What became of an entry. */
  public enum Taken {
    /** It was taken, or something newer is here. */
    DEALT_WITH,
    /** It was taken and written once more. */
    RENEWED,
    /** It was refused. */
    TOO_FAR_AHEAD
  }

  /**
   * Makes the replica of a node.
   *
   * @param store has to keep a ledger before this is used
   */
  public LocalReplica(Identity self, LiveSettings settings, Store store, Environment environment) {
    this.self = self;
    this.settings = settings;
    this.store = store;
    this.environment = environment;
  }

  /** Returns by what peers know this node. */
  public Identity self() {
    return self;
  }

  /** Notes by which other URL peers can reach this node from now on. */
  public void moved(String url) {
    self = new Identity(self.region(), url, self.incarnation(), self.release());
  }

  /** Returns how the region is replicated at the moment. */
  public LiveSettings settings() {
    return settings;
  }

  /** Returns what holds the items. */
  public Store store() {
    return store;
  }

  /** Returns what this node has seen. */
  public History history() {
    return store.ledger().history();
  }

  /** Returns the clocks, chance and executors of this node. */
  public Environment environment() {
    return environment;
  }

  /** Returns how this node describes itself to peers. */
  public NodeDescription description() {
    NodeDescription now = description.get();
    return stopping ? now.stopping() : now;
  }

  /** Has this node describe itself as about to stop from now on. */
  public void stopSoon() {
    stopping = true;
  }

  /** Sets what tells how this node describes itself to peers, now and later. */
  public void describe(Supplier<NodeDescription> by) {
    description = by;
  }

  /** Tells whether this node does not hold everything yet. */
  public boolean isBootstrapping() {
    return bootstrapping;
  }

  /** Returns which of its peers this node tells the peer at {@code url} of. */
  public Members membersFor(String url) {
    return members.apply(url);
  }

  /** Sets what tells which peers others are told of, and what takes in which they have. */
  public void introduce(Function<String, Members> by, Consumer<Members> heard) {
    members = by;
    heardMembers = heard;
  }

  /** Takes note of which peers a peer has. */
  public void heardOf(Members theirs) {
    heardMembers.accept(theirs);
  }

  /** Sets whether this node does not hold everything yet. */
  public void setBootstrapping(boolean value) {
    bootstrapping = value;
  }

  /**
   * Takes note of which origins a peer knows.
   *
   * @param view the peer's history; null where it tells none
   */
  public void meet(HistoryView view) {
    if (view == null) {
      return;
    }
    long newest = view.seen().get(0).upTo();
    if (!isTooFarAhead(newest)) {
      store.clock().observe(newest); // what is written here from now on is newer than all there
    }
    history().meet(view);
    if (history().renumber(environment.random())) {
      LOG.info(
          "Another node uses the same number in its stamps; this node's number is {} now",
          history().self().number());
    }
  }

  private boolean isTooFarAhead(long stamp) {
    return Stamp.millis(stamp) > environment.wallMillis() + MAX_AHEAD_MILLIS;
  }

  /** Returns what a peer should hold under a key, or null when nothing is known of it. */
  public Entry current(Key key) {
    StoredItem item = store.held(key);
    if (item == null) {
      long removed = store.ledger().death(key);
      if (removed != Stamp.NONE) {
        return withFirst(Entry.removal(key, removed));
      }
      item = store.held(key); // written between the two looks
      if (item == null) {
        return null;
      }
    }
    if (store.isFlushed(item)) {
      return null;
    }
    return withFirst(store.isExpired(item) ? Entry.removal(key, item.stamp()) : Entry.of(item));
  }

  private Entry withFirst(Entry entry) {
    return entry.withFirst(store.ledger().first(entry.key(), entry.stamp()));
  }

  /**
   * Returns what a peer is to be told of a key that was written here.
   *
   * @param stamp that the write had first; negative when the peer is only to drop what it has
   */
  public Entry outgoing(Key key, long stamp) {
    if (stamp < 0) {
      return Entry.removal(key, -stamp);
    }
    Entry entry = current(key);
    if (entry != null && entry.first() < stamp && key.length() > 0) {
      // What was written here was forgotten, and something older taken since.
      store.peerWrites().removeOlder(key, entry.stamp(), stamp);
      entry = current(key);
      if (entry != null && entry.item() == null && entry.first() < stamp) {
        entry = null; // a removal or an expiry, which would not take what the peer may hold
      }
    }
    if (entry == null && key.length() > 0) {
      // Evicted or flushed before it was sent. What the peer has is older, and must not outlive it.
      return store.held(key) == null ? Entry.removal(key, stamp - 1) : flush();
    }
    return entry;
  }

  private Entry flush() {
    return settings.now().changes().removals() ? current(Store.FLUSH) : null;
  }

  /** Takes in what a peer holds, of which nothing here can have been removed and forgotten. */
  public void take(Entry entry, PeerCounts counts) {
    Taken unused = take(entry, counts, Stamp.NONE);
  }

  /**
   * Takes in what a peer holds.
   *
   * @param forgotten the newest removal that was forgotten here and that the peer missed: an older
   *     item of which nothing is known here may have been removed. Neither node can know, so it is
   *     written once more, as {@link MissingItems} has it
   */
  public Taken take(Entry entry, PeerCounts counts, long forgotten) {
    counts.received.increment();
    if (isTooFarAhead(entry.stamp())) {
      counts.refusedAhead.increment();
      return Taken.TOO_FAR_AHEAD;
    }
    boolean doubted = entry.stamp() < forgotten && entry.item() != null && !knows(entry.key());
    Merged merged = merge(entry);
    if (merged == Merged.TAKEN) {
      counts.merged.increment();
      if (doubted && store.held(entry.key()) != null) { // else it has expired meanwhile
        store.peerWrites().renew(entry.key(), entry.stamp());
        counts.renewed.increment();
        return Taken.RENEWED;
      }
    } else if (merged == Merged.OLDER) {
      counts.refusedOlder.increment();
    }
    return Taken.DEALT_WITH;
  }

  private Merged merge(Entry entry) {
    return entry.item() == null
        ? store.peerWrites().mergeRemoval(entry.key(), entry.stamp(), entry.first())
        : store.peerWrites().merge(entry.item(), entry.first());
  }

  /** Tells whether anything is known of a key. */
  private boolean knows(Key key) {
    return store.held(key) != null || store.ledger().death(key) != Stamp.NONE;
  }

  private boolean hadAndLost(Held line) {
    return history().covers(line.stamp());
  }

  /** Compares a peer's write with what is here. */
  public StampComparison compare(Held line) {
    StoredItem item = store.held(line.key());
    long removed = store.ledger().death(line.key());
    long stamp = item == null ? removed : Math.max(removed, item.stamp());
    if (stamp == Stamp.NONE) {
      return StampComparison.MISSING;
    }
    if (item == null && removed < line.stamp() && !line.removal() && hadAndLost(line)) {
      return StampComparison
          .MISSING; // the removal is of something older, and would not take the item
    }
    boolean removal = removed == stamp;
    if (stamp == line.stamp() && removal == line.removal()) {
      return StampComparison.SAME;
    }
    return stamp > line.stamp() || (stamp == line.stamp() && removal)
        ? StampComparison.NEWER
        : StampComparison.OLDER;
  }
}
