package io.ehcached.store;

/**
 * Counts of evictions, reclaimed items and reads that found a dead item, since the node started.
 *
 * @param evicted items dropped for want of room
 * @param evictedUnfetched of these, the ones that nobody had read
 * @param evictedMortal of these, the ones that had an expiry of their own
 * @param evictedIdleMillis how long the item evicted last had been left alone; 0 if none was
 * @param reclaimed dead items whose memory was given back
 * @param reclaimedUnfetched of these, the ones that nobody had read
 * @param foundExpired reads that found an item after its expiry
 * @param foundFlushed reads that found an item that a flush had killed
 */
public record StoreCounts(
    long evicted,
    long evictedUnfetched,
    long evictedMortal,
    long evictedIdleMillis,
    long reclaimed,
    long reclaimedUnfetched,
    long foundExpired,
    long foundFlushed) {
  /** All counts are 0. */
  public static final StoreCounts ZERO = new StoreCounts(0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns the differences from earlier counts. */
  public StoreCounts since(StoreCounts before) {
    return new StoreCounts(
        evicted - before.evicted,
        evictedUnfetched - before.evictedUnfetched,
        evictedMortal - before.evictedMortal,
        evicted == before.evicted ? 0 : evictedIdleMillis,
        reclaimed - before.reclaimed,
        reclaimedUnfetched - before.reclaimedUnfetched,
        foundExpired - before.foundExpired,
        foundFlushed - before.foundFlushed);
  }
}
