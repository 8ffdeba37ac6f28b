package io.ehcached.store;

import io.ehcached.item.Key;
import java.util.Iterator;

/** The collector of dead items: it gives back their memory. */
final class Reclaimer {
  private final Table table;
  private final TrackedTable tracked;
  private final RegionWatch watch;
  private final StoreCounter counter;
  private volatile long oldestUse = Long.MAX_VALUE;

  Reclaimer(Table table, TrackedTable tracked, RegionWatch watch, StoreCounter counter) {
    this.table = table;
    this.tracked = tracked;
    this.watch = watch;
    this.counter = counter;
  }

  /** Removes every dead item, and takes time in proportion to the items. */
  void reclaimAll() {
    long oldest = Long.MAX_VALUE;
    for (Iterator<StoredItem> items = table.items(); items.hasNext(); ) {
      StoredItem item = items.next();
      if (!reclaim(item)) {
        oldest = Math.min(oldest, item.lastUse());
      }
    }
    oldestUse = oldest;
  }

  /**
   * Removes an item if it is dead.
   *
   * @return whether it is
   */
  boolean reclaim(StoredItem item) {
    if (watch.isLive(item)) {
      return false;
    }
    Key key = item.key();
    synchronized (table.lock(key)) {
      StoredItem now = table.at(key);
      if (now != null && !watch.isLive(now)) {
        tracked.bury(key);
        counter.reclaimed(now);
      }
    }
    return true;
  }

  /** See {@link Store#oldestUse}. */
  long oldestUse() {
    return oldestUse;
  }
}
