package io.ehcached.command;

import io.ehcached.item.Key;
import java.util.List;

/** The cluster, as commands use it. */
public interface Cluster {
  /**
   * Tells whether replication is synchronous: clients are answered once the other nodes have their
   * writes.
   */
  boolean isSynchronous();

  /**
   * Runs {@code done} once every reachable node has the writes made here so far. It runs on this
   * thread before the method returns, or later on another.
   */
  void whenReplicated(Runnable done);

  /** Tells whether this node is still copying items from another. */
  boolean isCopying();

  /**
   * Fetches the items of some keys from another node, then runs {@code done} on another thread,
   * even after a failure.
   */
  void fetch(List<Key> keys, Runnable done);
}
