package io.ehcached.protocol;

/**
 * The state of an item when a request found it: what is known beyond its stored fields.
 *
 * @param won the client is the one to bring a new value; nobody else is told so
 * @param stale the item was marked stale
 * @param alreadyWon another client was told before to bring a new value
 * @param fetched the item had been fetched before
 * @param idleSeconds how long ago the item was last fetched or written
 * @param ttlSeconds how long it has to live, rounded up, or {@link #FOREVER}
 * @param size what the item takes in memory, in bytes
 */
public record ItemState(
    boolean won,
    boolean stale,
    boolean alreadyWon,
    boolean fetched,
    long idleSeconds,
    long ttlSeconds,
    long size) {
  /** The {@link #ttlSeconds()} of an item that does not expire. */
  public static final long FOREVER = -1;
}
