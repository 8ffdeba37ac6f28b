package io.ehcached.store;

import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.config.CacheConfiguration;

/**
 * What a region's bound leaves for one more item, for a node that is to refuse rather than evict
 * ({@code -M}). Whoever asks holds this object's monitor until the item is in, lest two take the
 * same room.
 */
final class Room {
  private final Ehcache region;

  Room(Ehcache region) {
    this.region = region;
  }

  /** Tells whether an item can take the place of what is under its key with no other going. */
  boolean fits(StoredItem item, Element before) {
    CacheConfiguration bounds = region.getCacheConfiguration();
    long bytes = bounds.getMaxBytesLocalHeap();
    if (bytes > 0) {
      long old = before instanceof StoredItem stored ? ItemSizes.of(stored) : 0;
      long more = ItemSizes.of(item) - old;
      return more <= 0 || region.getStatistics().getLocalHeapSizeInBytes() + more <= bytes;
    }
    long entries = bounds.getMaxEntriesLocalHeap();
    return entries == 0 || before != null || region.getStatistics().getLocalHeapSize() < entries;
  }
}
