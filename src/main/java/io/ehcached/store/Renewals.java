package io.ehcached.store;

import io.ehcached.item.Key;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The writes that were written once more, with the stamps that they had first. By its new stamp
 * such a write would win over one that is older than that and newer than the first, and which a
 * node holds that was out of reach. So first stamps decide which of two writes is the newer where
 * there are any. Safe for use by many threads.
 */
final class Renewals {
  private final int bound;
  private final Map<Key, Renewal> byKey = new LinkedHashMap<>(); // guarded by itself
  private volatile boolean any;
  private volatile long count;

  private record Renewal(long stamp, long first) {}

  /**
   * Makes an empty memory.
   *
   * @param bound how many renewals are remembered at most; then the oldest are forgotten
   */
  Renewals(int bound) {
    this.bound = bound;
  }

  /** Records that a write's new stamp replaces its first one. */
  void put(Key key, long stamp, long first) {
    synchronized (byKey) {
      byKey.remove(key);
      byKey.put(key, new Renewal(stamp, first));
      if (byKey.size() > bound) {
        byKey.remove(byKey.keySet().iterator().next());
      }
      any = true;
      count++;
    }
  }

  /** Returns how often a write was recorded that was written once more, here or by a peer. */
  long count() {
    return count;
  }

  /**
   * Returns the keys and present stamps of the writes whose first stamp is at most {@code stamp}.
   */
  Map<Key, Long> older(long stamp) {
    Map<Key, Long> older = new LinkedHashMap<>();
    synchronized (byKey) {
      byKey.forEach(
          (key, renewal) -> {
            if (renewal.first <= stamp) {
              older.put(key, renewal.stamp);
            }
          });
    }
    return older;
  }

  /** Returns the stamp that a write had first, which usually is its present one. */
  long first(Key key, long stamp) {
    if (!any) {
      return stamp;
    }
    synchronized (byKey) {
      Renewal renewal = byKey.get(key);
      return renewal == null || renewal.stamp != stamp ? stamp : renewal.first;
    }
  }
}
