package io.ehcached.store;

/** What became of a peer's write. */
public enum Merged {
  /** It stands now. */
  TAKEN,
  /** It stood already. */
  KNOWN,
  /** A newer one stands here, be it an item or a removal. */
  OLDER,
  /** It stood here before, and was evicted, or removed so long ago that this is forgotten. */
  GONE,
  /** The region made no room for it. */
  NO_ROOM
}
