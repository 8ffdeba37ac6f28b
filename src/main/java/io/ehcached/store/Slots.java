package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.store.ChangeListener.Kind;

/**
 * The region's places and the bookkeeping that goes with every write. Whoever writes holds the
 * key's lock.
 */
final class Slots {
  private final Table table;
  private final RegionWatch watch;
  private final EhcacheListeners observers; // null where the file names none
  private volatile Ledger ledger; // null while there is nobody to tell

  Slots(Table table, RegionWatch watch, EhcacheListeners observers) {
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

  /** Returns the lock that guards a key. */
  Object lock(Key key) {
    return table.lock(key);
  }

  /** Returns what lies under a key, dead or alive, or null; needs no lock. */
  StoredItem at(Key key) {
    return table.at(key);
  }

  /**
   * Puts an item in its place.
   *
   * @param before what is there
   * @param now in milliseconds since the epoch
   * @return false when the region made no room; nothing is there then
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

  /** Sees to the region's bounds after a put, when no lock is held. */
  void makeRoom(StoredItem latest) {
    table.makeRoom(latest);
  }

  /** Removes what is there and remembers that. */
  void remove(Key key, long stamp) {
    Ledger kept = ledger;
    if (kept != null) {
      kept.removed(key, stamp); // first, so that a reader finds one or the other
    }
    drop(key);
  }

  /** Removes what is there, which something newer stands against. */
  private void drop(Key key) {
    StoredItem item = take(key);
    Ledger kept = ledger;
    if (item != null && kept != null) {
      kept.replaced(item);
    }
  }

  /** Removes what is there on this node alone, so that it does not account for it any more. */
  void lose(Key key) {
    StoredItem item = take(key);
    Ledger kept = ledger;
    if (item != null && kept != null) {
      kept.lost(item);
    }
  }

  /** Removes an item that is dead, and remembers that as far as a peer may need to know. */
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

  /** Begins a write of this node's own, which has no stamp yet; null where nobody is told of it. */
  OpenWrites.Slot open() {
    Ledger kept = ledger;
    return kept == null ? null : kept.history().open().open();
  }

  /** Ends a write: whoever is to be told of it was. */
  void close(OpenWrites.Slot open) {
    if (open != null) {
      open.close();
    }
  }

  /** Tells the ledger's listener of a change of this node's own. */
  void tell(Key key, long stamp, Kind kind) {
    Ledger kept = ledger;
    if (kept != null) {
      kept.tell(key, stamp, kind);
    }
  }
}
