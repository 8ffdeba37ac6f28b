package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.sf.ehcache.config.PersistenceConfiguration;
import net.sf.ehcache.config.PersistenceConfiguration.Strategy;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region that overflows to disk is kept by Ehcache's own stores, and does all that others do. */
class TieredRegionTest {
  private static final int ITEMS = 2_000;

  @TempDir private Path directory;
  @AutoClose private TestRegion region;

  @BeforeEach
  void open() {
    region =
        TestRegion.with(
            directory,
            cache ->
                cache
                    .maxEntriesLocalHeap(100)
                    .eternal(true)
                    .persistence(new PersistenceConfiguration().strategy(Strategy.LOCALTEMPSWAP)));
  }

  @Test
  void moreItemsThanTheHeapMayHold_areAllFound() {
    for (int i = 0; i < ITEMS; i++) {
      region.set("k" + i, "v" + i, region.clock.getAsLong() + 1_000);
    }

    assertThat(region.store.size()).isEqualTo(ITEMS);
    for (int i = 0; i < ITEMS; i++) {
      assertThat(region.get("k" + i)).isEqualTo("v" + i);
    }
    assertThat(region.store.counts().evicted()).isZero();

    region.clock.advanceSeconds(1);
    assertThat(region.get("k1")).isNull();
    region.store.reclaim();
    assertThat(region.store.size()).isZero();
    assertThat(region.store.bytes()).isZero();
  }

  @Test
  void stampsMarksAndFlushes_areKept() {
    Key key = Key.of("k");
    StoredItem item =
        region.store.change(
            key, null, (old, none) -> StoredItem.of(key, new byte[1], 7, 0, Marks.STALE, 0));
    for (int i = 0; i < ITEMS; i++) {
      region.set("k" + i, "v"); // sends the first to the disk
    }

    StoredItem found = region.store.get(key);
    assertThat(found.stamp()).isEqualTo(item.stamp());
    assertThat(found.flags()).isEqualTo(7);
    assertThat(found.marks()).isEqualTo(Marks.STALE);
    assertThat(region.store.peerWrites().mergeRemoval(key, item.stamp() - 1))
        .isEqualTo(Merged.OLDER);

    region.store.flush();
    assertThat(region.store.get(key)).isNull();
    List<StoredItem> left = new ArrayList<>();
    region.store.items().forEachRemaining(left::add);
    assertThat(left).isEmpty();
  }
}
