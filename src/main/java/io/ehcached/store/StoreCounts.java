package io.ehcached.store;

/**
 * What happened to a region's items by themselves since the node started.
 *
 * @param evicted items dropped for want of room
 * @param evictedUnfetched of these, the ones that nobody had read
 * @param expired items whose memory was given back after their expiry
 * @param expiredUnfetched of these, the ones that nobody had read
 */
public record StoreCounts(
    long evicted, long evictedUnfetched, long expired, long expiredUnfetched) {}
