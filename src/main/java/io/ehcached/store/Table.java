package io.ehcached.store;

import io.ehcached.item.Key;
import java.util.Iterator;

/**
 * A table of a region's items, by key. Reading takes no lock; the caller of a change holds the
 * key's {@link #lock}.
 */
interface Table {
  /** Returns the lock that guards a key; other keys share it. */
  Object lock(Key key);

  /** Returns a key's item, dead or alive, or null. */
  StoredItem at(Key key);

  /**
   * Stores an item.
   *
   * @param before what is there, or null
   * @return false when the region cannot hold it; what is there then is not to be relied on
   */
  boolean put(StoredItem item, StoredItem before);

  /** Removes and returns a key's item; null when there is none. */
  StoredItem remove(Key key);

  /**
   * Evicts items until the region's bounds hold. To be called after every {@link #put}, without a
   * lock, because it needs the locks of other keys.
   *
   * @param latest the item that was put, and is not to go for itself
   */
  void makeRoom(StoredItem latest);

  /**
   * Tells whether an item can be stored, over {@code before} if that is not null, without an
   * eviction.
   */
  boolean fits(StoredItem item, StoredItem before);

  /** Returns the number of items. */
  long size();

  /** Returns the memory that the items take, in bytes. */
  long bytes();

  /**
   * Returns an iterator over the items. It locks and copies only a small share of them at a time,
   * and shows what changes meanwhile or does not.
   */
  Iterator<StoredItem> items();
}
