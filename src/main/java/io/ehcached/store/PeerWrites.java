package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.item.StampClock;
import io.ehcached.store.ChangeListener.Kind;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The writes that peers have sent. Of two writes to a key the newer one wins, on every node; what
 * is written once more so that this holds is a write of this node's own.
 */
public final class PeerWrites {
  private final Table table;
  private final TrackedTable tracked;
  private final RegionWatch watch;
  private final StampClock clock;
  private final LongSupplier millis;

  PeerWrites(
      Table table, TrackedTable tracked, RegionWatch watch, StampClock clock, LongSupplier millis) {
    this.table = table;
    this.tracked = tracked;
    this.watch = watch;
    this.clock = clock;
    this.millis = millis;
  }

  /** Merges a peer's item: it is stored unless the key has something newer. */
  public Merged merge(StoredItem item) {
    return merge(item, item.stamp());
  }

  /**
   * Merges a peer's item that was written once more.
   *
   * @param first the stamp that it had first: what was written later than that is newer
   */
  public Merged merge(StoredItem item, long first) {
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
      return mergeRemoval(item.key(), item.stamp(), first); // what it replaced is dead all the same
    }
    Merged merged = unlessOlder(item, first);
    if (merged == Merged.TAKEN) {
      table.makeRoom(item);
    }
    return merged;
  }

  private Merged unlessOlder(StoredItem item, long first) {
    Key key = item.key();
    synchronized (table.lock(key)) {
      StoredItem before = table.at(key);
      long known = known(key, before);
      int order = before == null ? Long.compare(item.stamp(), known) : compare(item, before);
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
      Ledger kept = tracked.ledger();
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
      if (!tracked.put(item, before, now)) {
        return Merged.NO_ROOM;
      }
      if (kept != null) {
        kept.history().arrived(item.stamp()); // last: who counted before may not find the item
      }
      return Merged.TAKEN;
    }
  }

  /**
   * Compares two writes of one key: above 0 when {@code one} wins, below 0 when {@code other} does.
   * Only two nodes that drew the same number make equal stamps; then values and flags decide.
   */
  private static int compare(StoredItem one, StoredItem other) {
    int order = Long.compareUnsigned(one.stamp(), other.stamp());
    if (order == 0) {
      order = Arrays.compareUnsigned(one.value(), other.value());
    }
    return order == 0 ? Integer.compareUnsigned(one.flags(), other.flags()) : order;
  }

  /**
   * Merges two marks: nobody's flush is lost, and none that has happened here is undone. What comes
   * out and is neither of the two is a write of this node's own, so that the others get it as well.
   */
  private Merged mark(StoredItem item) {
    synchronized (table.lock(FlushMark.KEY)) {
      StoredItem before = table.at(FlushMark.KEY);
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
        tracked.put(both, before, now);
        return Merged.TAKEN;
      }
      writeAnew(FlushMark.KEY, both, before, Math.max(known, item.stamp()), Stamp.NONE);
      return Merged.TAKEN;
    }
  }

  /** Removes the items that a mark would have killed, had they not been written once more. */
  private void removeRenewed() {
    Ledger kept = tracked.ledger();
    if (kept != null) {
      long flushed = watch.mark().done();
      kept.renewals().older(flushed).forEach((key, stamp) -> removeOlder(key, stamp, flushed));
    }
  }

  /**
   * Returns the stamp that a key's item or removal had first.
   *
   * @param otherwise what to return if nothing is known of the key
   */
  public long first(Key key, long otherwise) {
    synchronized (table.lock(key)) { // or else it might be renewed between the two looks
      StoredItem item = table.at(key);
      long known = known(key, item);
      return known == Stamp.NONE ? otherwise : tracked.ledger().first(key, known);
    }
  }

  /**
   * Removes an item that is older than a write of this node's own of which nothing is left.
   *
   * @param stamp of the item; nothing happens if the key no longer has it
   * @param first the stamp that the write of this node's own had first
   */
  public void removeOlder(Key key, long stamp, long first) {
    synchronized (table.lock(key)) {
      StoredItem item = table.at(key);
      if (item != null && item.stamp() == stamp) {
        writeAnew(key, null, item, stamp, first);
      }
    }
  }

  /** Drops an item on this node alone, provided that it still has this stamp. */
  public void forget(Key key, long stamp) {
    synchronized (table.lock(key)) {
      StoredItem item = table.at(key);
      if (item != null && item.stamp() == stamp) {
        tracked.lose(key);
      }
    }
  }

  /** Tells whether what has come was written before what is known of its key. */
  private boolean isOlder(Key key, long first, long known) {
    return first < tracked.ledger().first(key, known);
  }

  /** Tells whether what has come was written after what is known of its key. */
  private boolean isNewer(Key key, long first, long known) {
    Ledger kept = tracked.ledger();
    return kept != null && first > kept.first(key, known);
  }

  /**
   * Gives a key's item or removal a stamp that is greater than all before. It stays as old as it
   * is: what was written later wins over it, whatever stamp that has.
   *
   * @param stamp of what is to be renewed; nothing happens if the key no longer has it
   */
  public void renew(Key key, long stamp) {
    synchronized (table.lock(key)) {
      StoredItem item = table.at(key);
      long known = known(key, item);
      if (known == stamp) {
        boolean live = item != null && watch.isLive(item, millis.getAsLong());
        StoredItem renewed = live ? item.marked(item.marks(), item.cas()) : null;
        writeAnew(key, renewed, item, known, tracked.ledger().first(key, known));
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
    OpenWrites.Slot open = tracked.open();
    try {
      long now = millis.getAsLong();
      long stamp = clock.next(known, now);
      long age = first == Stamp.NONE ? stamp : first;
      if (age != stamp) {
        tracked.ledger().renewals().put(key, stamp, age); // before anybody is told
      }
      if (item == null) {
        tracked.remove(key, stamp);
        tracked.tell(key, age, Kind.REMOVAL);
      } else {
        item.stamp(stamp);
        tracked.put(item, before, now);
        tracked.tell(key, age, Kind.UPDATE);
      }
    } finally {
      tracked.close(open);
    }
  }

  /** Merges a peer's removal: the item is removed unless the key has something newer. */
  public Merged mergeRemoval(Key key, long stamp) {
    return mergeRemoval(key, stamp, stamp);
  }

  /**
   * Merges a peer's removal that was written once more.
   *
   * @param first the stamp that it had first: what was written later than that is newer
   */
  public Merged mergeRemoval(Key key, long stamp, long first) {
    clock.observe(stamp);
    synchronized (table.lock(key)) {
      StoredItem before = table.at(key);
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
      Ledger kept = tracked.ledger();
      if (kept != null) {
        if (isOlder(key, first, known)) {
          renew(key, known);
          return Merged.OLDER;
        }
        if (first != stamp) {
          kept.renewals().put(key, stamp, first);
        }
      }
      tracked.remove(key, stamp);
      return Merged.TAKEN;
    }
  }

  /** Returns the stamp of the item that is there, or of the removal that is remembered. */
  private long known(Key key, StoredItem item) {
    return item == null ? removed(key) : item.stamp();
  }

  private long removed(Key key) {
    Ledger kept = tracked.ledger();
    return kept == null ? Stamp.NONE : kept.death(key);
  }
}
