package io.ehcached.replication.wire;

import io.ehcached.item.Key;
import io.ehcached.store.StoredItem;

/**
 * What one node tells another of one key.
 *
 * @param stamp the stamp of the write
 * @param item what was written; null when it was a removal
 * @param first the stamp that the write had first, which is another if it was written once more
 */
public record Entry(Key key, long stamp, StoredItem item, long first) {
  /** Returns the entry for an item. */
  public static Entry of(StoredItem item) {
    return new Entry(item.key(), item.stamp(), item, item.stamp());
  }

  /** Returns the entry for a removal. */
  public static Entry removal(Key key, long stamp) {
    return new Entry(key, stamp, null, stamp);
  }

  /** Returns this with the stamp that the write had first. */
  public Entry withFirst(long newFirst) {
    return newFirst == first ? this : new Entry(key, stamp, item, newFirst);
  }

  /** Returns this as peers know it that do not know of first stamps. */
  public Entry withoutFirst() {
    return withFirst(stamp);
  }
}
