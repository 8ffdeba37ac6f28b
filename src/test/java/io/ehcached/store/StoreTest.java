package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StoreTest {
  private static final int THREADS = 8;
  private static final Key KEY = Key.of("k");

  @AutoClose private final TestRegion region = TestRegion.eternal();
  private final Store store = region.store;

  @Test
  void change_seesTheOldItemAndLeavesTheNew() {
    assertThat(region.set("k", "one").value()).asString().isEqualTo("one");

    StoredItem two = store.change(KEY, "two", (old, value) -> next(old, old, value));

    assertThat(store.get(KEY)).isSameAs(two);
    assertThat(region.get("k")).isEqualTo("one two");
  }

  @Test
  void writesOfOneKey_shareItsBytes() {
    StoredItem first = region.set("k", "one");

    StoredItem second = store.change(KEY, "two", (old, value) -> next(null, null, value));
    StoredItem remote = StoredItem.written(Key.of("k"), new byte[1], 0, 0, second.stamp() + 1, 1);

    assertThat(second.keyBytes()).isSameAs(first.keyBytes());
    assertThat(store.peerWrites().merge(remote)).isEqualTo(Merged.TAKEN);
    assertThat(store.get(KEY).keyBytes()).isSameAs(first.keyBytes());
  }

  @Test
  void change_toNull_removes() {
    region.set("k", "v");

    assertThat(store.change(KEY, null, (old, none) -> null)).isNull();

    assertThat(region.get("k")).isNull();
    assertThat(store.size()).isZero();
  }

  @Test
  void change_toTheOldItem_writesNothing() {
    StoredItem item = region.set("k", "v");
    long stamp = item.stamp();

    assertThat(store.change(KEY, null, (old, none) -> old)).isSameAs(item);

    assertThat(store.peek(KEY).stamp()).isEqualTo(stamp);
  }

  @Test
  void change_ofManyThreadsAtOnce_losesNothing() throws Exception {
    int rounds = 5_000;
    region.set("k", "0");

    inThreads(
        () -> {
          for (int i = 0; i < rounds; i++) {
            store.change(KEY, 1, StoreTest::plus);
          }
          return null;
        });

    assertThat(region.get("k")).isEqualTo(Integer.toString(THREADS * rounds));
  }

  @Test
  @SuppressWarnings("ReferenceEquality") // whose item it is, where equal elements have one key
  void change_thatAddsOnlyWhereThereIsNone_hasOneWinnerInARace() throws Exception {
    for (int round = 0; round < 200; round++) {
      Key key = Key.of("race" + round);
      List<Boolean> won =
          inThreads(
              () -> {
                StoredItem mine = new StoredItem(key, new byte[1], 0, 0);
                return store.change(key, mine, (old, item) -> old == null ? item : old) == mine;
              });
      assertThat(won).containsOnlyOnce(true);
    }
  }

  @Test
  void stamps_ofOneKey_growStrictly() throws Exception {
    List<List<Long>> all =
        inThreads(
            () -> {
              List<Long> stamps = new ArrayList<>();
              for (int i = 0; i < 2_000; i++) {
                stamps.add(store.change(KEY, "v", (old, value) -> next(null, old, value)).stamp());
              }
              return stamps;
            });

    for (List<Long> stamps : all) {
      assertThat(stamps).isSorted().doesNotHaveDuplicates();
    }
    assertThat(all.stream().flatMap(List::stream)).doesNotHaveDuplicates();
  }

  @Test
  void stamp_afterAReopening_isNewerThanWhatTheRegionHolds() {
    region.clock.advanceSeconds(50);
    long before = region.set("k", "v").stamp();
    region.clock.advanceSeconds(-50);
    Store reopened = region.openStore(region.clock);

    StoredItem after = reopened.change(KEY, "w", (old, value) -> next(null, old, value));

    assertThat(after.stamp()).isGreaterThan(before);
    assertThat(Stamp.millis(after.stamp())).isEqualTo(Stamp.millis(before));
  }

  @Test
  void stamp_afterAWriteOfAPeers_isNewer() {
    StoredItem remote = new StoredItem(Key.of("other"), new byte[1], 0, 0);
    remote.stamp(Stamp.atMillis(region.clock.getAsLong() + 30_000));
    store.peerWrites().merge(remote);

    assertThat(region.set("k", "v").stamp()).isGreaterThan(remote.stamp());
  }

  @Test
  void get_isAUse_andPeekIsNone() {
    region.set("k", "v");

    store.peek(KEY);
    assertThat(store.peek(KEY).isUsed()).isFalse();

    store.get(KEY);
    assertThat(store.peek(KEY).isUsed()).isTrue();
  }

  @Test
  void keysAndSize_leaveTheFlushMarkOut() {
    store.flush();
    region.set("a", "1");
    region.set("b", "2");

    assertThat(store.keys()).containsExactlyInAnyOrder(Key.of("a"), Key.of("b"));
    assertThat(store.size()).isEqualTo(2);
  }

  private static StoredItem plus(StoredItem old, int amount) {
    int number = Integer.parseInt(new String(old.value(), StandardCharsets.UTF_8)) + amount;
    byte[] value = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
    return new StoredItem(old.key(), value, 0, 0);
  }

  private static StoredItem next(StoredItem head, StoredItem old, String value) {
    String text = head == null ? "" : new String(head.value(), StandardCharsets.UTF_8) + " ";
    Key key = old == null ? KEY : old.key();
    return new StoredItem(key, (text + value).getBytes(StandardCharsets.UTF_8), 0, 0);
  }

  private static <T> List<T> inThreads(Callable<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
