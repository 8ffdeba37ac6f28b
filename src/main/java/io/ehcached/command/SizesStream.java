package io.ehcached.command;

import io.ehcached.protocol.Stat;
import io.ehcached.store.StoredItem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** How many items there are of each size, in steps of 32 bytes as memcached has them. */
final class SizesStream extends WalkStream {
  private static final int STEP = 32;

  private final Iterator<StoredItem> items;

  SizesStream(Iterator<StoredItem> items, Executor thread, Runnable onClose) {
    super(thread, onClose);
    this.items = items;
  }

  @Override
  Part part() {
    SortedMap<Long, Long> counts = new TreeMap<>();
    while (items.hasNext() && !isClosed()) {
      counts.merge((items.next().size() + STEP - 1) / STEP, 1L, Long::sum);
    }
    List<Line> lines = new ArrayList<>();
    counts.forEach(
        (step, count) -> lines.add(new StatLine(Stat.of(Long.toString(step * STEP), count))));
    return new Part(lines, true);
  }
}
