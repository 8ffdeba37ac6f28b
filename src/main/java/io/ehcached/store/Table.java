package io.ehcached.store;

import io.ehcached.item.Key;
import java.util.Iterator;

/**
 * The places of a region's items. Reading takes no lock; whoever changes what lies under a key
 * holds the key's {@link #lock}.
 */
interface Table {
  /** Returns the lock that guards a key, and a share of the others. */
  Object lock(Key key);

  /** Returns what lies under a key, dead or alive, or null. */
  StoredItem at(Key key);

  /**
   * Puts an item in its place.
   *
   * @param before what is there, or null
   * @return false when the region cannot hold it; what is there then is not to be relied on
   */
  boolean put(StoredItem item, StoredItem before);

  /** Removes and returns what lies under a key; null when that is nothing. */
  StoredItem remove(Key key);

  /**
   * Evicts what is too much for the region's bounds. To be called after every {@link #put}, without
   * a lock, since others' locks are needed.
   *
   * @param latest the item that was put, and is not to go for itself
   */
  void makeRoom(StoredItem latest);

  /** Tells whether an item can take the place of {@code before}, if any, with no other going. */
  boolean fits(StoredItem item, StoredItem before);

  /** Returns how many items there are. */
  long size();

  /** Returns how much memory the items take. */
  long bytes();

  /**
   * Returns an iterator over the items. It locks and copies only a small share of them at a time,
   * and shows what changes meanwhile or does not.
   */
  Iterator<StoredItem> items();
}
