package io.ehcached.replication;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.replication.wire.Entry;
import io.ehcached.store.Held;
import io.ehcached.store.Merged;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;

/** The view of a store that replication gives to peers. */
final class ReplicaView {
  private final Store store;

  ReplicaView(Store store) {
    this.store = store;
  }

  /** Returns what a peer should hold under a key, or null when nothing is known of it. */
  Entry current(Key key) {
    StoredItem item = store.held(key);
    if (item == null) {
      long removed = store.ledger().death(key);
      if (removed != Stamp.NONE) {
        return withFirst(Entry.removal(key, removed));
      }
      item = store.held(key); // written between the two looks
      if (item == null) {
        return null;
      }
    }
    if (store.isFlushed(item)) {
      return null;
    }
    return withFirst(store.isExpired(item) ? Entry.removal(key, item.stamp()) : Entry.of(item));
  }

  private Entry withFirst(Entry entry) {
    return entry.withFirst(store.ledger().first(entry.key(), entry.stamp()));
  }

  /**
   * Returns what a peer is to be told of a key that was written here.
   *
   * @param stamp that the write had first; negative when the peer is only to drop what it has
   */
  Entry outgoing(Key key, long stamp) {
    if (stamp < 0) {
      return Entry.removal(key, -stamp);
    }
    Entry entry = current(key);
    if (entry != null && entry.first() < stamp && key.length() > 0) {
      // What was written here was forgotten, and something older taken since.
      store.peerWrites().removeOlder(key, entry.stamp(), stamp);
      entry = current(key);
    }
    if (entry == null && key.length() > 0 && store.held(key) == null) {
      // Evicted before it was sent. What the peer has is older, and must not outlive it.
      return Entry.removal(key, stamp - 1);
    }
    return entry;
  }

  Merged merge(Entry entry) {
    return entry.item() == null
        ? store.peerWrites().mergeRemoval(entry.key(), entry.stamp(), entry.first())
        : store.peerWrites().merge(entry.item(), entry.first());
  }

  /** Tells whether anything is known of a key. */
  boolean knows(Key key) {
    return store.held(key) != null || store.ledger().death(key) != Stamp.NONE;
  }

  private boolean hadAndLost(Held line) {
    return store.ledger().history().covers(line.stamp());
  }

  /** Holds a peer's write against what is here. */
  StampComparison standing(Held line) {
    StoredItem item = store.held(line.key());
    long removed = store.ledger().death(line.key());
    long stamp = item == null ? removed : Math.max(removed, item.stamp());
    if (stamp == Stamp.NONE) {
      return StampComparison.MISSING;
    }
    if (item == null && removed < line.stamp() && !line.removal() && hadAndLost(line)) {
      return StampComparison
          .MISSING; // the removal is of something older, and would not take the item
    }
    boolean removal = removed == stamp;
    if (stamp == line.stamp() && removal == line.removal()) {
      return StampComparison.SAME;
    }
    return stamp > line.stamp() || (stamp == line.stamp() && removal)
        ? StampComparison.NEWER
        : StampComparison.OLDER;
  }
}
