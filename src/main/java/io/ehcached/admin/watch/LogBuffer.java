package io.ehcached.admin.watch;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The bounded buffer of one thread's entries that the log has not picked up yet. Safe for use by
 * many threads, meant for one.
 */
public final class LogBuffer {
  /** The approximate memory of an entry without its key, in bytes. */
  private static final int ENTRY_BYTES = 128;

  private final WatchLog log;
  private final int bound;
  private final Queue<Numbered> entries = new ArrayDeque<>(); // guarded by this, as is what follows
  private int bytes;

  /**
   * An entry in its place among all.
   *
   * @param number grows from entry to entry, whoever made them
   * @param micros when it was made, in microseconds since the epoch
   */
  record Numbered(long number, long micros, LogEntry entry) {}

  LogBuffer(WatchLog log, int bound) {
    this.log = log;
    this.bound = bound;
  }

  /** Tells whether any watcher wants entries of a kind. */
  public boolean isWatched(LogKind kind) {
    return log.isWatched(kind);
  }

  /** Adds an entry; drops it if there is no room. */
  public void add(LogEntry entry) {
    boolean first;
    synchronized (this) {
      if (bytes + ENTRY_BYTES > bound) {
        log.dropped();
        return;
      }
      bytes += ENTRY_BYTES;
      first = entries.isEmpty();
      entries.add(log.number(entry));
    }
    log.written();
    if (first) {
      log.wake();
    }
  }

  /** Moves all entries to {@code taker}. */
  synchronized void drainTo(Queue<? super Numbered> taker) {
    taker.addAll(entries);
    entries.clear();
    bytes = 0;
  }
}
