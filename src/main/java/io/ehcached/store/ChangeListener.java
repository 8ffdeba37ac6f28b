package io.ehcached.store;

import io.ehcached.item.Key;

/** Is told of the changes that this node's own clients make. */
@FunctionalInterface
public interface ChangeListener {
  /** What a change did. */
  enum Kind {
    /** There is an item where there was none. */
    PUT,
    /** There is an item where there was another. */
    UPDATE,
    /** There is no item any more, or had been none. */
    REMOVAL
  }

  /**
   * Takes note of a change. Called under the key's lock, so it must be short and call nothing of
   * the store's.
   */
  void changed(Key key, long stamp, Kind kind);
}
