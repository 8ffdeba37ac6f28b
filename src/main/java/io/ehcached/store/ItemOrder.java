package io.ehcached.store;

import java.util.Arrays;

/**
 * Which of two writes to one key stands: the one with the greater stamp. Equal stamps can only come
 * of two nodes that drew the same number; then values and flags decide, the same way everywhere.
 */
final class ItemOrder {
  private ItemOrder() {}

  /** Returns a number above 0 when {@code one} stands, below 0 when {@code other} does. */
  static int compare(StoredItem one, StoredItem other) {
    int order = Long.compareUnsigned(one.stamp(), other.stamp());
    if (order == 0) {
      order = Arrays.compareUnsigned(one.value(), other.value());
    }
    return order == 0 ? Integer.compareUnsigned(one.flags(), other.flags()) : order;
  }
}
