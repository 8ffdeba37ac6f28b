package io.ehcached.command;

import io.ehcached.item.Key;
import java.util.List;

/** The cluster, as commands use it. */
public interface Cluster {
  /** No other nodes: nothing waits for them, and nothing can be fetched. */
  Cluster NONE =
      new Cluster() {
        @Override
        public boolean isSynchronous() {
          return false;
        }

        @Override
        public void whenReplicated(Runnable done) {
          done.run();
        }

        @Override
        public boolean isCopying() {
          return false;
        }

        @Override
        public void fetch(List<Key> keys, Runnable done) {
          throw new IllegalStateException("there is no node to fetch from");
        }
      };

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
