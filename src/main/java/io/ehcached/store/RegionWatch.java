package io.ehcached.store;

import io.ehcached.item.StampClock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.event.CacheEventListenerAdapter;

/** Listens to what happens in a region, be it done here, by a peer, or by the region itself. */
final class RegionWatch extends CacheEventListenerAdapter {
  private final StampClock clock;
  private final Consumer<StoredItem> onEvicted;
  private final AtomicReference<FlushMark> mark = new AtomicReference<>(FlushMark.NONE);
  private final LongAdder evicted = new LongAdder();
  private final LongAdder evictedUnfetched = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final LongAdder expiredUnfetched = new LongAdder();

  RegionWatch(StampClock clock, Consumer<StoredItem> onEvicted) {
    this.clock = clock;
    this.onEvicted = onEvicted;
  }

  /** Returns the newest of what this node was told about flushes. */
  FlushMark mark() {
    return mark.get();
  }

  /** Takes in a mark from the region. */
  void learn(StoredItem item) {
    FlushMark merged = mark.accumulateAndGet(FlushMark.of(item), FlushMark::merge);
    clock.observe(merged.done());
    clock.observe(merged.asked());
  }

  StoreCounts counts() {
    return new StoreCounts(
        evicted.sum(), evictedUnfetched.sum(), expired.sum(), expiredUnfetched.sum());
  }

  @Override
  public void notifyElementPut(Ehcache region, Element element) {
    written(element);
  }

  @Override
  public void notifyElementUpdated(Ehcache region, Element element) {
    written(element);
  }

  private void written(Element element) {
    clock.observe(element.getVersion());
    if (element instanceof StoredItem item && item.key().length() == 0) {
      learn(item);
    }
  }

  @Override
  public void notifyElementExpired(Ehcache region, Element element) {
    expired.increment();
    if (element.getHitCount() == 0) {
      expiredUnfetched.increment();
    }
  }

  @Override
  public void notifyElementEvicted(Ehcache region, Element element) {
    evicted.increment();
    if (element.getHitCount() == 0) {
      evictedUnfetched.increment();
    }
    if (element instanceof StoredItem item) {
      onEvicted.accept(item);
    }
  }
}
