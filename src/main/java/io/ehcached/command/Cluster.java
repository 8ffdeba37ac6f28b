package io.ehcached.command;

import io.ehcached.item.Key;
import java.util.List;

/** What commands need of the nodes that hold the same items. */
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

  /** Tells whether clients are answered only once the other nodes have their writes. */
  boolean isSynchronous();

  /**
   * Runs {@code done} once every node within reach has what was written here until now. It runs
   * here and now, or later on another thread.
   */
  void whenReplicated(Runnable done);

  /** Tells whether this node does not hold yet what the others hold. */
  boolean isCopying();

  /**
   * Gets what another node holds under some keys, then runs {@code done} on another thread,
   * whatever came of it.
   */
  void fetch(List<Key> keys, Runnable done);
}
