package io.ehcached.store;

/**
 * Thrown when a region has no room for an item. What the key held before is still there if the node
 * was told to evict nothing, else it is gone.
 */
public final class RegionFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegionFullException() {
    super("the region made no room for the item", null, false, false);
  }
}
