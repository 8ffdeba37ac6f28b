package io.ehcached.store;

/** A listener for items that leave a region other than through {@link TrackedTable}. */
interface RemovalListener {
  /** Tells whether an item is dead, so that it is evicted before live ones. */
  boolean isDead(StoredItem item);

  /** Called when an item was evicted, or was found dead during eviction. */
  void evicted(StoredItem item);

  /** Called when an item was removed through Ehcache's own interface. */
  void removed(StoredItem item);
}
