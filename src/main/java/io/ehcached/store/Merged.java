package io.ehcached.store;

/** The outcomes of merging a peer's write. */
public enum Merged {
  /** It was applied. */
  TAKEN,
  /** It was here already. */
  KNOWN,
  /** A newer item or removal is here. */
  OLDER,
  /** It was here before and was evicted, or removed so long ago that the removal is forgotten. */
  GONE,
  /** The region made no room for it. */
  NO_ROOM
}
