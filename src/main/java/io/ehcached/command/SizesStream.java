package io.ehcached.command;

import io.ehcached.protocol.Stat;
import io.ehcached.store.StoredItem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** The number of items of each size, in steps of 32 bytes as in memcached. */
final class SizesStream extends WalkStream {
  private static final int STEP = 32;

  private final Iterator<StoredItem> items;
  private Iterator<Map.Entry<Long, Long>> counted;

  SizesStream(Iterator<StoredItem> items, Executor thread, Runnable onClose) {
    super(thread, onClose);
    this.items = items;
  }

  @Override
  Part part() {
    if (counted == null) {
      counted = count().entrySet().iterator();
    }
    List<Line> lines = new ArrayList<>();
    int bytes = 0;
    while (bytes < PART_BYTES && counted.hasNext()) {
      Map.Entry<Long, Long> next = counted.next();
      Line line = new StatLine(Stat.of(Long.toString(next.getKey() * STEP), next.getValue()));
      lines.add(line);
      bytes += line.length();
    }
    return new Part(lines, !counted.hasNext());
  }

  private SortedMap<Long, Long> count() {
    SortedMap<Long, Long> counts = new TreeMap<>();
    while (items.hasNext() && !isClosed()) {
      counts.merge((items.next().size() + STEP - 1) / STEP, 1L, Long::sum);
    }
    return counts;
  }
}
