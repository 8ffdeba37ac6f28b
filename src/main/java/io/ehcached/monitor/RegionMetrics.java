package io.ehcached.monitor;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.admin.RegionStatus;
import io.ehcached.store.StoreCounts;

/** The metrics of the region: its items, its bounds and its evictions. */
final class RegionMetrics {
  private RegionMetrics() {}

  static void add(RegionStatus region, Counters counters, Families to) {
    StoreCounts counts = region.counts();
    to.gauge("current_items", "Items there are.").add(region.items());
    to.gauge("current_bytes", "Memory that the items take.").add(region.bytes());
    to.gauge("limit_bytes", "Memory that they may take; 0 is any.").add(region.maxBytes());
    to.gauge("limit_items", "Items that there may be; 0 is any number.").add(region.maxItems());
    to.counter("items", "Items stored by clients.").add(counters.total(Counter.TOTAL_ITEMS));
    to.counter("items_evicted", "Items dropped for want of room.").add(counts.evicted());
    to.counter("items_evicted_unfetched", "Of these, those that nobody had read.")
        .add(counts.evictedUnfetched());
    to.counter("items_reclaimed", "Dead items whose memory was given back.")
        .add(counts.reclaimed());
    to.counter("items_expired_unfetched", "Of these, those that nobody had read.")
        .add(counts.reclaimedUnfetched());
    Families.Family dead = to.counter("gets_of_dead_items", "Reads that found a dead item.");
    dead.add(counts.foundExpired(), "by", "expiry");
    dead.add(counts.foundFlushed(), "by", "flush");
    to.counter("item_too_large", "Items not stored since they were above the limit.")
        .add(counters.total(Counter.STORE_TOO_LARGE));
    to.counter("item_no_memory", "Items not stored since there was no room.")
        .add(counters.total(Counter.STORE_NO_MEMORY));
  }
}
