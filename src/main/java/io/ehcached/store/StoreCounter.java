package io.ehcached.store;

import io.ehcached.item.Expiry;
import java.util.concurrent.atomic.LongAdder;
import net.sf.ehcache.Element;

/** Counts what becomes {@link StoreCounts}. Safe for use by many threads. */
final class StoreCounter {
  private final LongAdder evicted = new LongAdder();
  private final LongAdder evictedUnfetched = new LongAdder();
  private final LongAdder evictedMortal = new LongAdder();
  private volatile long evictedIdleMillis;
  private final LongAdder reclaimed = new LongAdder();
  private final LongAdder reclaimedUnfetched = new LongAdder();
  private final LongAdder foundExpired = new LongAdder();
  private final LongAdder foundFlushed = new LongAdder();

  void evicted(Element element) {
    evicted.increment();
    if (element.getHitCount() == 0) {
      evictedUnfetched.increment();
    }
    evictedIdleMillis = System.currentTimeMillis() - element.getLastAccessTime();
    if (element instanceof StoredItem item && item.expiry() != Expiry.REGION) {
      evictedMortal.increment();
    }
  }

  void reclaimed(Element element) {
    reclaimed.increment();
    if (element.getHitCount() == 0) {
      reclaimedUnfetched.increment();
    }
  }

  void foundDead(boolean expired) {
    (expired ? foundExpired : foundFlushed).increment();
  }

  StoreCounts counts() {
    return new StoreCounts(
        evicted.sum(),
        evictedUnfetched.sum(),
        evictedMortal.sum(),
        evictedIdleMillis,
        reclaimed.sum(),
        reclaimedUnfetched.sum(),
        foundExpired.sum(),
        foundFlushed.sum());
  }
}
