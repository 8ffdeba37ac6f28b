package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ItemTableTest {
  private final ItemTable table = new ItemTable(0, 0);

  private static StoredItem item(String key, int value) {
    StoredItem item = new StoredItem(Key.of(key), new byte[value], 0, 0);
    item.arrive(1);
    return item;
  }

  private void put(StoredItem item) {
    synchronized (table.lock(item.key())) {
      table.put(item, table.at(item.key()));
    }
  }

  @Test
  void putsAndRemovesAtRandom_leaveWhatAMapHolds() {
    Random random = new Random(5);
    Map<String, StoredItem> expected = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      String key = "k" + random.nextInt(20_000);
      if (random.nextInt(3) == 0) {
        StoredItem removed;
        synchronized (table.lock(Key.of(key))) {
          removed = table.remove(Key.of(key));
        }
        assertThat(removed).isSameAs(expected.remove(key));
      } else {
        StoredItem item = item(key, random.nextInt(50));
        put(item);
        expected.put(key, item);
      }
    }

    for (int i = 0; i < 20_000; i++) {
      assertThat(table.at(Key.of("k" + i))).isSameAs(expected.get("k" + i));
    }
    assertThat(table.size()).isEqualTo(expected.size());
    assertThat(table.bytes()).isEqualTo(expected.values().stream().mapToLong(ItemSizes::of).sum());
    List<StoredItem> shown = new ArrayList<>();
    table.items().forEachRemaining(shown::add);
    assertThat(shown).containsExactlyInAnyOrderElementsOf(expected.values());
  }

  @Test
  void readers_missNothing_whileTheTableGrowsAndOthersComeAndGo() throws InterruptedException {
    List<Key> staying = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      put(item("stay" + i, 1));
      staying.add(Key.of("stay" + i));
    }
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Key> missed = new AtomicReference<>();
    List<Thread> readers = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      readers.add(
          new Thread(
              () -> {
                while (!done.get()) {
                  staying.stream().filter(key -> table.at(key) == null).forEach(missed::set);
                }
              }));
    }
    readers.forEach(Thread::start);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 200_000; i++) {
        put(item("k" + i, 1));
        if (i % 3 == 0) {
          put(item("stay" + i % 500, 2)); // replaced, and there all the time
        }
      }
      for (int i = 0; i < 200_000; i++) {
        Key key = Key.of("k" + i);
        synchronized (table.lock(key)) {
          table.remove(key);
        }
      }
    }
    done.set(true);
    for (Thread reader : readers) {
      reader.join();
    }

    assertThat(missed.get()).isNull();
    assertThat(table.size()).isEqualTo(500);
  }

  @Test
  void whatIsUsed_outlivesWhatIsNot() {
    ItemTable bounded = new ItemTable(1_000, 0);
    List<StoredItem> evicted = new ArrayList<>();
    bounded.tell(new Recorder(evicted));
    for (int i = 0; i < 20_000; i++) {
      StoredItem item = item("k" + i, 1);
      synchronized (bounded.lock(item.key())) {
        bounded.put(item, null);
      }
      bounded.makeRoom(item);
      for (int hot = 0; hot < 100 && hot <= i; hot++) {
        StoredItem used = bounded.at(Key.of("k" + hot));
        if (used != null) {
          used.use(1_000);
        }
      }
    }

    assertThat(bounded.size()).isEqualTo(1_000);
    assertThat(evicted).hasSize(19_000);
    for (int hot = 0; hot < 100; hot++) {
      assertThat(bounded.at(Key.of("k" + hot))).isNotNull();
    }
  }

  private record Recorder(List<StoredItem> evicted) implements RemovalListener {
    @Override
    public boolean isDead(StoredItem item) {
      return false;
    }

    @Override
    public void evicted(StoredItem item) {
      evicted.add(item);
    }

    @Override
    public void removed(StoredItem item) {
      evicted.add(item);
    }
  }
}
