package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import net.sf.ehcache.config.MemoryUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemSizesIT {
  private static final int BYTES = 40_000_000;
  private static final int LITTLE = BYTES / 1000;
  private static final int UNCHANGED = 4; // so many collections

  @ParameterizedTest
  @CsvSource({"12, 0", "20, 100", "32, 100", "250, 1", "32, 5000"})
  void size_isWhatTheHeapSays(int keyLength, int valueLength) {
    try (TestRegion region =
        TestRegion.with(cache -> cache.maxBytesLocalHeap(1, MemoryUnit.GIGABYTES).eternal(true))) {
      long before = usedHeap();
      String name = "%0" + keyLength + "d";
      for (int i = 0; region.store.bytes() < BYTES; i++) {
        region.set(Key.of(name.formatted(i)), new byte[valueLength], 0);
      }
      long used = usedHeap() - before;
      assertThat(used).isCloseTo(region.store.bytes(), Percentage.withPercentage(10));
    }
  }

  /** Collects until nothing more goes, as what other tests leave behind may take its time. */
  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int unchanged = 0; unchanged < UNCHANGED; unchanged++) {
      System.gc();
      long used = runtime.totalMemory() - runtime.freeMemory();
      if (used < least - LITTLE) {
        unchanged = 0;
      }
      least = Math.min(least, used);
    }
    return least;
  }
}
