package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes from a full region, where items are new and others are read all the time. */
class RecentItemsTest {
  private static final int WRITES = 5_000;
  private static final int OTHERS = 10; // that are written before a client comes back to its item

  private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
  private Store store;

  @BeforeEach
  void start() {
    millis.set(1_800_000_000_000L);
  }

  private void open(int items) {
    store = Store.withoutRegion(items, new StampClock(millis::get, 7), millis::get);
    for (int i = 0; i < items; i++) {
      write("old" + i);
    }
    millis.addAndGet(60_000);
  }

  private void write(String name) {
    Key key = Key.of(name);
    store.change(key, null, (old, nothing) -> new StoredItem(key, new byte[10], 0, 0));
  }

  private void readAllBut(String name) {
    for (Key key : store.keys()) {
      if (!key.equals(Key.of(name))) {
        store.get(key);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 100, 400})
  void itemJustWritten_isThereAfterTheWritesOfOthers_butForOneInFifty(int items) {
    open(items);
    List<String> gone = new ArrayList<>();
    for (int i = 0; i < WRITES / items; i++) {
      readAllBut("");
      write("new" + i);
      readAllBut("new" + i);
      for (int other = 0; other < OTHERS; other++) {
        write("other" + i + "-" + other);
      }
      if (store.peek(Key.of("new" + i)) == null) {
        gone.add("new" + i);
      }
      millis.incrementAndGet();
    }
    assertThat(gone)
        .hasSizeLessThanOrEqualTo(WRITES / items / 50); // which few are looked at varies
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 20, 1000})
  void itemsAllOfOneMoment_keepToTheBound_andTheLastIsThere(int items) {
    open(items);
    for (int i = 0; i < 20_000; i++) {
      write("new" + i);
      assertThat(store.size()).isLessThanOrEqualTo(items);
      assertThat(store.peek(Key.of("new" + i))).isNotNull();
    }
  }
}
