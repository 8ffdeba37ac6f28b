package io.ehcached.store;

/** Is told of what leaves a region by other ways than through {@link Slots}. */
interface Departures {
  /** Tells whether an item is dead, so that it goes before others do. */
  boolean isDead(StoredItem item);

  /** Takes note that an item was evicted to make room, or lay dead where room was sought. */
  void evicted(StoredItem item);

  /** Takes note that an item was removed through Ehcache's own interface. */
  void removed(StoredItem item);
}
