package io.ehcached.replication.spi;

/** Who the peers of one region are, now and as that changes. */
public interface PeerDirectory {
  /** Tells {@code watcher} of the peers there are already, and from then on of each change. */
  void watch(PeerWatcher watcher);

  /** Tells whether a URL is one of a peer that watchers were told of, maybe by another name. */
  default boolean knows(String url) {
    return false;
  }

  /** Tells whether a peer, by the URL of its link, is listed, and not only heard. */
  default boolean isListed(String url) {
    return true;
  }

  /** Tells whether there can be peers besides those that watchers are told of. */
  default boolean hasUnlisted() {
    return false;
  }

  /**
   * Returns a link to a peer that watchers are not told of: it called, or a peer told of it.
   *
   * @throws UnlistedException when this node does not accept that peer
   */
  default PeerLink unlisted(String url) throws UnlistedException {
    throw new UnlistedException("it knows listed peers only");
  }

  /** Counts a caller that was not accepted, and reports it to operators. */
  default void refused(String url, String why) {}
}
