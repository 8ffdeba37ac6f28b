package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
import io.ehcached.store.ChangeListener.Kind;
import java.util.function.LongSupplier;

/**
 * The writes of this node's own clients. Each is made under its key's lock, has a stamp greater
 * than that of the write before, and is passed on to the peers.
 */
final class ClientWrites {
  private final Table table;
  private final TrackedTable tracked;
  private final RegionWatch watch;
  private final StoreCounter counter;
  private final StampClock clock;
  private final LongSupplier millis;
  private volatile Object room; // null where the region makes room by itself

  ClientWrites(
      Table table,
      TrackedTable tracked,
      RegionWatch watch,
      StoreCounter counter,
      StampClock clock,
      LongSupplier millis) {
    this.table = table;
    this.tracked = tracked;
    this.watch = watch;
    this.counter = counter;
    this.clock = clock;
    this.millis = millis;
  }

  /** See {@link Store#refuseWhenFull}. */
  void refuseWhenFull() {
    room = new Object();
  }

  /** Tells whether writes are refused where the region is full. */
  boolean refusesWhenFull() {
    return room != null;
  }

  /** See {@link Store#change}. */
  <C> StoredItem change(Key key, C context, Change<C> change) {
    StoredItem item;
    synchronized (table.lock(key)) {
      StoredItem before = table.at(key);
      long now = millis.getAsLong();
      StoredItem old = before != null && watch.isLive(before, now) ? before : null;
      item = change.apply(old, context);
      if (item == old) {
        return old;
      }
      OpenWrites.Slot open = tracked.open();
      try {
        long stamp = clock.next(before == null ? 0 : before.stamp(), now);
        if (item == null) {
          remove(key, stamp);
          return null;
        }
        item.stamp(stamp);
        if (old == null && before != null) {
          counter.reclaimed(before);
        }
        if (!put(item, before, now)) {
          remove(key, stamp); // or else peers would keep the value before
          throw new RegionFullException();
        }
        tracked.tell(key, stamp, old == null ? Kind.PUT : Kind.UPDATE);
      } finally {
        tracked.close(open);
      }
    }
    table.makeRoom(item);
    return item;
  }

  private boolean put(StoredItem item, StoredItem before, long now) {
    Object bounded = room;
    if (bounded == null || item.keyLength() == 0) { // a flush makes room, and is not refused
      return tracked.put(item, before, now);
    }
    synchronized (bounded) { // lest two take the same room
      if (!table.fits(item, before)) {
        throw new RegionFullException();
      }
      return tracked.put(item, before, now);
    }
  }

  /** See {@link Store#removeAbsent}. */
  void removeAbsent(Key key) {
    if (tracked.ledger() == null) {
      return;
    }
    synchronized (table.lock(key)) {
      StoredItem item = table.at(key);
      if (item != null && watch.isLive(item)) {
        return;
      }
      OpenWrites.Slot open = tracked.open();
      try {
        remove(key, clock.next(0));
      } finally {
        tracked.close(open);
      }
    }
  }

  private void remove(Key key, long stamp) {
    tracked.remove(key, stamp);
    tracked.tell(key, stamp, Kind.REMOVAL);
  }

  /** See {@link Store#flush}. */
  void flush() {
    long now = millis.getAsLong(); // before change() looks, lest the mark be older than what it did
    change(
        FlushMark.KEY,
        clock.next(0, now),
        (old, stamp) -> watch.mark().settled(now).flushed(stamp).toItem());
  }

  /** See {@link Store#flushAt}. */
  void flushAt(long atMillis) {
    long now = millis.getAsLong();
    change(
        FlushMark.KEY,
        clock.next(0, now),
        (old, stamp) -> watch.mark().settled(now).flushedAt(atMillis, stamp).toItem());
  }

  /** Writes the flush mark once more where a flush has become due, or the mark was evicted. */
  void settleFlush() {
    FlushMark mark = watch.mark();
    if (!mark.equals(FlushMark.NONE)
        && (mark.isDue(millis.getAsLong()) || table.at(FlushMark.KEY) == null)) {
      change(FlushMark.KEY, millis.getAsLong(), (old, now) -> watch.mark().settled(now).toItem());
    }
  }
}
