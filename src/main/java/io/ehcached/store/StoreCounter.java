package io.ehcached.store;

import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@link StoreCounts}. Safe for use by many threads. */
final class StoreCounter {
  private final LongAdder evicted = new LongAdder();
  private final LongAdder evictedUnfetched = new LongAdder();
  private final LongAdder evictedMortal = new LongAdder();
  private volatile long evictedIdleMillis;
  private final LongAdder reclaimed = new LongAdder();
  private final LongAdder reclaimedUnfetched = new LongAdder();
  private final LongAdder foundExpired = new LongAdder();
  private final LongAdder foundFlushed = new LongAdder();

  void evicted(StoredItem item, long now) {
    evicted.increment();
    if (!item.isUsed()) {
      evictedUnfetched.increment();
    }
    evictedIdleMillis = Math.max(0, now - item.lastUse());
    if (item.isMortal()) {
      evictedMortal.increment();
    }
  }

  void reclaimed(StoredItem item) {
    reclaimed.increment();
    if (!item.isUsed()) {
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
