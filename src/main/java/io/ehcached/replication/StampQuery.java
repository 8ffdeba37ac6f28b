package io.ehcached.replication;

import io.ehcached.item.Key;
import io.ehcached.replication.wire.FrameReader;
import io.ehcached.replication.wire.FrameWriter;
import io.ehcached.store.Held;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A list of writes, by key and stamp, that a peer is asked whether it has. */
final class StampQuery {
  private static final int LEAST = 1 + Long.BYTES + 1;

  private final List<Held> lines = new ArrayList<>();

  void add(Held line) {
    lines.add(line);
  }

  List<Held> lines() {
    return lines;
  }

  int size() {
    return lines.size();
  }

  FrameWriter writeTo(FrameWriter out) {
    out.varint(lines.size());
    for (Held line : lines) {
      out.bytes(line.key().bytes()).i64(line.stamp()).u8(line.removal() ? 1 : 0);
    }
    return out;
  }

  static StampQuery read(FrameReader in) throws IOException {
    StampQuery list = new StampQuery();
    for (int i = in.count(LEAST); i > 0; i--) {
      byte[] key = in.bytes();
      list.add(new Held(Key.of(key, 0, key.length), in.i64(), in.u8() == 1));
    }
    return list;
  }
}
