package io.ehcached.replication;

import io.ehcached.store.Digests;
import io.ehcached.store.Ledger;

/**
 * How one region is replicated, under Ehcache's names for it where it has one.
 *
 * @param asynchronous whether clients are answered before the peers have a write
 * @param puts whether new items are replicated
 * @param putsViaCopy whether peers get a new item, or are only told to drop theirs
 * @param updates whether items that take the place of others are replicated
 * @param updatesViaCopy whether peers get such an item, or are only told to drop theirs
 * @param removals whether removals and flushes are replicated
 * @param maxBatchItems the most items in one frame
 * @param callMillis how long a peer may take to answer, in milliseconds
 * @param roundMillis how often to compare with each peer, in milliseconds
 * @param maxPending how many keys may wait for a peer before it is to be repaired instead
 * @param tombstones how many removals to remember
 * @param tombstoneMillis how long to remember each, in milliseconds
 * @param slices over how many slices sums are kept: see {@link Digests}; a power of two
 */
public record ReplicationSettings(
    boolean asynchronous,
    boolean puts,
    boolean putsViaCopy,
    boolean updates,
    boolean updatesViaCopy,
    boolean removals,
    int maxBatchItems,
    long callMillis,
    long roundMillis,
    int maxPending,
    int tombstones,
    long tombstoneMillis,
    int slices) {
  /** Ehcache's {@code asynchronousReplicationMaximumBatchSize}. */
  public static final int DEFAULT_BATCH_ITEMS = 1000;

  /** How long a peer may take to answer before others go on without it, in milliseconds. */
  public static final long DEFAULT_CALL_MILLIS = 2000;

  private static final long DEFAULT_ROUND_MILLIS = 2000;
  private static final int BYTES_OF_HEAP_PER_KEY = 2048;

  /** Returns the settings of a region whose configuration says nothing. */
  public static ReplicationSettings defaults() {
    long heap = Runtime.getRuntime().maxMemory();
    return new ReplicationSettings(
        true,
        true,
        true,
        true,
        true,
        true,
        DEFAULT_BATCH_ITEMS,
        DEFAULT_CALL_MILLIS,
        DEFAULT_ROUND_MILLIS,
        (int) Math.max(10_000, Math.min(1_000_000, heap / BYTES_OF_HEAP_PER_KEY)),
        Ledger.tombstoneBound(heap),
        // A test cannot wait for ten minutes; not for users, so it is no option.
        Long.getLong("ehcached.removalMillis", Ledger.DEFAULT_WINDOW_MILLIS),
        Digests.SLICES);
  }

  /** Tells whether peers come to hold the same; where not, nothing is compared or repaired. */
  public boolean replicatesAll() {
    return puts && putsViaCopy && updates && updatesViaCopy && removals;
  }

  /** Returns these settings but for how peers are waited for. */
  public ReplicationSettings asynchronous(boolean value) {
    return new ReplicationSettings(
        value,
        puts,
        putsViaCopy,
        updates,
        updatesViaCopy,
        removals,
        maxBatchItems,
        callMillis,
        roundMillis,
        maxPending,
        tombstones,
        tombstoneMillis,
        slices);
  }

  /** Returns these settings but for what is replicated. */
  public ReplicationSettings replicating(
      boolean newPuts,
      boolean newPutsViaCopy,
      boolean newUpdates,
      boolean newUpdatesViaCopy,
      boolean newRemovals) {
    return new ReplicationSettings(
        asynchronous,
        newPuts,
        newPutsViaCopy,
        newUpdates,
        newUpdatesViaCopy,
        newRemovals,
        maxBatchItems,
        callMillis,
        roundMillis,
        maxPending,
        tombstones,
        tombstoneMillis,
        slices);
  }

  /** Returns these settings but for how much goes at once, and how long an answer may take. */
  public ReplicationSettings sending(int newBatchItems, long newCallMillis) {
    return new ReplicationSettings(
        asynchronous,
        puts,
        putsViaCopy,
        updates,
        updatesViaCopy,
        removals,
        newBatchItems,
        newCallMillis,
        roundMillis,
        maxPending,
        tombstones,
        tombstoneMillis,
        slices);
  }

  /** Returns these settings but for what is kept for peers that are away. */
  public ReplicationSettings keeping(
      long newRoundMillis,
      int newMaxPending,
      int newTombstones,
      long newTombstoneMillis,
      int newSlices) {
    return new ReplicationSettings(
        asynchronous,
        puts,
        putsViaCopy,
        updates,
        updatesViaCopy,
        removals,
        maxBatchItems,
        callMillis,
        newRoundMillis,
        newMaxPending,
        newTombstones,
        newTombstoneMillis,
        newSlices);
  }
}
