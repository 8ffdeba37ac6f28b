package io.ehcached.replication.wire;

import io.ehcached.store.HistoryView.Claim;

/** A frame of entries in the making. An entry above the limit goes alone. */
public final class EntriesFrame {
  private final FrameWriter out;
  private final long base;
  private final boolean first;
  private final int maxItems;
  private final int maxBytes;
  private int items;

  /**
   * Starts a frame.
   *
   * @param first whether the peer knows of first stamps
   */
  public EntriesFrame(FrameWriter out, long base, boolean first, int maxItems, int maxBytes) {
    this.out = out;
    this.base = base;
    this.first = first;
    this.maxItems = maxItems;
    this.maxBytes = maxBytes;
  }

  /** Adds an entry, or returns false when it is one too many. */
  public boolean add(Entry entry) {
    if (items > 0
        && (items >= maxItems || out.length() + (long) EntryCodec.size(entry) > maxBytes)) {
      return false;
    }
    EntryCodec.write(out, first ? entry : entry.withoutFirst(), base);
    items++;
    return true;
  }

  /**
   * Adds, behind all entries, up to where the writes of this node's own are seen with them.
   *
   * @param incarnation of the peer: one that was started anew has not seen what was sent before
   */
  public void claim(Claim claim, long incarnation) {
    out.u8(EntryCodec.CLAIM).i64(incarnation);
    HistoryCodec.write(out, claim);
  }

  /** Returns how many entries are in the frame. */
  public int items() {
    return items;
  }

  /** Returns the bytes of the frame. */
  public FrameWriter out() {
    return out;
  }
}
