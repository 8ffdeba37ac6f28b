package io.ehcached.store;

import io.ehcached.item.Key;

/** A listener for the changes that this node's own clients make. */
@FunctionalInterface
public interface ChangeListener {
  /** The kinds of changes. */
  enum Kind {
    /** A new item was stored. */
    PUT,
    /** An item replaced another. */
    UPDATE,
    /** An item was removed, or was absent. */
    REMOVAL
  }

  /**
   * Called for each change. It runs under the key's lock, so it must be short and must not call the
   * store.
   */
  void changed(Key key, long stamp, Kind kind);
}
