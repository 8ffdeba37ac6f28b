package io.ehcached.store;

import io.ehcached.item.Key;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The records that a store keeps for its peers: removals and expiries, checksums of its items, the
 * history of writes, and the listener for its own writes.
 */
public final class Ledger {
  /** The default time for which removals are remembered, in milliseconds. */
  public static final long DEFAULT_WINDOW_MILLIS = 10 * 60 * 1000L;

  private static final int BYTES_OF_HEAP_PER_TOMBSTONE = 2048;
  private static final int FEWEST = 10_000;
  private static final int MOST = 1_000_000;
  private static final int FEWEST_RENEWALS = 1000;
  private static final int MAX_RENEWALS = 50_000;

  private final Digests digests;
  private final Tombstones tombstones;
  private final Tombstones expiries;
  private final Renewals renewals;
  private final History history;
  private final LongSupplier nanos;
  private final Listener listener;

  /** A listener for changes that also knows what all peers have seen. */
  @FunctionalInterface
  public interface Listener extends ChangeListener {
    /** Tells whether every node that may hold an older item has surely seen a write. */
    default boolean isSeenByAll(long stamp) {
      return false;
    }
  }

  /**
   * Makes the ledger of a store that holds nothing yet.
   *
   * @param nanos a clock that only runs forward, in nanoseconds
   * @param tombstoneBound the most removals to remember, and the most expiries
   * @param tombstoneMillis how long to remember each
   * @param slices as in {@link Digests}
   * @param listener is told of what changes here, not of what is merged in
   */
  public Ledger(
      LongSupplier nanos,
      History history,
      int tombstoneBound,
      long tombstoneMillis,
      int slices,
      Listener listener) {
    this.digests = new Digests(slices);
    this.nanos = nanos;
    this.history = history;
    this.listener = listener;
    this.tombstones = new Tombstones(tombstoneBound, tombstoneMillis);
    this.expiries = new Tombstones(tombstoneBound, tombstoneMillis);
    this.renewals = new Renewals(Math.max(FEWEST_RENEWALS, Math.min(tombstoneBound, MAX_RENEWALS)));
  }

  /** Returns how many removals a node with this heap can afford to remember. */
  public static int tombstoneBound(long maxHeapBytes) {
    return (int) Math.max(FEWEST, Math.min(MOST, maxHeapBytes / BYTES_OF_HEAP_PER_TOMBSTONE));
  }

  /** Returns the sums of what the store holds. */
  public Digests digests() {
    return digests;
  }

  /** Returns the removals that are remembered. */
  public Tombstones tombstones() {
    return tombstones;
  }

  /**
   * Returns the expiries that are remembered: those of items that a peer may not have seen and that
   * replaced what it may hold.
   */
  public Tombstones expiries() {
    return expiries;
  }

  /** Returns the history of writes. */
  public History history() {
    return history;
  }

  /** Returns how many writes were merged or made here that had been written once more. */
  public long renewed() {
    return renewals.count();
  }

  /** Returns the writes that were written once more. */
  Renewals renewals() {
    return renewals;
  }

  /** Returns the stamp that a write had before it was written once more, or the one it has. */
  public long first(Key key, long stamp) {
    return renewals.first(key, stamp);
  }

  /**
   * Returns the stamp of a key's remembered removal or expiry, or {@link
   * io.ehcached.item.Stamp#NONE}.
   */
  public long death(Key key) {
    return Math.max(tombstones.stamp(key), expiries.stamp(key));
  }

  private long ticks() {
    return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
  }

  /** Forgets removals and expiries that are too old. */
  public void purge() {
    long now = ticks();
    tombstones.purge(
        now,
        stamp -> false,
        gone -> {
          digests.remove(gone.key(), gone.stamp(), /* removal= */ true);
          history.forget(gone.stamp());
        });
    purgeExpiries(now);
  }

  private void purgeExpiries(long now) {
    expiries.purge(now, listener::isSeenByAll, gone -> history.forget(gone.stamp()));
  }

  /** Records an item that is about to be stored. */
  void arriving(StoredItem item) {
    digests.add(item.key(), item.stamp(), /* removal= */ false, nanos.getAsLong());
  }

  /** Records that an item was stored, over {@code before} if that is not null. */
  void arrived(StoredItem item, StoredItem before) {
    if (before != null) {
      replaced(before);
    }
    Tombstones.Tombstone covered = tombstones.remove(item.key());
    if (covered != null) {
      digests.remove(covered.key(), covered.stamp(), /* removal= */ true);
    }
    expiries.remove(item.key());
  }

  /** Records that an item was removed because a flush killed it. */
  void left(StoredItem item) {
    digests.remove(item.key(), item.stamp(), /* removal= */ false);
  }

  /** Records that an item was replaced or removed by a newer write. */
  void replaced(StoredItem item) {
    left(item);
    history.left(item.stamp());
  }

  /** Records that an item was evicted, or dropped without the peers' knowledge. */
  void lost(StoredItem item) {
    replaced(item);
    history.lose(item.stamp());
  }

  /** Records that an expired item was removed. */
  void expired(StoredItem item) {
    left(item);
    if (listener.isSeenByAll(item.stamp())) {
      history.lose(item.stamp());
    } else {
      long now = ticks();
      expiries.put(item.key(), item.stamp(), now);
      purgeExpiries(now);
    }
  }

  /** Records a removal. */
  void removed(Key key, long stamp) {
    digests.add(key, stamp, /* removal= */ true, nanos.getAsLong());
    long now = ticks();
    Tombstones.Tombstone before = tombstones.put(key, stamp, now);
    if (before != null) {
      digests.remove(key, before.stamp(), /* removal= */ true);
    }
    expiries.remove(key);
    purge();
  }

  void tell(Key key, long stamp, ChangeListener.Kind kind) {
    listener.changed(key, stamp, kind);
  }
}
