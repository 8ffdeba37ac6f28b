package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.item.Marks;

/**
 * An item with marks, or with a cas unique of its own; a class of its own, so that other items need
 * no fields for them.
 */
final class MarkedItem extends StoredItem {
  private static final long serialVersionUID = 1L;

  private final int marks;
  private final long cas;

  MarkedItem(Key key, byte[] value, int flags, long expiry, int marks, long cas) {
    super(key, value, flags, expiry);
    this.marks = marks;
    this.cas = cas;
  }

  MarkedItem(StoredItem like, int marks, long cas) {
    super(like);
    this.marks = marks;
    this.cas = cas;
  }

  @Override
  public int marks() {
    return marks;
  }

  @Override
  public long cas() {
    return (marks & Marks.OWN_CAS) != 0 ? cas : super.cas();
  }
}
