package io.ehcached.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;

/**
 * A share of a table: chains of items by hash. Its monitor guards every change. Reads take no lock:
 * an item that was replaced or removed still leads on to those behind it, so that a reader who
 * stands on it misses nothing. Only while the chains are split, as the segment grows, can a reader
 * be led into the other half; {@link #moves} tells him to look again.
 */
final class Segment {
  private static final int FIRST_SLOTS = 8; // a power of two
  private static final int MAX_SLOTS = 1 << 28;
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(StoredItem[].class);
  private static final VarHandle MOVES;

  static {
    try {
      MOVES = MethodHandles.lookup().findVarHandle(Segment.class, "moves", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile StoredItem[] slots = new StoredItem[FIRST_SLOTS];
  private volatile int moves; // odd while chains are being split
  private int items;
  private int hand; // the slot where a victim is sought next

  /** Returns the item with a key, or null. */
  StoredItem find(int hash, byte[] key) {
    int before = moves;
    StoredItem item = find(slots, hash, key);
    if (item == null) {
      VarHandle.acquireFence();
      if (before != (int) MOVES.getOpaque(this) || (before & 1) != 0) {
        synchronized (this) {
          return find(slots, hash, key);
        }
      }
    }
    return item;
  }

  /** Returns the first item of a hash's chain, or null. */
  StoredItem first(int hash) {
    StoredItem[] now = slots;
    return head(now, hash & (now.length - 1));
  }

  private static StoredItem find(StoredItem[] slots, int hash, byte[] key) {
    StoredItem item = head(slots, hash & (slots.length - 1));
    while (item != null) {
      if (item.hash() == hash && Arrays.equals(item.keyBytes(), key)) {
        return item;
      }
      item = item.next();
    }
    return null;
  }

  private static StoredItem head(StoredItem[] slots, int slot) {
    return (StoredItem) SLOT.getAcquire(slots, slot);
  }

  /** Stores an item, over {@code before} if that is not null. */
  void put(StoredItem item, StoredItem before) {
    StoredItem[] now = slots;
    int slot = item.hash() & (now.length - 1);
    if (before == null) {
      item.next(head(now, slot));
      SLOT.setRelease(now, slot, item);
      items++;
      if (items > now.length / 2 && now.length < MAX_SLOTS) {
        grow(now);
      }
    } else {
      item.next(before.next());
      link(now, slot, before, item);
    }
  }

  /** Removes an item of this segment. */
  void remove(StoredItem item) {
    StoredItem[] now = slots;
    link(now, item.hash() & (now.length - 1), item, item.next());
    items--;
  }

  /** Replaces the link to {@code from} by one to {@code to}. */
  private static void link(StoredItem[] slots, int slot, StoredItem from, StoredItem to) {
    StoredItem at = head(slots, slot);
    if (at == from) {
      SLOT.setRelease(slots, slot, to);
      return;
    }
    while (at.next() != from) {
      at = at.next();
    }
    at.next(to);
  }

  /** Splits every chain in two, in the order in which it is, so that no reader goes in circles. */
  private void grow(StoredItem[] old) {
    StoredItem[] larger = new StoredItem[old.length * 2];
    MOVES.setVolatile(this, moves + 1);
    for (int slot = 0; slot < old.length; slot++) {
      StoredItem low = null;
      StoredItem high = null;
      StoredItem following;
      for (StoredItem item = old[slot]; item != null; item = following) {
        following = item.next();
        if ((item.hash() & old.length) == 0) {
          append(larger, slot, low, item);
          low = item;
        } else {
          append(larger, slot + old.length, high, item);
          high = item;
        }
      }
      end(low);
      end(high);
    }
    slots = larger;
    MOVES.setRelease(this, moves + 1);
  }

  private static void append(StoredItem[] slots, int slot, StoredItem last, StoredItem item) {
    if (last == null) {
      slots[slot] = item;
    } else {
      last.next(item);
    }
  }

  private static void end(StoredItem last) {
    if (last != null) {
      last.next(null);
    }
  }

  /** Adds all items to a list. */
  synchronized void copyTo(List<StoredItem> list) {
    for (StoredItem head : slots) {
      for (StoredItem item = head; item != null; item = item.next()) {
        list.add(item);
      }
    }
  }

  /**
   * Returns the item to evict, chosen by CLOCK: the hand takes one use off each item that it
   * passes, and stops at the first without uses. Null when it met none within a round.
   *
   * @param latest is passed over
   */
  StoredItem victim(StoredItem latest, RemovalListener departures) {
    StoredItem[] now = slots;
    for (int i = 0; i < now.length && items > 0; i++) {
      hand = (hand + 1) & (now.length - 1);
      for (StoredItem item = now[hand]; item != null; item = item.next()) {
        boolean spared = item == latest || item.keyLength() == 0; // the flush mark stays
        if (!spared && (departures.isDead(item) || !item.outlive())) {
          return item;
        }
      }
    }
    return null;
  }
}
