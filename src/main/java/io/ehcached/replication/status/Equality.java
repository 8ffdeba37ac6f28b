package io.ehcached.replication.status;

import java.util.OptionalLong;

/**
 * Whether a peer and this node hold the same items, as comparing found.
 *
 * @param compared whether nodes compare at all: they do where all changes are replicated
 * @param inSync whether the peer can be reached, and what both held a short time ago was the same
 * @param differingKeys how many keys differed when the last difference was looked at; 0 since no
 *     difference was found; empty while nothing was compared with this process of the peer
 * @param secondsSinceEqual at most so many seconds ago both held the same items; items that only
 *     one of them evicted or let expire do not count. Empty if they never did
 */
public record Equality(
    boolean compared, boolean inSync, OptionalLong differingKeys, OptionalLong secondsSinceEqual) {
  /** For how long nodes stay in sync after they were found to be, in seconds. */
  public static final long MAX_SECONDS = 30;

  /** What is known of a peer with which nothing is compared. */
  public static final Equality NOT_COMPARED =
      new Equality(false, false, OptionalLong.empty(), OptionalLong.empty());
}
