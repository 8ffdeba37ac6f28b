package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import io.ehcached.item.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredItemTest {
  @ParameterizedTest
  @ValueSource(longs = {Expiry.REGION, 1, 1_900_000_000_123L, Long.MAX_VALUE})
  void serialisation_keepsEverything(long expiry) throws Exception {
    StoredItem item = new StoredItem(Key.of("schlüssel"), new byte[] {0, -1, 13, 10}, -7, expiry);
    item.stamp(0x1234_5678_9ABC_DEF0L);

    StoredItem copy = copy(item);

    assertThat(copy.key()).isEqualTo(item.key());
    assertThat(copy.key().hashCode()).isEqualTo(item.key().hashCode());
    assertThat(copy.value()).isEqualTo(item.value());
    assertThat(copy.flags()).isEqualTo(-7);
    assertThat(copy.expiry()).isEqualTo(expiry);
    assertThat(copy.stamp()).isEqualTo(0x1234_5678_9ABC_DEF0L);
    assertThat(copy.cas()).isEqualTo(Stamp.casUnique(copy.stamp()));
    assertThat(copy.isMortal()).isEqualTo(item.isMortal());
  }

  @Test
  void serialisation_keepsMarks_andACasOfItsOwn() throws Exception {
    int marks = Marks.STALE | Marks.OWN_CAS;
    StoredItem copy = copy(StoredItem.of(Key.of("k"), new byte[] {1}, 2, 3, marks, 4));

    assertThat(copy.marks()).isEqualTo(marks);
    assertThat(copy.cas()).isEqualTo(4);
    assertThat(copy.expiry()).isEqualTo(3);
  }

  @Test
  void itemWithoutMarks_paysNothingForThem() {
    StoredItem item = StoredItem.of(Key.of("k"), new byte[0], 0, 0, 0, 4);

    assertThat(item.getClass()).isSameAs(StoredItem.class);
    assertThat(item.marked(Marks.STALE, 0).marked(0, 0).getClass()).isSameAs(StoredItem.class);
    assertThat(item.cas()).isEqualTo(Stamp.casUnique(item.stamp()));
    assertThat(item.marked(Marks.STALE, 0).size()).isGreaterThan(item.size());
  }

  @Test
  void serialisation_ofAFlushMark_keepsIt() throws Exception {
    FlushMark mark = new FlushMark(5, 6, 7);

    assertThat(FlushMark.of(copy(mark.toItem()))).isEqualTo(mark);
  }

  private static StoredItem copy(StoredItem item) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(item);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (StoredItem) in.readObject();
    }
  }
}
