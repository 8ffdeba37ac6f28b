package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.store.ChangeListener.Kind;

/**
 * A table whose writes are tracked: each is noted in the ledger and reported to Ehcache's
 * listeners. The caller holds the lock of the key that it writes.
 */
final class TrackedTable {
  private final Table table;
  private final RegionWatch watch;
  private final EhcacheListeners observers; // null where the file names none
  private volatile Ledger ledger; // null while there are no peers

  TrackedTable(Table table, RegionWatch watch, EhcacheListeners observers) {
    this.table = table;
    this.watch = watch;
    this.observers = observers;
  }

  /** Starts to note every write in a ledger. */
  void keep(Ledger kept) {
    ledger = kept;
  }

  /** Returns the ledger, or null when none is kept. */
  Ledger ledger() {
    return ledger;
  }

  /**
   * Stores an item.
   *
   * @param before the item that the key holds, dead or alive, or null
   * @param now in milliseconds since the epoch
   * @return false when the region made no room; the key holds nothing then
   */
  boolean put(StoredItem item, StoredItem before, long now) {
    item.arrive(now);
    if (before != null) {
      item.keyOf(before);
    }
    Ledger kept = ledger;
    if (kept != null) {
      kept.arriving(item); // first, since it can be evicted at once
    }
    if (!table.put(item, before)) {
      refused(item, before);
      return false;
    }
    if (item.keyLength() == 0) {
      watch.learn(item);
    }
    if (kept != null) {
      kept.arrived(item, before);
    }
    if (observers != null) {
      observers.put(item, before != null);
    }
    return true;
  }

  private void refused(StoredItem item, StoredItem before) {
    StoredItem left = table.remove(item.key()); // or else it would come back to life
    Ledger kept = ledger;
    if (kept != null) {
      kept.lost(item);
      if (before != null) {
        kept.lost(before);
      }
    }
    if (observers != null && left != null) {
      observers.removed(left);
    }
  }

  /** Removes the key's item, if any, and remembers the removal. */
  void remove(Key key, long stamp) {
    Ledger kept = ledger;
    if (kept != null) {
      kept.removed(key, stamp); // first, so that a reader finds one or the other
    }
    StoredItem item = take(key);
    if (item != null && kept != null) {
      kept.replaced(item);
    }
  }

  /** Removes the key's item on this node alone, which then no longer accounts for it. */
  void lose(Key key) {
    StoredItem item = take(key);
    Ledger kept = ledger;
    if (item != null && kept != null) {
      kept.lost(item);
    }
  }

  /** Removes the key's item, which is dead, and remembers what a peer may need to know of it. */
  void bury(Key key) {
    StoredItem item = take(key);
    Ledger kept = ledger;
    if (item != null && kept != null) {
      watch.buried(item, kept);
    }
  }

  private StoredItem take(Key key) {
    StoredItem item = table.remove(key);
    if (item != null && observers != null) {
      observers.removed(item);
    }
    return item;
  }

  /** Begins a write of this node's own, before it gets a stamp; null when there are no peers. */
  OpenWrites.Slot open() {
    Ledger kept = ledger;
    return kept == null ? null : kept.history().open().open();
  }

  /** Ends a write, after {@link #tell}. */
  void close(OpenWrites.Slot open) {
    if (open != null) {
      open.close();
    }
  }

  /** Reports a write of this node's own to the ledger's listener. */
  void tell(Key key, long stamp, Kind kind) {
    Ledger kept = ledger;
    if (kept != null) {
      kept.tell(key, stamp, kind);
    }
  }
}
