package io.ehcached.replication.settings;

import io.ehcached.store.ChangeListener.Kind;
import io.ehcached.store.Digests;
import io.ehcached.store.Ledger;

/**
 * How one region is replicated, under Ehcache's names for it where it has one.
 *
 * @param asynchronous whether clients are answered before the peers have a write
 * @param maxBatchItems the most items in one frame
 * @param callMillis how long a peer may take to answer, in milliseconds
 */
public record ReplicationSettings(
    boolean asynchronous, Changes changes, int maxBatchItems, long callMillis, Repair repair) {
  /** Ehcache's {@code asynchronousReplicationMaximumBatchSize}. */
  public static final int DEFAULT_BATCH_ITEMS = 1000;

  /** How long a peer may take to answer before others go on without it, in milliseconds. */
  public static final long DEFAULT_CALL_MILLIS = 2000;

  /**
   * Which changes are replicated.
   *
   * @param puts whether new items are
   * @param putsViaCopy whether peers get a new item, or are only told to drop theirs
   * @param updates whether items that take the place of others are
   * @param updatesViaCopy whether peers get such an item, or are only told to drop theirs
   * @param removals whether removals and flushes are
   */
  public record Changes(
      boolean puts,
      boolean putsViaCopy,
      boolean updates,
      boolean updatesViaCopy,
      boolean removals) {
    /** All changes, as they are. */
    public static final Changes ALL = new Changes(true, true, true, true, true);

    /** Tells whether peers are told of a kind of change. */
    public boolean include(Kind kind) {
      return switch (kind) {
        case PUT -> puts;
        case UPDATE -> updates;
        case REMOVAL -> removals;
      };
    }

    /** Tells whether peers get the item, or are only told to drop theirs. */
    public boolean areCopied(Kind kind) {
      return switch (kind) {
        case PUT -> putsViaCopy;
        case UPDATE -> updatesViaCopy;
        case REMOVAL -> true;
      };
    }
  }

  /**
   * What is kept for peers that are away, and how often nodes compare what they hold.
   *
   * @param roundMillis how often to compare with each peer, in milliseconds
   * @param maxPending how many keys may wait for a peer before it is to be repaired instead
   * @param tombstones how many removals to remember
   * @param tombstoneMillis how long to remember each, in milliseconds
   * @param slices over how many slices sums are kept: see {@link Digests}; a power of two
   */
  public record Repair(
      long roundMillis, int maxPending, int tombstones, long tombstoneMillis, int slices) {
    private static final long DEFAULT_ROUND_MILLIS = 2000;
    private static final int BYTES_OF_HEAP_PER_KEY = 2048;

    /** Returns what fits a heap of so many bytes. */
    static Repair within(long heap) {
      return new Repair(
          DEFAULT_ROUND_MILLIS,
          (int) Math.max(10_000, Math.min(1_000_000, heap / BYTES_OF_HEAP_PER_KEY)),
          Ledger.tombstoneBound(heap),
          // A test cannot wait for ten minutes; not for users, so it is no option.
          Long.getLong("ehcached.removalMillis", Ledger.DEFAULT_WINDOW_MILLIS),
          Digests.SLICES);
    }
  }

  /** Returns the settings of a region whose configuration says nothing. */
  public static ReplicationSettings defaults() {
    return new ReplicationSettings(
        true,
        Changes.ALL,
        DEFAULT_BATCH_ITEMS,
        DEFAULT_CALL_MILLIS,
        Repair.within(Runtime.getRuntime().maxMemory()));
  }

  /** Tells whether peers come to hold the same; where not, nothing is compared or repaired. */
  public boolean replicatesAll() {
    return changes.equals(Changes.ALL);
  }

  /** Returns these settings but for how peers are waited for. */
  public ReplicationSettings asynchronous(boolean value) {
    return new ReplicationSettings(value, changes, maxBatchItems, callMillis, repair);
  }

  /** Returns these settings but for what is replicated. */
  public ReplicationSettings replicating(Changes value) {
    return new ReplicationSettings(asynchronous, value, maxBatchItems, callMillis, repair);
  }

  /** Returns these settings but for how much goes at once, and how long an answer may take. */
  public ReplicationSettings sending(int batchItems, long millis) {
    return new ReplicationSettings(asynchronous, changes, batchItems, millis, repair);
  }

  /** Returns these settings but for what is kept for peers that are away. */
  public ReplicationSettings keeping(Repair value) {
    return new ReplicationSettings(asynchronous, changes, maxBatchItems, callMillis, value);
  }
}
