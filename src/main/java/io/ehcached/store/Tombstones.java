package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * The removals that a node remembers, so that an older write that arrives late does not restore the
 * item. It keeps them for a limited time and up to a limited number; {@link #forgotten()} tells how
 * far back they reach. Safe for use by many threads; a key's own tombstone changes only under the
 * key's lock or when it is forgotten.
 */
public final class Tombstones {
  private final int bound;
  private final long windowMillis;
  private final Map<Key, Tombstone> byKey = new ConcurrentHashMap<>();

  /** In order of arrival; those that are no longer in {@link #byKey} mean nothing. */
  private final Queue<Tombstone> byAge = new ConcurrentLinkedQueue<>();

  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicLong forgotten = new AtomicLong();

  /**
   * One removal.
   *
   * @param arrived when this node came to know of it, in milliseconds, by a clock that only runs
   *     forward
   */
  public record Tombstone(Key key, long stamp, long arrived) {}

  /**
   * Makes an empty memory.
   *
   * @param bound the most removals to keep
   * @param windowMillis how long to keep each
   */
  Tombstones(int bound, long windowMillis) {
    this.bound = bound;
    this.windowMillis = windowMillis;
  }

  /** Returns the stamp of the key's removal, or {@link Stamp#NONE}. */
  public long stamp(Key key) {
    Tombstone tombstone = byKey.get(key);
    return tombstone == null ? Stamp.NONE : tombstone.stamp();
  }

  /** Returns all removals that are remembered. */
  public Collection<Tombstone> all() {
    return byKey.values();
  }

  /** Returns the number of removals that are remembered. */
  public int size() {
    return byKey.size();
  }

  /**
   * Returns the time up to which removals may have been forgotten, by the clock of {@link #put}; 0
   * when none was.
   */
  public long forgotten() {
    return forgotten.get();
  }

  /** Remembers a removal; returns the key's previous one, or null. */
  Tombstone put(Key key, long stamp, long now) {
    Tombstone tombstone = new Tombstone(key, stamp, now);
    Tombstone before = byKey.put(key, tombstone);
    byAge.add(tombstone);
    queued.incrementAndGet();
    return before;
  }

  /** Forgets a key's removal, because an item was stored; returns it, or null. */
  Tombstone remove(Key key) {
    return byKey.isEmpty() ? null : byKey.remove(key);
  }

  /**
   * Forgets removals that are too old, too many or not needed, and passes each to {@code
   * onForgotten}.
   *
   * @param needless tells whether a removal with a stamp need not be remembered
   */
  void purge(long now, LongPredicate needless, Consumer<Tombstone> onForgotten) {
    while (true) {
      Tombstone oldest = byAge.peek();
      if (oldest == null
          || (queued.get() <= bound
              && now - oldest.arrived() < windowMillis
              && !needless.test(oldest.stamp()))
          || !byAge.remove(oldest)) { // another thread is at it
        return;
      }
      queued.decrementAndGet();
      if (byKey.remove(oldest.key(), oldest)) {
        forgotten.accumulateAndGet(oldest.arrived(), Math::max);
        onForgotten.accept(oldest);
      }
    }
  }
}
