package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.item.StampClock;
import io.ehcached.store.ChangeListener.Kind;
import java.util.function.LongSupplier;

/** Takes in what other nodes wrote: of two writes to a key the newer stands, on every node. */
final class Merger {
  private final Slots slots;
  private final RegionWatch watch;
  private final StampClock clock;
  private final LongSupplier millis;

  Merger(Slots slots, RegionWatch watch, StampClock clock, LongSupplier millis) {
    this.slots = slots;
    this.watch = watch;
    this.clock = clock;
    this.millis = millis;
  }

  /**
   * Takes an item in.
   *
   * @param first the stamp that it had first: see {@link Renewals}
   */
  Merged item(StoredItem item, long first) {
    clock.observe(item.stamp());
    if (item.keyLength() == 0) {
      return mark(item);
    }
    long now = millis.getAsLong();
    if (watch.mark().kills(first, now)) {
      return Merged.OLDER;
    }
    if (watch.isExpired(item, now)) {
      return removal(item.key(), item.stamp(), first); // what it replaced is dead all the same
    }
    Merged merged = unlessOlder(item, first);
    if (merged == Merged.TAKEN) {
      slots.makeRoom(item);
    }
    return merged;
  }

  private Merged unlessOlder(StoredItem item, long first) {
    Key key = item.key();
    synchronized (slots.lock(key)) {
      StoredItem before = slots.at(key);
      if (before != null) {
        int order = ItemOrder.compare(item, before);
        if (order <= 0) {
          return order == 0 ? Merged.KNOWN : Merged.OLDER;
        }
      }
      Ledger kept = slots.ledger();
      if (kept != null) {
        long dead = before == null ? kept.death(key) : Stamp.NONE;
        if (dead >= item.stamp()) {
          return Merged.OLDER;
        }
        if (isOvertaken(key, before == null ? dead : before.stamp(), first)) {
          return Merged.OVERTAKEN;
        }
        if (before == null && dead == Stamp.NONE && kept.history().covers(item.stamp())) {
          return Merged.GONE; // where an older removal is known, peers take the item for newer
        }
        if (first != item.stamp()) {
          kept.renewals().put(key, item.stamp(), first);
        }
      }
      long now = millis.getAsLong(); // not earlier: a comparison asks for what came since the last
      if (!slots.put(item, before, now)) {
        return Merged.NO_ROOM;
      }
      if (kept != null) {
        kept.history().arrived(item.stamp()); // last: who counted before may not find the item
      }
      return Merged.TAKEN;
    }
  }

  /**
   * Merges two marks: nobody's flush is lost, and none that has happened here is undone. What comes
   * out and is neither of the two is a write of this node's own, so that the others get it as well.
   */
  private Merged mark(StoredItem item) {
    synchronized (slots.lock(FlushMark.KEY)) {
      StoredItem before = slots.at(FlushMark.KEY);
      long known = before == null ? Stamp.NONE : before.stamp();
      long now = millis.getAsLong();
      FlushMark mark = watch.mark().settled(now);
      FlushMark theirs = FlushMark.of(item);
      FlushMark merged = mark.merge(theirs);
      if (merged.equals(mark) && known >= item.stamp()) {
        return known == item.stamp() ? Merged.KNOWN : Merged.OLDER;
      }
      StoredItem both = merged.toItem();
      if (merged.equals(theirs)) {
        both.stamp(Math.max(known, item.stamp()));
        slots.put(both, before, now);
        return Merged.TAKEN;
      }
      OpenWrites.Slot open = slots.open();
      try {
        long stamp = clock.next(Math.max(known, item.stamp()), now);
        both.stamp(stamp);
        slots.put(both, before, now);
        slots.tell(FlushMark.KEY, stamp, Kind.UPDATE);
      } finally {
        slots.close(open);
      }
      return Merged.TAKEN;
    }
  }

  /** Tells whether what has a lesser stamp here was written after what has come. */
  private boolean isOvertaken(Key key, long stamp, long first) {
    return slots.ledger().first(key, stamp) > first;
  }

  /**
   * Takes a removal in.
   *
   * @param first as for an item
   */
  Merged removal(Key key, long stamp, long first) {
    clock.observe(stamp);
    synchronized (slots.lock(key)) {
      long removed = removed(key);
      if (removed >= stamp) {
        return removed == stamp ? Merged.KNOWN : Merged.OLDER;
      }
      StoredItem before = slots.at(key);
      if (before != null && before.stamp() > stamp) {
        return Merged.OLDER;
      }
      Ledger kept = slots.ledger();
      if (kept != null) {
        if (isOvertaken(key, before == null ? removed : before.stamp(), first)) {
          return Merged.OVERTAKEN;
        }
        if (first != stamp) {
          kept.renewals().put(key, stamp, first);
        }
      }
      slots.remove(key, stamp);
      return Merged.TAKEN;
    }
  }

  private long removed(Key key) {
    Ledger kept = slots.ledger();
    return kept == null ? Stamp.NONE : kept.death(key);
  }
}
