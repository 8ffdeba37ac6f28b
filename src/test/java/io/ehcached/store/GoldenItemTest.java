package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import io.ehcached.support.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The form in which items lie in a region's disk store, byte for byte: with {@code
 * diskPersistent="true"} a later release finds there what an earlier one has left.
 */
class GoldenItemTest {
  private static final Golden GOLDEN = Golden.of("items.txt");
  private static final long NOW = 1_790_000_000_000L;

  private static StoredItem item() {
    byte[] value = "value".getBytes(StandardCharsets.US_ASCII);
    return StoredItem.written(Key.of("key"), value, 0x01020304, NOW + 60_000, NOW << 20, NOW);
  }

  @Test
  void forms_areWrittenAndRead() throws Exception {
    assertGolden("item", item());
    assertGolden("marked item", item().writtenWith(Marks.STALE | Marks.OWN_CAS, -2));
    assertThat(written(Key.of("key"))).isEqualTo(hex(GOLDEN.get("key")));
    assertThat(read("key")).isEqualTo(Key.of("key"));
  }

  private static void assertGolden(String section, StoredItem item) throws Exception {
    assertThat(written(item)).isEqualTo(hex(GOLDEN.get(section)));
    StoredItem read = (StoredItem) read(section);
    assertThat(read).isExactlyInstanceOf(item.getClass());
    assertThat(read.key()).isEqualTo(item.key());
    assertThat(read.value()).isEqualTo(item.value());
    assertThat(read.flags()).isEqualTo(item.flags());
    assertThat(read.expiry()).isEqualTo(item.expiry());
    assertThat(read.stamp()).isEqualTo(item.stamp());
    assertThat(read.marks()).isEqualTo(item.marks());
    assertThat(read.cas()).isEqualTo(item.cas());
  }

  private static String written(Object object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return hex(bytes.toByteArray());
  }

  private static Object read(String section) throws Exception {
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(GOLDEN.get(section)))) {
      return in.readObject();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
