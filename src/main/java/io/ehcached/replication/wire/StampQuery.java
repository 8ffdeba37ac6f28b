package io.ehcached.replication.wire;

import io.ehcached.item.Key;
import io.ehcached.store.Held;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A list of writes, by key and stamp, that a peer is asked whether it has. */
public final class StampQuery {
  private static final int LEAST = 1 + Long.BYTES + 1;

  private final List<Held> lines = new ArrayList<>();

  /** Adds a write. */
  public void add(Held line) {
    lines.add(line);
  }

  /** Returns the writes, in their order. */
  public List<Held> lines() {
    return lines;
  }

  /** Returns how many writes there are. */
  public int size() {
    return lines.size();
  }

  /** Writes the list behind what there is; returns {@code out}. */
  public FrameWriter writeTo(FrameWriter out) {
    out.varint(lines.size());
    for (Held line : lines) {
      out.bytes(line.key().bytes()).i64(line.stamp()).u8(line.removal() ? 1 : 0);
    }
    return out;
  }

  /** Reads a list. */
  public static StampQuery read(FrameReader in) throws IOException {
    StampQuery list = new StampQuery();
    for (int i = in.count(LEAST); i > 0; i--) {
      byte[] key = in.bytes();
      list.add(new Held(Key.of(key, 0, key.length), in.i64(), in.u8() == 1));
    }
    return list;
  }
}
