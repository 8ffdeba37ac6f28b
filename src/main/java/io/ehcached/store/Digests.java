package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checksums over a node's items, with which two nodes find where they differ without comparing
 * items. Safe for use by many threads.
 *
 * <p>There are two sets of sums, each the exclusive or over the hashes of writes:
 *
 * <ul>
 *   <li><em>Buckets</em> cover everything, by the key's hash. They serve nodes that know nothing of
 *       each other, since no eviction may have set them apart yet.
 *   <li><em>Slices</em> cover the last half hour or so, by the second in which a write was stamped,
 *       and each knows when it was last added to. They serve nodes that were in step before: a
 *       slice that nobody added to since needs no comparison, so what eviction and expiry take away
 *       on one node alone, which nearly always is older, is never taken for a difference to repair.
 * </ul>
 *
 * <p>The sums need not be exact for ever: Ehcache tells of evictions a moment after they happen, so
 * that now and then one is counted twice. All that follows is one comparison of items too many.
 */
public final class Digests {
  /** The number of buckets, a power of two. */
  public static final int BUCKETS = 1024;

  /** The number of slices that a node keeps, a power of two. */
  public static final int SLICES = 2048;

  /** The number that stands for all writes older than the oldest slice. */
  public static final long OLDER = -1;

  private static final int SLICE_SHIFT = 10; // 1.024 s, so that all of them are 35 minutes
  private static final int SHARDS = 16; // a power of two

  private final Shard[] shards = new Shard[SHARDS];
  private final int size;

  /** The sums over a share of the keys; everything in it is guarded by its monitor. */
  private static final class Shard {
    final long[] buckets = new long[BUCKETS / SHARDS];
    final long[] slices;
    final long[] numbers;
    final long[] added;
    final int[] before; // the slice that was added to before this one; -1: none
    final int[] after;
    int last = -1; // the slice that was added to last
    long olderAdded;

    Shard(int size) {
      slices = new long[size];
      numbers = new long[size];
      added = new long[size];
      before = new int[size];
      after = new int[size];
      Arrays.fill(before, -1);
      Arrays.fill(after, -1);
    }

    /** Notes that a slice was added to, so that the list of these begins with it. */
    void added(int slice, long now) {
      added[slice] = now;
      if (slice == last) {
        return;
      }
      if (after[slice] >= 0) {
        before[after[slice]] = before[slice];
        if (before[slice] >= 0) {
          after[before[slice]] = after[slice];
        }
      }
      if (last >= 0) {
        after[last] = slice;
      }
      before[slice] = last;
      after[slice] = -1;
      last = slice;
    }
  }

  /**
   * The sum of one slice.
   *
   * @param number which slice; {@link #OLDER} has no sum
   * @param added when something was last added to it here, in nanoseconds of a clock that only runs
   *     forward
   */
  public record Slice(long number, long sum, long added) {}

  /**
   * Makes the sums of nothing.
   *
   * @param size how many slices to keep; a power of two
   */
  Digests(int size) {
    this.size = size;
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard(size);
    }
  }

  /** Returns the minimum time that the slices cover, in milliseconds. */
  public long reachMillis() {
    return ((long) size - (size >> 3)) << SLICE_SHIFT;
  }

  /** Returns the bucket of a key, which is the same on every node. */
  public static int bucket(Key key) {
    return bucket(ItemHash.of(key));
  }

  private static int bucket(long keyHash) {
    return (int) keyHash & (BUCKETS - 1);
  }

  /** Returns the number of a stamp's slice. */
  public static long slice(long stamp) {
    return Stamp.millis(stamp) >>> SLICE_SHIFT;
  }

  void add(Key key, long stamp, boolean removal, long now) {
    long keyHash = ItemHash.of(key);
    long hash = ItemHash.of(keyHash, stamp, removal);
    long number = slice(stamp);
    int i = (int) number & (size - 1);
    Shard shard = shards[bucket(keyHash) & (SHARDS - 1)];
    synchronized (shard) {
      shard.buckets[bucket(keyHash) / SHARDS] ^= hash;
      if (shard.numbers[i] < number) {
        // A clock that is ahead may end a slice that was added to only just before.
        shard.olderAdded = Math.max(shard.olderAdded, shard.added[i]);
        shard.numbers[i] = number;
        shard.slices[i] = 0;
      } else if (shard.numbers[i] > number) {
        shard.olderAdded = now;
        return;
      }
      shard.slices[i] ^= hash;
      shard.added(i, now);
    }
  }

  void remove(Key key, long stamp, boolean removal) {
    long keyHash = ItemHash.of(key);
    long hash = ItemHash.of(keyHash, stamp, removal);
    long number = slice(stamp);
    int i = (int) number & (size - 1);
    Shard shard = shards[bucket(keyHash) & (SHARDS - 1)];
    synchronized (shard) {
      shard.buckets[bucket(keyHash) / SHARDS] ^= hash;
      if (shard.numbers[i] == number) {
        shard.slices[i] ^= hash;
      }
    }
  }

  /** Returns the sums of all buckets. */
  public long[] buckets() {
    long[] all = new long[BUCKETS];
    for (int s = 0; s < SHARDS; s++) {
      synchronized (shards[s]) {
        for (int i = 0; i < BUCKETS / SHARDS; i++) {
          all[i * SHARDS + s] = shards[s].buckets[i];
        }
      }
    }
    return all;
  }

  /**
   * Returns the slices that were last added to at or after {@code since}, in nanoseconds of a clock
   * that only runs forward; including {@link #OLDER}.
   */
  public List<Slice> addedSince(long since) {
    Map<Long, Long> recent = new TreeMap<>();
    long older = 0;
    for (Shard shard : shards) {
      synchronized (shard) {
        older = Math.max(older, shard.olderAdded);
        for (int i = shard.last; i >= 0 && shard.added[i] >= since; i = shard.before[i]) {
          recent.merge(shard.numbers[i], shard.added[i], Math::max);
        }
      }
    }
    List<Slice> slices = new ArrayList<>();
    recent.forEach((number, added) -> slices.add(new Slice(number, sum(number), added)));
    if (older > 0 && older >= since) {
      slices.add(new Slice(OLDER, 0, older));
    }
    return slices;
  }

  /** Returns the sum of one slice, 0 when it is not kept. */
  public long sum(long number) {
    int i = (int) number & (size - 1);
    long sum = 0;
    for (Shard shard : shards) {
      synchronized (shard) {
        if (shard.numbers[i] == number) {
          sum ^= shard.slices[i];
        }
      }
    }
    return sum;
  }
}
