package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.support.Document;
import java.util.List;
import net.sf.ehcache.config.MemoryUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says that items take is what a region counts. */
class DocumentedSizesTest {
  private static final long GIGABYTE = 1L << 30;

  @Test
  void item_takesWhatTheTableSays() {
    List<List<String>> rows = Document.of("docs/operations.md").tables("key").get(0).rows();
    assertThat(rows).isNotEmpty();
    for (List<String> row : rows) {
      try (TestRegion region =
          TestRegion.with(
              cache -> cache.maxBytesLocalHeap(1, MemoryUnit.MEGABYTES).eternal(true))) {
        region.set(Key.of("k".repeat(number(row.get(0)))), new byte[number(row.get(1))], 0);

        assertThat(region.store.bytes()).isEqualTo(number(row.get(2)));
        assertThat(GIGABYTE / number(row.get(2)))
            .isCloseTo((long) number(row.get(3)), Offset.offset(1000L));
      }
    }
  }

  private static int number(String cell) {
    return Integer.parseInt(cell.replace(",", ""));
  }
}
