package io.ehcached.admin.watch;

import io.ehcached.protocol.Stream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of clients' requests, which is sent to watchers and not stored. Each thread that reports
 * has a {@link LogBuffer}; a thread of the log's own, which runs while there are watchers, formats
 * the entries and passes them to the watchers. Safe for use by many threads.
 */
public final class WatchLog {
  /** The default bound of what waits for one watcher, in bytes. */
  public static final int DEFAULT_WATCHER_BYTES = 256 * 1024;

  /** The default bound of one thread's buffer, in bytes. */
  public static final int DEFAULT_WORKER_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(WatchLog.class);
  private static final int MAX_WATCHERS = 20;
  private static final long MICROS = 1_000_000;

  private final int watcherBytes;
  private final int workerBytes;
  private final List<LogBuffer> buffers = new CopyOnWriteArrayList<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final AtomicLong numbers = new AtomicLong();
  private final LongAdder workerDropped = new LongAdder();
  private final LongAdder workerWritten = new LongAdder();
  private final LongAdder watcherSkipped = new LongAdder();
  private final LongAdder watcherSent = new LongAdder();
  private volatile int kinds;
  private volatile Thread thread; // changed under this object's monitor

  /**
   * Counts of the log's entries.
   *
   * @param workerDropped those that no buffer had room for
   * @param workerWritten those that came into a buffer
   * @param watcherSkipped lines that a watcher was too slow for
   * @param watcherSent lines handed to watchers
   * @param watchers how many watch now
   */
  public record Counts(
      long workerDropped,
      long workerWritten,
      long watcherSkipped,
      long watcherSent,
      int watchers) {}

  /**
   * Creates a log without watchers.
   *
   * @param watcherBytes how much may wait for one watcher
   * @param workerBytes how much one thread may have to tell
   */
  public WatchLog(int watcherBytes, int workerBytes) {
    this.watcherBytes = watcherBytes;
    this.workerBytes = workerBytes;
  }

  /** Returns a log with memcached's default sizes. */
  public static WatchLog withDefaults() {
    return new WatchLog(DEFAULT_WATCHER_BYTES, DEFAULT_WORKER_BYTES);
  }

  /** Returns a buffer for one thread. */
  public LogBuffer newBuffer() {
    LogBuffer buffer = new LogBuffer(this, workerBytes);
    buffers.add(buffer);
    return buffer;
  }

  /** Tells whether there is any watcher. */
  public boolean isWatched() {
    return kinds != 0;
  }

  boolean isWatched(LogKind kind) {
    return (kinds & kind.bit()) != 0;
  }

  /**
   * Returns a stream of the entries of these kinds from now on; null when there are too many
   * watchers.
   */
  public synchronized Stream watch(Set<LogKind> wanted) {
    if (watchers.size() >= MAX_WATCHERS) {
      return null;
    }
    int bits = wanted.stream().mapToInt(LogKind::bit).reduce(0, (a, b) -> a | b);
    Watcher watcher = new Watcher(this, bits, watcherBytes, numbers.get() + 1);
    watchers.add(watcher);
    watchersChanged();
    if (thread == null) {
      thread = new Thread(this::run, "ehcached-watch");
      thread.setDaemon(true);
      thread.start();
    }
    return watcher;
  }

  synchronized void remove(Watcher watcher) {
    watchers.remove(watcher);
    watchersChanged();
    wake();
  }

  private void watchersChanged() {
    kinds = watchers.stream().mapToInt(Watcher::kinds).reduce(0, (a, b) -> a | b);
  }

  LogBuffer.Numbered number(LogEntry entry) {
    Instant now = Instant.now();
    long micros = now.getEpochSecond() * MICROS + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    return new LogBuffer.Numbered(numbers.incrementAndGet(), micros, entry);
  }

  void dropped() {
    workerDropped.increment();
  }

  void written() {
    workerWritten.increment();
  }

  /** Tells whether the log's thread is running. */
  boolean isRunning() {
    return thread != null;
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  /** Returns the counts of entries since the last {@link #reset}. */
  public Counts counts() {
    return new Counts(
        workerDropped.sum(),
        workerWritten.sum(),
        watcherSkipped.sum(),
        watcherSent.sum(),
        watchers.size());
  }

  /** Resets the counts. */
  public void reset() {
    workerDropped.reset();
    workerWritten.reset();
    watcherSkipped.reset();
    watcherSent.reset();
  }

  private void run() {
    Queue<LogBuffer.Numbered> entries = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    while (!ends()) {
      buffers.forEach(buffer -> buffer.drainTo(entries));
      if (entries.isEmpty()) {
        LockSupport.park(this);
      }
      while (!entries.isEmpty()) {
        tell(entries.remove(), text);
      }
      watchers.forEach(WatchLog::deliver);
    }
  }

  private synchronized boolean ends() {
    if (watchers.isEmpty()) {
      thread = null;
      return true;
    }
    return false;
  }

  private void tell(LogBuffer.Numbered entry, StringBuilder text) {
    String line = null;
    for (Watcher watcher : watchers) {
      if (!watcher.wants(entry)) {
        continue;
      }
      line = line == null ? line(entry, text) : line;
      (watcher.offer(line) ? watcherSent : watcherSkipped).increment();
    }
  }

  private static String line(LogBuffer.Numbered entry, StringBuilder text) {
    text.setLength(0);
    text.append("ts=").append(entry.micros() / MICROS).append('.');
    String fraction = Long.toString(entry.micros() % MICROS);
    text.append("0".repeat(Long.toString(MICROS).length() - 1 - fraction.length()));
    text.append(fraction).append(" gid=").append(entry.number()).append(' ');
    entry.entry().appendTo(text);
    return text.toString();
  }

  private static void deliver(Watcher watcher) {
    try {
      watcher.deliver();
    } catch (RuntimeException e) {
      LOG.debug("a watcher went while it was told something", e); // its event loop has ended
    }
  }
}
