package io.ehcached.command;

import io.ehcached.protocol.ItemState;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;

/** A list of all live items, or of the first ones, produced in parts as the client reads it. */
final class Dump extends WalkStream {
  private static final long MILLIS = 1000;

  private final Store store;
  private final Iterator<StoredItem> items;
  private long left;

  /**
   * Makes a dump.
   *
   * @param max how many items to list at most
   * @param thread where parts are made
   * @param onClose is run once, at the end
   */
  Dump(Store store, long max, Executor thread, Runnable onClose) {
    super(thread, onClose);
    this.store = store;
    this.items = store.items();
    this.left = max;
  }

  @Override
  Part part() {
    List<Line> lines = new ArrayList<>();
    int bytes = 0;
    boolean more = left > 0 && items.hasNext();
    while (more && bytes < PART_BYTES && !isClosed()) {
      ItemLine line = line(items.next());
      lines.add(line);
      bytes += line.length();
      left--;
      more = left > 0 && items.hasNext();
    }
    return new Part(lines, !more);
  }

  private ItemLine line(StoredItem item) {
    long expires = store.end(item);
    return new ItemLine(
        item.key(),
        item.value().length,
        item.flags(),
        expires == Long.MAX_VALUE ? ItemState.FOREVER : expires / MILLIS,
        item.lastUse() / MILLIS,
        item.cas(),
        item.isUsed(),
        item.size());
  }
}
