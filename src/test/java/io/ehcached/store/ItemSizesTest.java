package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import net.sf.ehcache.config.MemoryUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ItemSizesTest {
  private static final int ITEMS = 200_000;

  @Test
  void size_isWhatTheHeapSays() {
    try (TestRegion region =
        TestRegion.with(cache -> cache.maxBytesLocalHeap(1, MemoryUnit.GIGABYTES).eternal(true))) {
      long before = usedHeap();
      for (int i = 0; i < ITEMS; i++) {
        region.set(Key.of("key:%016d".formatted(i)), new byte[100], 0);
      }
      long used = usedHeap() - before;
      assertThat(used).isCloseTo(region.store.bytes(), Percentage.withPercentage(15));
    }
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
