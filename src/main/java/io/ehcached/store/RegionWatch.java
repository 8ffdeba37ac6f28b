package io.ehcached.store;

import io.ehcached.item.StampClock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.event.CacheEventListenerAdapter;

/** Listens to what happens in a region, be it done here, by a peer, or by the region itself. */
final class RegionWatch extends CacheEventListenerAdapter {
  private final StampClock clock;
  private final StoreCounter counter;
  private final Predicate<StoredItem> isRefused;
  private final AtomicReference<FlushMark> mark = new AtomicReference<>(FlushMark.NONE);
  private volatile Ledger ledger;

  /**
   * Makes a watch.
   *
   * @param isRefused tells whether an item that the region evicts is the one just being put
   */
  RegionWatch(StampClock clock, StoreCounter counter, Predicate<StoredItem> isRefused) {
    this.clock = clock;
    this.counter = counter;
    this.isRefused = isRefused;
  }

  /** Sets who is told of items that leave. */
  void keep(Ledger kept) {
    ledger = kept;
  }

  /** Returns the newest of what this node was told about flushes. */
  FlushMark mark() {
    return mark.get();
  }

  private void learn(StoredItem item) {
    FlushMark merged = mark.accumulateAndGet(FlushMark.of(item), FlushMark::merge);
    clock.observe(merged.done());
    clock.observe(merged.asked());
  }

  @Override
  public void notifyElementPut(Ehcache region, Element element) {
    written(element);
  }

  @Override
  public void notifyElementUpdated(Ehcache region, Element element) {
    written(element);
  }

  /** Takes note of an element that is in the region. */
  void written(Element element) {
    clock.observe(element.getVersion());
    if (element instanceof StoredItem item && item.key().length() == 0) {
      learn(item);
    }
  }

  @Override
  public void notifyElementRemoved(Ehcache region, Element element) {
    left(element);
  }

  @Override
  public void notifyElementExpired(Ehcache region, Element element) {
    counter.reclaimed(element);
    left(element);
  }

  private void left(Element element) {
    Ledger kept = ledger;
    if (kept != null && element instanceof StoredItem item) {
      kept.left(item);
    }
  }

  @Override
  public void notifyElementEvicted(Ehcache region, Element element) {
    left(element);
    if (!(element instanceof StoredItem item && isRefused.test(item))) {
      counter.evicted(element);
    }
  }
}
