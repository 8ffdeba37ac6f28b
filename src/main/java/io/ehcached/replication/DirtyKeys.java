package io.ehcached.replication;

import io.ehcached.item.Key;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys whose newest write one peer has yet to get, in the order in which they became so; a key
 * is in it once, however often it is written. Past its bound it is emptied, and only remembers
 * since when. Safe for use by many threads.
 */
final class DirtyKeys {
  private final int bound;
  private Map<Key, Long> keys = new LinkedHashMap<>();
  private long oldest;
  private long tickets;
  private long lostSince;
  private int taken;
  private long takenOldest;
  private boolean waiting;

  /**
   * Keys taken out together.
   *
   * @param stamps of each key's newest write; negative when the peer is only to drop what it has
   * @param ticket how many writes had been noted when they were taken
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Batch(Key[] keys, long[] stamps, long ticket) {}

  private record Swapped(Map<Key, Long> keys, long ticket) {
    /** Makes a batch of what was taken, outside the monitor, since it takes time. */
    Batch toBatch() {
      Key[] names = new Key[keys.size()];
      long[] stamps = new long[names.length];
      int i = 0;
      for (Map.Entry<Key, Long> entry : keys.entrySet()) {
        names[i] = entry.getKey();
        stamps[i++] = entry.getValue();
      }
      return new Batch(names, stamps, ticket);
    }
  }

  DirtyKeys(int bound) {
    this.bound = bound;
  }

  /**
   * Notes a write.
   *
   * @param stamp of the write; negative when the peer is only to drop what it has
   * @return whether the last {@link #take} found nothing, so that somebody waits for this
   */
  synchronized boolean add(Key key, long stamp, long now) {
    tickets++;
    if (lostSince != 0) {
      return false;
    }
    if (keys.isEmpty()) {
      oldest = now;
    }
    keys.put(key, stamp);
    if (keys.size() > bound) {
      lose(oldest);
    }
    boolean awaited = waiting;
    waiting = false;
    return awaited;
  }

  /** Takes all keys there are, or null when there are none; the next {@link #add} tells then. */
  Batch take() {
    Swapped swapped;
    synchronized (this) {
      waiting = keys.isEmpty();
      if (waiting) {
        return null;
      }
      swapped = swap();
    }
    return swapped.toBatch();
  }

  /** Notes how many of the keys that were taken are still to be sent. */
  synchronized void left(int keysLeft) {
    taken = keysLeft;
  }

  private Swapped swap() {
    Swapped swapped = new Swapped(keys, tickets);
    takenOldest = oldest;
    taken = keys.size();
    keys = new LinkedHashMap<>();
    return swapped;
  }

  /** Drops all keys, and those to come, as of writes since a moment. */
  synchronized void lose(long since) {
    lostSince = lostSince == 0 ? since : Math.min(lostSince, since);
    keys = new LinkedHashMap<>();
  }

  /** Returns since when writes were dropped, or 0; from now on keys are kept again. */
  synchronized long recover() {
    long since = lostSince;
    lostSince = 0;
    return since;
  }

  /** Tells whether writes were dropped. */
  synchronized boolean lost() {
    return lostSince != 0;
  }

  /** Returns how many keys there are, those taken and not yet sent among them. */
  synchronized long size() {
    return (long) keys.size() + taken;
  }

  /** Returns when the oldest key became dirty, in milliseconds of the wall clock, or 0. */
  synchronized long oldest() {
    if (lostSince != 0) {
      return lostSince;
    }
    if (taken > 0) {
      return takenOldest;
    }
    return keys.isEmpty() ? 0 : oldest;
  }

  /** Returns how many writes were noted so far. */
  synchronized long tickets() {
    return tickets;
  }
}
