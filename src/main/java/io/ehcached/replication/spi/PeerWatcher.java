package io.ehcached.replication.spi;

/**
 * Is told who the peers of a region are. Calls come one at a time, and must return soon: they hold
 * up discovery.
 */
public interface PeerWatcher {
  /** There is a peer that was not known, or one that was started anew. It may not answer yet. */
  void joined(PeerLink peer);

  /** A peer that had joined is no longer there, or is about to join again as another process. */
  void left(PeerLink peer);
}
