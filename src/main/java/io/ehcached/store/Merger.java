package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.item.StampClock;
import java.util.function.LongSupplier;
import net.sf.ehcache.Element;

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

  Merged item(StoredItem item) {
    clock.observe(item.stamp());
    if (item.key().equals(FlushMark.KEY)) {
      return mark(item);
    }
    long now = millis.getAsLong();
    if (watch.mark().kills(item.stamp(), now)) {
      return Merged.OLDER;
    }
    if (item.isExpiredAt(now)) {
      return removal(item.key(), item.stamp()); // what it replaced is dead all the same
    }
    synchronized (slots.lock(item.key())) {
      Element before = slots.at(item.key());
      if (before instanceof StoredItem old) {
        int order = ItemOrder.compare(item, old);
        if (order <= 0) {
          return order == 0 ? Merged.KNOWN : Merged.OLDER;
        }
      }
      if (removed(item.key()) >= item.stamp()) {
        return Merged.OLDER;
      }
      if (!slots.put(item, before)) {
        slots.drop(item.key()); // or else the value before would come back to life
        return Merged.NO_ROOM;
      }
      return Merged.TAKEN;
    }
  }

  /** Merges two marks: nobody's flush is lost. */
  private Merged mark(StoredItem item) {
    synchronized (slots.lock(FlushMark.KEY)) {
      Element before = slots.at(FlushMark.KEY);
      long known = before == null ? Stamp.NONE : before.getVersion();
      FlushMark mark = watch.mark();
      FlushMark merged = mark.merge(FlushMark.of(item));
      if (merged.equals(mark) && known >= item.stamp()) {
        return known == item.stamp() ? Merged.KNOWN : Merged.OLDER;
      }
      StoredItem both = merged.toItem();
      both.setVersion(Math.max(known, item.stamp()));
      slots.put(both, before);
      return Merged.TAKEN;
    }
  }

  Merged removal(Key key, long stamp) {
    clock.observe(stamp);
    synchronized (slots.lock(key)) {
      long removed = removed(key);
      if (removed >= stamp) {
        return removed == stamp ? Merged.KNOWN : Merged.OLDER;
      }
      Element before = slots.at(key);
      if (before != null && before.getVersion() > stamp) {
        return Merged.OLDER;
      }
      slots.remove(key, stamp);
      return Merged.TAKEN;
    }
  }

  private long removed(Key key) {
    Ledger kept = slots.ledger();
    return kept == null ? Stamp.NONE : kept.tombstones().stamp(key);
  }
}
