package io.ehcached.store;

import io.ehcached.item.Key;

/**
 * A prefetcher: it loads the memory of many items into the processor's caches at once, before they
 * are looked up one by one. Each look-up waits for memory three times in sequence; those of a batch
 * are independent, so that the processor waits for all of them as long as for one. It changes
 * nothing, and may miss items. Not safe for use by more than one thread.
 */
public final class Lookahead {
  private final ItemTable table; // null where Ehcache's own store keeps the items
  private final int[] hashes;
  private final StoredItem[] items;
  private int count;

  @SuppressWarnings("unused") // keeps the compiler from leaving out reads that nobody uses
  private int seen;

  /**
   * Creates a prefetcher.
   *
   * @param max how many keys it takes at once; those above are passed over
   */
  Lookahead(ItemTable table, int max) {
    this.table = table;
    hashes = new int[max];
    items = new StoredItem[max];
  }

  /** Adds a key that is going to be looked up. */
  public void add(Key key) {
    if (table != null && count < hashes.length) {
      hashes[count++] = key.hashCode();
    }
  }

  /** Fetches the items of the keys that were added since the last call. */
  public void fetch() {
    if (count > 1) {
      for (int i = 0; i < count; i++) {
        items[i] = table.first(hashes[i]);
      }
      for (int i = 0; i < count; i++) {
        StoredItem item = items[i];
        if (item != null && item.hash() != hashes[i]) {
          items[i] = item.next(); // few are further behind
        }
      }
      int sum = 0;
      for (int i = 0; i < count; i++) {
        if (items[i] != null) {
          sum += items[i].touch();
          items[i] = null; // lest it be kept when it has been replaced
        }
      }
      seen = sum;
    }
    count = 0;
  }
}
