package io.ehcached.store;

import io.ehcached.item.Key;
import java.util.function.LongSupplier;

/**
 * What a store keeps for its peers: the removals it remembers, sums of what it holds, and whom to
 * tell of its own changes.
 */
public final class Ledger {
  /** How long removals are remembered unless told otherwise, in milliseconds. */
  public static final long DEFAULT_WINDOW_MILLIS = 10 * 60 * 1000L;

  private static final int BYTES_OF_HEAP_PER_TOMBSTONE = 2048;
  private static final int FEWEST = 10_000;
  private static final int MOST = 1_000_000;

  private final Digests digests = new Digests();
  private final Tombstones tombstones;
  private final LongSupplier millis;
  private final ChangeListener listener;

  /**
   * Makes the ledger of a store that holds nothing yet.
   *
   * @param millis the wall clock, in milliseconds since the epoch
   * @param tombstoneBound the most removals to remember
   * @param tombstoneMillis how long to remember each
   * @param listener is told of what changes here, not of what is merged in
   */
  public Ledger(
      LongSupplier millis, int tombstoneBound, long tombstoneMillis, ChangeListener listener) {
    this.millis = millis;
    this.listener = listener;
    this.tombstones = new Tombstones(tombstoneBound, tombstoneMillis);
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

  /** Forgets removals that are too old. */
  public void purge() {
    tombstones.purge(
        millis.getAsLong(), gone -> digests.remove(gone.key(), gone.stamp(), /* removal= */ true));
  }

  /** Takes in an item that is about to be put. */
  void arriving(StoredItem item, long now) {
    digests.add(item.key(), item.stamp(), /* removal= */ false, now);
  }

  /** Notes that an item is in its place, where {@code before} was or, if null, nothing. */
  void arrived(StoredItem item, StoredItem before) {
    if (before != null) {
      left(before);
    }
    Tombstones.Tombstone covered = tombstones.remove(item.key());
    if (covered != null) {
      digests.remove(covered.key(), covered.stamp(), /* removal= */ true);
    }
  }

  /** Notes that an item is no longer there, whyever. */
  void left(StoredItem item) {
    digests.remove(item.key(), item.stamp(), /* removal= */ false);
  }

  /** Remembers a removal. */
  void removed(Key key, long stamp) {
    long now = millis.getAsLong();
    digests.add(key, stamp, /* removal= */ true, now);
    Tombstones.Tombstone before = tombstones.put(key, stamp, now);
    if (before != null) {
      digests.remove(key, before.stamp(), /* removal= */ true);
    }
    purge();
  }

  void tell(Key key, long stamp, ChangeListener.Kind kind) {
    listener.changed(key, stamp, kind);
  }
}
