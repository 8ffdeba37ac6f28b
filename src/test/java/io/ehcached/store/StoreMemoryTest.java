package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ehcached.item.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.MemoryUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreMemoryTest {
  private static final int REGION_BYTES = 64 * 1024;

  @Test
  void change_toMoreThanTheRegionHolds_failsAndTheOldValueIsGone() {
    try (TestRegion region = TestRegion.with(StoreMemoryTest::small)) {
      region.set("k", "old");

      assertThatExceptionOfType(RegionFullException.class)
          .isThrownBy(() -> region.set(Key.of("k"), new byte[REGION_BYTES], 0));

      assertThat(region.get("k")).isNull();
      assertThat(region.cache.getQuiet(Key.of("k"))).isNull();
      region.set("k", "new");
      assertThat(region.get("k")).isEqualTo("new");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LRU", "LFU", "FIFO", "CLOCK"})
  void aFullRegionOfBytes_evictsOthers_andNeverRefuses(String policy) {
    try (TestRegion region =
        TestRegion.with(cache -> small(cache).memoryStoreEvictionPolicy(policy))) {
      for (int i = 0; i < 2_000; i++) {
        region.set(Key.of("k" + i), new byte[200], 0);
      }

      assertThat(region.store.counts().evicted()).isPositive();
      assertThat(region.store.bytes()).isBetween(1L, (long) REGION_BYTES);
      assertThat(region.store.size() + region.store.counts().evicted()).isEqualTo(2_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"LRU, 100", "LFU, 100", "FIFO, 100", "CLOCK, 1000"})
  void aFullRegionOfEntries_evictsOthers_andNeverRefuses(String policy, int entries) {
    try (TestRegion region =
        TestRegion.with(
            cache ->
                cache
                    .maxEntriesLocalHeap(entries)
                    .eternal(true)
                    .memoryStoreEvictionPolicy(policy))) {
      for (int i = 0; i < 10_000; i++) {
        region.set("k" + i, "v");
      }

      assertThat(region.store.size()).isBetween(1L, entries + 10L);
      assertThat(region.store.size() + region.store.counts().evicted()).isEqualTo(10_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LRU", "CLOCK"})
  void aRegionThatMayNotEvict_refusesWhenItIsFullOfBytes_andKeepsWhatItHas(String policy)
      throws InterruptedException {
    try (TestRegion region =
        TestRegion.with(cache -> small(cache).memoryStoreEvictionPolicy(policy))) {
      region.store.refuseWhenFull();
      List<Thread> writers = new ArrayList<>();
      LongAdder stored = new LongAdder();
      for (int t = 0; t < 4; t++) {
        String prefix = "t" + t + "-";
        writers.add(
            new Thread(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    try {
                      region.set(Key.of(prefix + i), new byte[200], 0);
                      stored.increment();
                    } catch (RegionFullException e) {
                      // as it should be from some item on
                    }
                  }
                }));
      }
      writers.forEach(Thread::start);
      for (Thread writer : writers) {
        writer.join();
      }

      assertThat(stored.sum()).isBetween(100L, 1_999L);
      assertThat(region.store.size()).isEqualTo(stored.sum());
      assertThat(region.store.counts().evicted()).isZero();
    }
  }

  @Test
  void aRegionThatMayNotEvict_takesWhatGrowsNoLarger_andFlushes() {
    try (TestRegion region = TestRegion.with(cache -> cache.maxEntriesLocalHeap(2).eternal(true))) {
      region.store.refuseWhenFull();
      region.set("a", "1");
      region.set("b", "1");
      assertThatExceptionOfType(RegionFullException.class).isThrownBy(() -> region.set("c", "1"));

      region.set("a", "longer than before");

      assertThat(region.get("a")).isEqualTo("longer than before");
      assertThat(region.get("b")).isEqualTo("1");
      region.store.flush();
      region.store.reclaim();
      region.set("c", "1");
      assertThat(region.get("c")).isEqualTo("1");
    }
  }

  @Test
  void counts_tellTheUnfetchedAndTheMortalAmongTheEvicted() {
    try (TestRegion region = TestRegion.with(cache -> cache.maxEntriesLocalHeap(1).eternal(true))) {
      region.set("fetched", "v");
      region.get("fetched");
      region.set("mortal", "v", region.clock.getAsLong() + 100_000);
      region.set("last", "v");

      StoreCounts counts = region.store.counts();
      assertThat(counts.evicted()).isEqualTo(2);
      assertThat(counts.evictedUnfetched()).isEqualTo(1);
      assertThat(counts.evictedMortal()).isEqualTo(1);
    }
  }

  @Test
  void bytes_ofARegionWithoutBoundInBytes_followEveryWrite() {
    try (TestRegion region = TestRegion.eternal()) {
      assertBytes(region);
      region.set(Key.of("a"), new byte[100], 0);
      region.set(Key.of("b"), new byte[1_000], 0);
      assertBytes(region);
      region.set(Key.of("b"), new byte[10], 0);
      assertBytes(region);
      region.store.change(Key.of("a"), null, (old, none) -> null);
      assertBytes(region);
      region.set(Key.of("c"), new byte[5_000], 1);
      region.store.get(Key.of("c"));
      assertBytes(region);
      region.store.change(Key.of("b"), null, (old, none) -> null);
      assertThat(region.store.bytes()).isZero();
    }
  }

  @Test
  void bytes_ofARegionBoundedInEntries_followEvictions() {
    try (TestRegion region =
        TestRegion.with(cache -> cache.maxEntriesLocalHeap(10).eternal(true))) {
      for (int i = 0; i < 100; i++) {
        region.set(Key.of("k" + i), new byte[i * 10], 0);
      }
      assertBytes(region);
    }
  }

  @Test
  void bytes_followWhatPeersWrite() {
    try (TestRegion region = TestRegion.eternal()) {
      for (int i = 1; i <= 10; i++) {
        StoredItem item = StoredItem.written(Key.of("k"), new byte[i * 100], 0, 0, i, 1);
        assertThat(region.store.peerWrites().merge(item)).isEqualTo(Merged.TAKEN);
        assertBytes(region);
      }
      region.store.peerWrites().mergeRemoval(Key.of("k"), 11);
      assertBytes(region);
    }
  }

  @Test
  void oldestUse_isTheLeastRecentReadOrWrite() {
    try (TestRegion region = TestRegion.eternal()) {
      region.store.reclaim();
      assertThat(region.store.oldestUse()).isEqualTo(Long.MAX_VALUE);

      StoredItem oldest = region.set("k", "v");
      region.set("l", "v");
      region.store.reclaim();

      assertThat(region.store.oldestUse()).isEqualTo(oldest.lastUse());
    }
  }

  private static void assertBytes(TestRegion region) {
    long bytes =
        region.store.keys().stream().mapToLong(key -> ItemSizes.of(region.store.peek(key))).sum();
    assertThat(region.store.bytes()).isEqualTo(bytes);
  }

  private static CacheConfiguration small(CacheConfiguration region) {
    return region.maxBytesLocalHeap(REGION_BYTES, MemoryUnit.BYTES).eternal(true);
  }
}
