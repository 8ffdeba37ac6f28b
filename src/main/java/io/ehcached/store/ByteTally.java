package io.ehcached.store;

import java.util.concurrent.atomic.LongAdder;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.event.CacheEventListenerAdapter;

/**
 * Adds up what the items of a region take, in bytes; Ehcache itself does so only where the bytes
 * are bounded. An item that a peer replaces is taken off no sooner than at the next {@link
 * #correct}, since Ehcache does not tell which it was. Safe for use by many threads.
 */
final class ByteTally extends CacheEventListenerAdapter {
  private final LongAdder bytes = new LongAdder();

  long bytes() {
    return bytes.sum();
  }

  /** Adds an item that the listeners are not told of. */
  void added(StoredItem item) {
    bytes.add(ItemSizes.of(item));
  }

  /** Takes off an item that another is about to replace. */
  void replaced(StoredItem item) {
    bytes.add(-ItemSizes.of(item));
  }

  /**
   * Makes up for what a walk over the items found otherwise; what lies between the tallies at its
   * start and its end can be due to writes meanwhile, and is no error.
   */
  void correct(long counted, long atStart) {
    long atEnd = bytes.sum();
    long plausible =
        Math.max(Math.min(atStart, atEnd), Math.min(Math.max(atStart, atEnd), counted));
    bytes.add(counted - plausible);
  }

  private void add(Element element, int sign) {
    if (element instanceof StoredItem item) {
      bytes.add(sign * ItemSizes.of(item));
    }
  }

  @Override
  public void notifyElementPut(Ehcache region, Element element) {
    add(element, 1);
  }

  @Override
  public void notifyElementUpdated(Ehcache region, Element element) {
    add(element, 1);
  }

  @Override
  public void notifyElementRemoved(Ehcache region, Element element) {
    add(element, -1);
  }

  @Override
  public void notifyElementExpired(Ehcache region, Element element) {
    add(element, -1);
  }

  @Override
  public void notifyElementEvicted(Ehcache region, Element element) {
    add(element, -1);
  }

  @Override
  public void notifyRemoveAll(Ehcache region) {
    bytes.reset();
  }
}
