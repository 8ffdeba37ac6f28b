package io.ehcached.replication.sender;

import io.ehcached.item.Key;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys whose newest write one peer has yet to get, in the order in which they became so; a key
 * is in it once, however often it is written. Past its bound it is emptied, and only counts what is
 * dropped, until the peer has all of that. Safe for use by many threads.
 */
public final class DirtyKeys {
  private final int bound;
  private Map<Key, Long> keys = new LinkedHashMap<>();
  private long oldest;
  private long tickets;
  private int taken;
  private long takenOldest;
  private boolean waiting;
  private boolean overflowing; // since the set was emptied, keys are only counted
  private long overflows;
  private long losses; // how often it was emptied, or keys were refused
  private long dropped; // writes since then that nobody has looked for yet
  private long droppedSince;

  /**
   * Keys taken out together.
   *
   * @param stamps of each key's newest write; negative when the peer is only to drop what it has
   * @param ticket how many writes had been noted when they were taken
   * @param losses how often all keys had been dropped by then
   * @param complete whether no write was missing that had been noted by then
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Batch(Key[] keys, long[] stamps, long ticket, long losses, boolean complete) {}

  /**
   * What had been noted at a moment.
   *
   * @param losses how often all keys had been dropped
   * @param tickets how many writes had been noted
   */
  public record Mark(long losses, long tickets) {}

  private record Swapped(Map<Key, Long> keys, long ticket, long losses, boolean complete) {
    /** Makes a batch of what was taken, outside the monitor, since it takes time. */
    Batch toBatch() {
      Key[] names = new Key[keys.size()];
      long[] stamps = new long[names.length];
      int i = 0;
      for (Map.Entry<Key, Long> entry : keys.entrySet()) {
        names[i] = entry.getKey();
        stamps[i++] = entry.getValue();
      }
      return new Batch(names, stamps, ticket, losses, complete);
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
    if (overflowing) {
      dropped++;
      return false;
    }
    if (keys.isEmpty()) {
      oldest = now;
    }
    keys.put(key, stamp);
    if (keys.size() > bound) {
      overflows++;
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
    Swapped swapped = new Swapped(keys, tickets, losses, dropped == 0);
    takenOldest = oldest;
    taken = keys.size();
    keys = new LinkedHashMap<>();
    return swapped;
  }

  /**
   * Drops all keys, and those to come until {@link #recover}.
   *
   * @param now used where there is none
   */
  synchronized void lose(long now) {
    overflowing = true;
    countLoss(keys.isEmpty() ? now : oldest);
    dropped += keys.size();
    keys = new LinkedHashMap<>();
  }

  /**
   * Notes that the peer refused keys that were sent: it lacks them, as it lacks what was dropped.
   *
   * @param again whether they may be the same as before
   */
  synchronized void refused(long count, boolean again, long now) {
    countLoss(now);
    dropped = again ? Math.max(dropped, count) : dropped + count;
  }

  /**
   * Counts that writes were lost, and notes since when any have been.
   *
   * @param since the age of the oldest, unless older ones are being sent
   */
  private void countLoss(long since) {
    losses++;
    if (dropped == 0) {
      droppedSince = taken > 0 ? takenOldest : since;
    }
  }

  /** Keeps keys again from now on, and tells whether any were dropped since it last did. */
  synchronized boolean recover() {
    boolean lost = overflowing;
    overflowing = false;
    return lost;
  }

  /** Tells whether keys are being dropped. */
  synchronized boolean isOverflowing() {
    return overflowing;
  }

  /** Returns how often all keys were dropped since there were too many. */
  synchronized long overflows() {
    return overflows;
  }

  /** Returns what has been noted so far. */
  synchronized Mark mark() {
    return new Mark(losses, tickets);
  }

  /**
   * Notes that the peer has all that had been noted at a moment.
   *
   * @return whether nothing is missing now, since nothing was dropped since
   */
  synchronized boolean found(Mark then) {
    if (then.losses() == losses && !overflowing) {
      dropped = 0;
    }
    return dropped == 0;
  }

  /** Tells whether writes were dropped that the peer may not have. */
  synchronized boolean isMissing() {
    return dropped > 0 || overflowing;
  }

  /**
   * Returns how many keys the peer may lack: those there are, those taken and not yet sent, and as
   * many as there were writes dropped, of which some may have been to one key.
   */
  synchronized long size() {
    return keys.size() + taken + dropped;
  }

  /** Returns how many keys there are, those taken and not yet sent among them. */
  synchronized long waiting() {
    return (long) keys.size() + taken;
  }

  /** Returns how long the oldest key has been dirty, by the clock of {@link #add}; 0 if none is. */
  synchronized long lag(long now) {
    long since = dropped > 0 ? droppedSince : taken > 0 ? takenOldest : oldest;
    boolean none = since == 0 || (dropped == 0 && taken == 0 && keys.isEmpty());
    return none ? 0 : Math.max(0, now - since);
  }

  /** Returns how many writes were noted so far. */
  synchronized long tickets() {
    return tickets;
  }
}
