package io.ehcached.replication.wire;

import io.ehcached.item.Key;
import io.ehcached.store.StoredItem;

/**
 * What one node tells another of one key.
 *
 * @param stamp the stamp of the write
 * @param item what was written; null when it was a removal
 */
public record Entry(Key key, long stamp, StoredItem item) {
  /** Returns the entry for an item. */
  public static Entry of(StoredItem item) {
    return new Entry(item.key(), item.stamp(), item);
  }

  /** Returns the entry for a removal. */
  public static Entry removal(Key key, long stamp) {
    return new Entry(key, stamp, null);
  }
}
