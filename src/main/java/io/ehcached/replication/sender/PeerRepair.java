package io.ehcached.replication.sender;

import io.ehcached.replication.status.Equality;
import io.ehcached.replication.wire.Hello;
import io.ehcached.store.HistoryView;

/**
 * What finds and repairs differences to one peer, as the peer's sender sees it. Safe for use by
 * many threads.
 */
public interface PeerRepair {
  /** Uses the link that the sender has from now on. */
  void begin();

  /** Does nothing more until there is another link. */
  void end();

  /** Ends for good. */
  void stop();

  /** Has the peer compared with at once, since it can be called again. */
  void connected(Hello hello);

  /** Looks for what was dropped. */
  void lost();

  /** Takes note that a process of the peer gave this node all that it held. */
  void agreed(long incarnation, HistoryView view);

  /** Finds out whether this node has caught up with the peer. */
  void lookAt(PeerCatchUp catchUp);

  /** Tells whether what the peer claims of its own writes can be believed. */
  boolean isBelieving();

  /** Returns whether the peer and this node hold the same. */
  Equality equality();
}
