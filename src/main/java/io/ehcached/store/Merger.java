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
      Merged merged = mark(item);
      if (merged == Merged.TAKEN) {
        removeRenewed();
      }
      return merged;
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
      long known = known(key, before);
      int order =
          before == null ? Long.compare(item.stamp(), known) : ItemOrder.compare(item, before);
      if (order == 0) {
        return before == null ? Merged.OLDER : Merged.KNOWN;
      }
      if (order < 0) {
        if (!isNewer(key, first, known)) {
          return Merged.OLDER;
        }
        writeAnew(key, item, before, known, first);
        return Merged.TAKEN;
      }
      Ledger kept = slots.ledger();
      if (kept != null) {
        if (isOlder(key, first, known)) {
          renew(key, known);
          return Merged.OLDER;
        }
        if (before == null && kept.history().covers(item.stamp())) {
          return Merged.GONE;
        }
        if (first != item.stamp()) {
          if (known == Stamp.NONE && kept.history().mayHaveRemoved(first)) {
            writeAnew(key, null, null, item.stamp(), first + 1); // so that it goes everywhere
            return Merged.OLDER;
          }
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
      writeAnew(FlushMark.KEY, both, before, Math.max(known, item.stamp()), Stamp.NONE);
      return Merged.TAKEN;
    }
  }

  /** Removes the items that a mark would have killed, had they not been written once more. */
  private void removeRenewed() {
    Ledger kept = slots.ledger();
    if (kept != null) {
      long flushed = watch.mark().done();
      kept.renewals().older(flushed).forEach((key, stamp) -> removeOlder(key, stamp, flushed));
    }
  }

  /** Does what {@link Store#first} says. */
  long first(Key key, long otherwise) {
    synchronized (slots.lock(key)) { // or else it might be renewed between the two looks
      StoredItem item = slots.at(key);
      long known = known(key, item);
      return known == Stamp.NONE ? otherwise : slots.ledger().first(key, known);
    }
  }

  /** Does what {@link Store#removeOlder} says. */
  void removeOlder(Key key, long stamp, long first) {
    synchronized (slots.lock(key)) {
      StoredItem item = slots.at(key);
      if (item != null && item.stamp() == stamp) {
        writeAnew(key, null, item, stamp, first);
      }
    }
  }

  /** Tells whether what has come was written before what is known of its key. */
  private boolean isOlder(Key key, long first, long known) {
    return first < slots.ledger().first(key, known);
  }

  /** Tells whether what has come was written after what is known of its key. */
  private boolean isNewer(Key key, long first, long known) {
    Ledger kept = slots.ledger();
    return kept != null && first > kept.first(key, known);
  }

  /** Does what {@link Store#renew} says. */
  void renew(Key key, long stamp) {
    synchronized (slots.lock(key)) {
      StoredItem item = slots.at(key);
      long known = known(key, item);
      if (known == stamp) {
        boolean live = item != null && watch.isLive(item, millis.getAsLong());
        StoredItem renewed = live ? item.marked(item.marks(), item.cas()) : null;
        writeAnew(key, renewed, item, known, slots.ledger().first(key, known));
      }
    }
  }

  /**
   * Makes a write one of this node's own, which peers are told of.
   *
   * @param item null for a removal
   * @param known the greatest stamp so far
   * @param first the stamp that the write had first; {@link Stamp#NONE} if it is new
   */
  private void writeAnew(Key key, StoredItem item, StoredItem before, long known, long first) {
    OpenWrites.Slot open = slots.open();
    try {
      long now = millis.getAsLong();
      long stamp = clock.next(known, now);
      long age = first == Stamp.NONE ? stamp : first;
      if (age != stamp) {
        slots.ledger().renewals().put(key, stamp, age); // before anybody is told
      }
      if (item == null) {
        slots.remove(key, stamp);
        slots.tell(key, age, Kind.REMOVAL);
      } else {
        item.stamp(stamp);
        slots.put(item, before, now);
        slots.tell(key, age, Kind.UPDATE);
      }
    } finally {
      slots.close(open);
    }
  }

  /**
   * Takes a removal in.
   *
   * @param first as for an item
   */
  Merged removal(Key key, long stamp, long first) {
    clock.observe(stamp);
    synchronized (slots.lock(key)) {
      StoredItem before = slots.at(key);
      long removed = removed(key);
      if (removed == stamp) {
        return Merged.KNOWN;
      }
      long known = before == null ? removed : before.stamp();
      if (known > stamp) {
        if (!isNewer(key, first, known)) {
          return Merged.OLDER;
        }
        writeAnew(key, null, before, known, first);
        return Merged.TAKEN;
      }
      Ledger kept = slots.ledger();
      if (kept != null) {
        if (isOlder(key, first, known)) {
          renew(key, known);
          return Merged.OLDER;
        }
        if (first != stamp) {
          kept.renewals().put(key, stamp, first);
        }
      }
      slots.remove(key, stamp);
      return Merged.TAKEN;
    }
  }

  /** Returns the stamp of the item that is there, or of the removal that is remembered. */
  private long known(Key key, StoredItem item) {
    return item == null ? removed(key) : item.stamp();
  }

  private long removed(Key key) {
    Ledger kept = slots.ledger();
    return kept == null ? Stamp.NONE : kept.death(key);
  }
}
