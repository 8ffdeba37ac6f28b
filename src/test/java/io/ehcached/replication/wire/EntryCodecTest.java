package io.ehcached.replication.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import io.ehcached.store.StoredItem;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long STAMP = NOW << 20;

  private static byte[] written(Entry entry) {
    FrameWriter out = new FrameWriter(1);
    EntryCodec.write(out, entry, NOW);
    return out.toBytes();
  }

  private static Entry item(String key, int length, int flags, long expiry, long creation) {
    byte[] value = new byte[length];
    Arrays.fill(value, (byte) 'x');
    return Entry.of(StoredItem.written(Key.of(key), value, flags, expiry, STAMP, creation));
  }

  private static Entry marked(String key, int marks, long cas) {
    return Entry.of(item(key, 3, 5, NOW + 1, NOW).item().writtenWith(marks, cas));
  }

  @Test
  void itemWithMarks_takesTheRegionsLifespanAlong() throws IOException {
    StoredItem item = item("k", 1, 0, Expiry.REGION, NOW - 5000).item();

    Entry read =
        EntryCodec.read(new FrameReader(written(Entry.of(item.writtenWith(Marks.STALE, 0)))), NOW);

    assertThat(read.item().marks()).isEqualTo(Marks.STALE);
    assertThat(read.item().written()).isEqualTo(NOW - 5000);
    assertThat(read.item().expiry()).isEqualTo(Expiry.REGION);
  }

  @Test
  void unknownMarks_areRefused() {
    byte[] bytes = written(marked("k", Marks.STALE, 0));
    assertThat(bytes[1 + 1 + 1 + Long.BYTES + 1]).isEqualTo((byte) Marks.STALE);
    bytes[1 + 1 + 1 + Long.BYTES + 1] = 64;
    assertThatThrownBy(() -> EntryCodec.read(new FrameReader(bytes), NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("marks");
  }

  @Test
  void itemOfTheCommonKind_takes13BytesMoreThanKeyAndValue() {
    assertThat(written(item("k".repeat(32), 100, 0, Expiry.REGION, NOW - 20)))
        .hasSizeLessThanOrEqualTo(32 + 100 + 13);
  }

  @Test
  void entriesReadBackAsTheyWere() throws IOException {
    List<Entry> entries =
        List.of(
            item("a", 0, 0, Expiry.REGION, NOW - 1000),
            item("b".repeat(250), 300, -1, NOW + 60_000, NOW),
            item("c", 1, 7, Long.MAX_VALUE, NOW),
            item("", 24, 0, Long.MAX_VALUE, NOW),
            item("d", 1, 0, 1, NOW),
            marked("f", Marks.STALE | Marks.WON, 0),
            marked("g", Marks.OWN_CAS, -1),
            marked("h", Marks.OWN_CAS, -1).withFirst(1),
            Entry.removal(Key.of("i"), STAMP + 1).withFirst(STAMP),
            Entry.removal(Key.of("e"), STAMP + 1));
    for (Entry entry : entries) {
      byte[] bytes = written(entry);
      assertThat(bytes.length).isLessThanOrEqualTo(EntryCodec.size(entry));
      Entry read = EntryCodec.read(new FrameReader(bytes), NOW);
      assertThat(read.key()).isEqualTo(entry.key());
      assertThat(read.stamp()).isEqualTo(entry.stamp());
      assertThat(read.first()).isEqualTo(entry.first());
      if (entry.item() == null) {
        assertThat(read.item()).isNull();
      } else {
        assertThat(read.item().value()).isEqualTo(entry.item().value());
        assertThat(read.item().flags()).isEqualTo(entry.item().flags());
        assertThat(read.item().expiry()).isEqualTo(entry.item().expiry());
        assertThat(read.item().marks()).isEqualTo(entry.item().marks());
        assertThat(read.item().cas()).isEqualTo(entry.item().cas());
      }
    }
  }

  @Test
  void renewedEntry_hasItsFirstStampBehindItsStamp_whichOlderPeersAreNotTold() {
    byte[] renewed = written(Entry.removal(Key.of("e"), 2).withFirst(1));
    assertThat(renewed).containsExactly(33, 1, 'e', 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(written(Entry.removal(Key.of("e"), 2).withFirst(1).withoutFirst()))
        .containsExactly(1, 1, 'e', 0, 0, 0, 0, 0, 0, 0, 2);
  }

  @Test
  void momentsAreShiftedWithTheBase() throws IOException {
    Entry own = item("a", 1, 0, NOW + 60_000, NOW);
    Entry regional = item("a", 1, 0, Expiry.REGION, NOW - 5000);
    long there = NOW + 300_000;
    assertThat(EntryCodec.read(new FrameReader(written(own)), there).item().expiry())
        .isEqualTo(there + 60_000);
    assertThat(EntryCodec.read(new FrameReader(written(regional)), there).item().written())
        .isEqualTo(there - 5000);
  }

  @Test
  void lengthBeyondTheFrame_isRefusedBeforeAnythingIsAllocated() {
    byte[] bytes = new FrameWriter(16).u8(0).varint(Integer.MAX_VALUE).toBytes();
    assertThatThrownBy(() -> EntryCodec.read(new FrameReader(bytes), NOW))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anyBytes_areReadOrRefused() {
    Random random = new Random(1);
    byte[] good = written(item("key", 20, 3, NOW + 1, NOW));
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      assertReadOrRefused(() -> FrameHeader.read(new FrameReader(cut)));
      assertReadOrRefused(() -> EntryCodec.read(new FrameReader(cut), NOW));
    }
  }

  private static void assertReadOrRefused(Callable<?> reading) {
    try {
      reading.call();
    } catch (IOException e) {
      // refused, as it may be; whatever else is thrown is a fault
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
