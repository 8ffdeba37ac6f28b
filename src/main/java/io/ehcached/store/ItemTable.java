package io.ehcached.store;

import io.ehcached.item.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The hash table of a region in memory, with its bounds and its eviction. Sizes are exact and known
 * at once; to evict takes a few looks at neighbours, however many items there are.
 */
final class ItemTable implements Table {
  private static final int MAX_SEGMENTS = 1024; // a power of two
  private static final int ITEMS_PER_SEGMENT = 16;
  private static final int ROUNDS = 8;

  /** How long an item that was not read yet is spared from eviction, if others can be evicted. */
  private static final long RECENT_MILLIS = 100;

  private static final int MAX_RECENT = 4; // to look at before one of them has to go

  private final Segment[] segments;
  private final int shift;
  private final AtomicLong size = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger hand = new AtomicInteger();
  private volatile long maxItems;
  private volatile long maxBytes;
  private volatile RemovalListener departures;

  /**
   * Makes an empty table.
   *
   * @param maxItems the most items to keep; 0: as many as there are
   * @param maxBytes the most bytes these may take; 0: as many as they take
   */
  ItemTable(long maxItems, long maxBytes) {
    bound(maxItems, maxBytes);
    int bits = 32 - Integer.numberOfLeadingZeros(segmentsFor(maxItems, maxBytes) - 1);
    segments = new Segment[1 << bits];
    shift = 32 - bits;
    for (int i = 0; i < segments.length; i++) {
      segments[i] = new Segment();
    }
  }

  private static int segmentsFor(long maxItems, long maxBytes) {
    long items =
        maxItems > 0 ? maxItems : maxBytes > 0 ? maxBytes / ItemSizes.LEAST : Long.MAX_VALUE;
    return (int) Math.max(2, Math.min(MAX_SEGMENTS, items / ITEMS_PER_SEGMENT));
  }

  /** Sets new bounds, which take effect at the next put. */
  void bound(long items, long sizes) {
    maxItems = items;
    maxBytes = sizes;
  }

  /** Sets the listener for items that leave by themselves. */
  void tell(RemovalListener told) {
    departures = told;
  }

  RemovalListener departures() {
    return departures;
  }

  private Segment segment(int hash) {
    return segments[hash >>> shift];
  }

  @Override
  public Object lock(Key key) {
    return segment(key.hashCode());
  }

  @Override
  public StoredItem at(Key key) {
    int hash = key.hashCode();
    return segment(hash).find(hash, key.bytes());
  }

  /** Returns the first item of the chain that a hash's own is in, or null. */
  StoredItem first(int hash) {
    return segment(hash).first(hash);
  }

  @Override
  public boolean put(StoredItem item, StoredItem before) {
    long more = ItemSizes.of(item);
    if (maxBytes > 0 && more > maxBytes) {
      return false;
    }
    segment(item.hash()).put(item, before);
    if (before == null) {
      size.getAndIncrement();
    } else {
      more -= ItemSizes.of(before);
    }
    if (more != 0) {
      bytes.getAndAdd(more);
    }
    return true;
  }

  @Override
  public StoredItem remove(Key key) {
    StoredItem item = at(key);
    if (item != null) {
      remove(segment(item.hash()), item);
    }
    return item;
  }

  private void remove(Segment segment, StoredItem item) {
    segment.remove(item);
    size.getAndDecrement();
    bytes.getAndAdd(-ItemSizes.of(item));
  }

  @Override
  public void makeRoom(StoredItem latest) {
    evictTo(maxItems, maxBytes, latest);
  }

  /**
   * Evicts items until the others fit into these bounds; takes time in proportion to their number.
   */
  void evictTo(long items, long sizes) {
    evictTo(items, sizes, null);
  }

  /**
   * Evicts until the bounds hold. What was written a moment ago goes last: where only such items
   * are met, the one of them that came first.
   */
  private void evictTo(long items, long sizes, StoredItem latest) {
    StoredItem recent = null;
    int recents = 0;
    int fruitless = 0;
    while (isOver(items, sizes) && fruitless < segments.length * ROUNDS) {
      StoredItem victim = victim(latest);
      if (victim == null) {
        fruitless++;
      } else if (!isRecent(victim, latest)) {
        fruitless = evict(victim) ? 0 : fruitless + 1;
      } else {
        recent = recent == null || victim.arrived() < recent.arrived() ? victim : recent;
        if (++recents == MAX_RECENT) {
          fruitless = evict(recent) ? 0 : fruitless + 1;
          recent = null;
          recents = 0;
        }
      }
    }
  }

  private StoredItem victim(StoredItem latest) {
    Segment segment = segments[hand.getAndIncrement() & (segments.length - 1)];
    synchronized (segment) {
      return segment.victim(latest, departures);
    }
  }

  private boolean isRecent(StoredItem item, StoredItem latest) {
    return latest != null
        && latest.arrived() - item.arrived() < RECENT_MILLIS
        && !departures.isDead(item);
  }

  /** Evicts an item, unless it has gone meanwhile. */
  private boolean evict(StoredItem item) {
    Segment segment = segment(item.hash());
    synchronized (segment) {
      if (segment.find(item.hash(), item.keyBytes()) != item) {
        return false;
      }
      remove(segment, item);
      departures.evicted(item);
      return true;
    }
  }

  private boolean isOver(long items, long sizes) {
    return (items > 0 && size.get() > items) || (sizes > 0 && bytes.get() > sizes);
  }

  @Override
  public boolean fits(StoredItem item, StoredItem before) {
    long more = ItemSizes.of(item) - (before == null ? 0 : ItemSizes.of(before));
    return (maxBytes == 0 || more <= 0 || bytes.get() + more <= maxBytes)
        && (maxItems == 0 || before != null || size.get() < maxItems);
  }

  @Override
  public long size() {
    return size.get();
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  @Override
  public Iterator<StoredItem> items() {
    return new Iterator<>() {
      private final List<StoredItem> copied = new ArrayList<>();
      private Iterator<StoredItem> current = Collections.emptyIterator();
      private int segment;

      @Override
      public boolean hasNext() {
        while (!current.hasNext() && segment < segments.length) {
          copied.clear();
          segments[segment++].copyTo(copied);
          current = copied.iterator();
        }
        return current.hasNext();
      }

      @Override
      public StoredItem next() {
        return current.next();
      }
    };
  }
}
