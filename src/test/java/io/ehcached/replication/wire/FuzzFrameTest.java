package io.ehcached.replication.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ehcached.fuzz.Allocation;
import io.ehcached.item.Key;
import io.ehcached.store.StoredItem;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes send each other: only an {@link IOException} may come of what cannot be read. */
class FuzzFrameTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long FIXED = 64 * 1024;
  private static final long EACH = 200;

  static Stream<byte[]> frames() {
    FrameWriter entries = header().varint(3);
    StoredItem item =
        StoredItem.written(Key.of("key"), new byte[5], 7, NOW + 60_000, NOW << 20, NOW);
    EntryCodec.write(entries, Entry.of(item), NOW);
    EntryCodec.write(entries, Entry.of(item.writtenWith(7, 99)), NOW);
    EntryCodec.write(entries, Entry.removal(Key.of("gone"), NOW << 20), NOW);
    return Stream.of(header().toBytes(), entries.toBytes(), header().varint(-1).toBytes());
  }

  private static FrameWriter header() {
    return new FrameHeader(WireVersion.NEWEST, FrameType.ENTRIES, 1, "region", "//host:1/region")
        .start(0);
  }

  @MethodSource("frames")
  @FuzzTest
  void anyFrame(byte[] frame) {
    Allocation.check(frame, FIXED, EACH, () -> read(frame));
  }

  private static void read(byte[] frame) {
    FrameReader in = new FrameReader(frame);
    try {
      FrameHeader.read(in);
      for (int left = in.count(EntryCodec.LEAST); left > 0; left--) {
        EntryCodec.read(in, NOW);
      }
    } catch (IOException e) {
      // which is what a frame that cannot be read comes to
    }
  }
}
