package io.ehcached.store;

import io.ehcached.item.Expiry;
import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import java.nio.ByteBuffer;

/**
 * The record of what {@code flush_all} kills: all items stamped up to {@code done} and, once the
 * wall clock reaches {@code dueMillis}, all items stamped before then. It is kept in the region
 * under a key that no client can name, so that it reaches other nodes as any item does.
 *
 * @param done the newest stamp that is dead; only ever grows
 * @param dueMillis when the flush asked for last with a delay happens, in milliseconds since the
 *     epoch; 0 when none is to come
 * @param asked the stamp of the {@code flush_all} that set {@code dueMillis}: the newest holds
 */
record FlushMark(long done, long dueMillis, long asked) {
  static final FlushMark NONE = new FlushMark(Stamp.NONE, 0, Stamp.NONE);

  /** The key of no bytes, which no protocol can carry. */
  static final Key KEY = Key.of("");

  private static final int LENGTH = 3 * Long.BYTES;

  /** Reads a mark back from the item that carries it. */
  static FlushMark of(Item item) {
    if (item.value().length != LENGTH) {
      return NONE;
    }
    ByteBuffer in = ByteBuffer.wrap(item.value());
    return new FlushMark(in.getLong(), in.getLong(), in.getLong());
  }

  /** Returns the item that carries this mark. */
  StoredItem toItem() {
    byte[] value = new byte[LENGTH];
    ByteBuffer.wrap(value).putLong(done).putLong(dueMillis).putLong(asked);
    return new StoredItem(KEY, value, 0, Long.MAX_VALUE);
  }

  /** Returns the mark after an immediate flush, which cancels a scheduled one. */
  FlushMark flushed(long stamp) {
    return merge(new FlushMark(stamp, 0, stamp));
  }

  /** Returns the mark after a flush was scheduled for {@code millis}. */
  FlushMark flushedAt(long millis, long stamp) {
    return merge(new FlushMark(Stamp.NONE, millis, stamp));
  }

  /**
   * Returns the mark that two nodes with these marks agree on. A scheduled flush is replaced by one
   * that was requested later, unless it was due by then.
   */
  FlushMark merge(FlushMark other) {
    long both = Math.max(done, other.done);
    if (asked == other.asked) { // one of the nodes may have settled it
      return new FlushMark(both, Math.min(dueMillis, other.dueMillis), asked);
    }
    FlushMark older = asked < other.asked ? this : other;
    FlushMark newer = asked < other.asked ? other : this;
    long passed = older.settled(Stamp.millis(newer.asked)).done;
    return new FlushMark(Math.max(both, passed), newer.dueMillis, newer.asked);
  }

  /** Returns the mark once a flush that was due has happened. */
  FlushMark settled(long now) {
    return isDue(now)
        ? new FlushMark(Math.max(done, Stamp.atMillis(dueMillis) - 1), 0, asked)
        : this;
  }

  /** Tells whether a flush is scheduled, or due and not settled. */
  boolean isPending() {
    return dueMillis != 0;
  }

  boolean isDue(long now) {
    return Expiry.isPast(dueMillis, now);
  }

  boolean kills(long stamp, long now) {
    return stamp <= done || (isDue(now) && stamp < Stamp.atMillis(dueMillis));
  }
}
