package io.ehcached.store;

/**
 * What happened to a region's items by themselves since the node started.
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
  /** Nothing happened yet. */
  public static final StoreCounts ZERO = new StoreCounts(0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns what happened since {@code before} was counted. */
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
