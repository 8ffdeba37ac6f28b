package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.item.Key;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.PersistenceConfiguration;
import net.sf.ehcache.config.PersistenceConfiguration.Strategy;
import net.sf.ehcache.config.Searchable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a region of Ehcache's own stores is said to hold is what it holds. */
class TallyTest {
  @TempDir private Path directory;

  static Stream<Named<UnaryOperator<CacheConfiguration>>> regions() {
    return Stream.of(
        Named.of(
            "few on disk", cache -> disk(cache).maxEntriesLocalHeap(20).maxEntriesLocalDisk(60)),
        Named.of("one on disk", cache -> disk(cache).maxEntriesLocalHeap(1).maxEntriesLocalDisk(1)),
        Named.of("few in memory", cache -> searchable(cache).maxEntriesLocalHeap(20)),
        Named.of("one in memory", cache -> searchable(cache).maxEntriesLocalHeap(1)));
  }

  private static CacheConfiguration disk(CacheConfiguration cache) {
    return cache.persistence(new PersistenceConfiguration().strategy(Strategy.LOCALTEMPSWAP));
  }

  private static CacheConfiguration searchable(CacheConfiguration cache) {
    cache.searchable(new Searchable());
    return cache;
  }

  @ParameterizedTest
  @MethodSource("regions")
  void bytes_areThoseOfTheItems_whateverWasEvictedMeanwhile(
      UnaryOperator<CacheConfiguration> configuration) {
    Random random = new Random(1);
    try (TestRegion region =
        TestRegion.with(directory, cache -> configuration.apply(cache.eternal(true)))) {
      for (int i = 0; i < 5_000; i++) {
        Key key = Key.of("k" + random.nextInt(150));
        if (random.nextInt(5) == 0) {
          region.store.change(key, null, (old, none) -> null);
        } else {
          region.set(key, new byte[random.nextInt(3_000)], 0);
        }
      }
      await().untilAsserted(() -> assertThat(region.store.bytes()).isEqualTo(sum(region)));
    }
  }

  private static long sum(TestRegion region) {
    long sum = 0;
    for (Iterator<StoredItem> items = region.store.items(); items.hasNext(); ) {
      sum += ItemSizes.of(items.next());
    }
    return sum;
  }
}
