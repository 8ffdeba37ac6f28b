package io.ehcached.store;

/** A listener for items that leave a region other than through {@link TrackedTable}. */
interface RemovalListener {
  /** Tells whether an item is dead, so that it goes before others do. */
  boolean isDead(StoredItem item);

  /** Takes note that an item was evicted to make room, or lay dead where room was sought. */
  void evicted(StoredItem item);

  /** Takes note that an item was removed through Ehcache's own interface. */
  void removed(StoredItem item);
}
