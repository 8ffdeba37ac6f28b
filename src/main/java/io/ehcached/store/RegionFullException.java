package io.ehcached.store;

/** Says that the region made no room for an item; what the key held before is gone. */
public final class RegionFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RegionFullException() {
    super("the region made no room for the item", null, false, false);
  }
}
