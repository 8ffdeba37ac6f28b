package io.ehcached.replication.wire;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import io.ehcached.store.StoredItem;
import java.io.IOException;

/**
 * Entries as bytes: 13 more than key and value for an item of the common kind. Moments travel as
 * distances from a base that the frame names once, so that a node whose clock differs can shift
 * them all.
 */
public final class EntryCodec {
  private static final int REMOVAL = 1;
  private static final int OWN_EXPIRY = 2;
  private static final int FLAGS = 4;
  private static final int MARKS = 8;

  /**
   * In the place of an entry's kind: what follows is what the sender's own writes are seen up to.
   */
  public static final int CLAIM = 16;

  /** The stamp that the write had first follows its stamp; from version 1.2 on. */
  private static final int RENEWED = 32;

  private static final int KNOWN_KINDS = REMOVAL | OWN_EXPIRY | FLAGS | MARKS | RENEWED;
  private static final int KNOWN_MARKS = Marks.STALE | Marks.WON | Marks.OWN_CAS;

  /** What an entry takes at most besides key and value, in bytes. */
  private static final int OVERHEAD = 56;

  /** The fewest bytes that an entry takes. */
  public static final int LEAST = 1 + 1 + Long.BYTES;

  private EntryCodec() {}

  /** Returns how many bytes an entry takes at most. */
  public static int size(Entry entry) {
    return OVERHEAD
        + entry.key().length()
        + (entry.item() == null ? 0 : entry.item().value().length);
  }

  /**
   * Adds an entry.
   *
   * @param base the moment that the frame named, in milliseconds of this node's wall clock
   */
  public static void write(FrameWriter out, Entry entry, long base) {
    StoredItem item = entry.item();
    int kind = 0;
    if (item == null) {
      kind = REMOVAL;
    } else {
      kind |= item.expiry() == Expiry.REGION ? 0 : OWN_EXPIRY;
      kind |= item.flags() == 0 ? 0 : FLAGS;
      kind |= item.marks() == 0 ? 0 : MARKS;
    }
    boolean renewed = entry.first() != entry.stamp();
    kind |= renewed ? RENEWED : 0;
    out.u8(kind).bytes(entry.key().bytes()).i64(entry.stamp());
    if (renewed) {
      out.i64(entry.first());
    }
    if (item == null) {
      return;
    }
    if ((kind & FLAGS) != 0) {
      out.varint(item.flags() & 0xFFFFFFFFL);
    }
    if ((kind & MARKS) != 0) {
      out.u8(item.marks());
      if ((item.marks() & Marks.OWN_CAS) != 0) {
        out.i64(item.cas());
      }
    }
    boolean never = item.expiry() == Long.MAX_VALUE;
    long moment = (kind & OWN_EXPIRY) != 0 ? item.expiry() : item.written();
    out.signed(never ? Long.MAX_VALUE : moment - base).bytes(item.value());
  }

  /**
   * Reads an entry.
   *
   * @param base the moment that the frame named, in milliseconds of this node's wall clock
   */
  public static Entry read(FrameReader in, long base) throws IOException {
    int kind = in.u8();
    if ((kind & ~KNOWN_KINDS) != 0) {
      throw new IOException("an entry of unknown kind " + kind);
    }
    byte[] keyBytes = in.bytes();
    if (keyBytes.length > Key.MAX_LENGTH) {
      throw new IOException("a key of " + keyBytes.length + " bytes");
    }
    Key key = Key.wrap(keyBytes);
    long stamp = in.i64();
    if (stamp <= 0) {
      throw new IOException("no stamp: " + stamp);
    }
    long first = (kind & RENEWED) != 0 ? in.i64() : stamp;
    if ((kind & REMOVAL) != 0) {
      return Entry.removal(key, stamp).withFirst(first);
    }
    int flags = (kind & FLAGS) != 0 ? (int) in.varint() : 0;
    int marks = (kind & MARKS) != 0 ? in.u8() : 0;
    if ((marks & ~KNOWN_MARKS) != 0) {
      throw new IOException("an item with unknown marks " + marks);
    }
    long cas = (marks & Marks.OWN_CAS) != 0 ? in.i64() : 0;
    long distance = in.signed();
    long moment = distance == Long.MAX_VALUE ? Long.MAX_VALUE : base + distance;
    byte[] value = in.bytes();
    StoredItem item =
        (kind & OWN_EXPIRY) != 0
            ? StoredItem.written(key, value, flags, Math.max(1, moment), stamp, base)
            : StoredItem.written(key, value, flags, Expiry.REGION, stamp, moment);
    return Entry.of(marks == 0 ? item : item.writtenWith(marks, cas)).withFirst(first);
  }
}
