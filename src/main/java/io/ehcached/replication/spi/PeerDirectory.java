package io.ehcached.replication.spi;

/** Who the peers of one region are, now and as that changes. */
public interface PeerDirectory {
  /** Tells {@code watcher} of the peers there are already, and from then on of each change. */
  void watch(PeerWatcher watcher);
}
