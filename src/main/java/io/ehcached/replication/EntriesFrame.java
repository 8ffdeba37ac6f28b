package io.ehcached.replication;

import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.EntryCodec;
import io.ehcached.replication.wire.FrameWriter;

/** A frame of entries in the making. An entry above the limit goes alone. */
final class EntriesFrame {
  private final FrameWriter out;
  private final long base;
  private final int maxItems;
  private final int maxBytes;
  private int items;

  EntriesFrame(FrameWriter out, long base, int maxItems, int maxBytes) {
    this.out = out;
    this.base = base;
    this.maxItems = maxItems;
    this.maxBytes = maxBytes;
  }

  /** Adds an entry, or returns false when it is one too many. */
  boolean add(Entry entry) {
    if (items > 0
        && (items >= maxItems || out.length() + (long) EntryCodec.size(entry) > maxBytes)) {
      return false;
    }
    EntryCodec.write(out, entry, base);
    items++;
    return true;
  }

  int items() {
    return items;
  }

  FrameWriter out() {
    return out;
  }
}
