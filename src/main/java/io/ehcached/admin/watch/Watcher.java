package io.ehcached.admin.watch;

import io.ehcached.protocol.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/** One watcher's stream: the lines that were not sent yet, up to a bound in bytes. */
final class Watcher implements Stream {
  private static final int SKIPPED_BYTES = 32;

  private final WatchLog log;
  private final int kinds;
  private final int bound;
  private final long firstNumber;
  private final Queue<String> lines = new ArrayDeque<>(); // guarded by this, as is what follows
  private int bytes;
  private long skipped;
  private Consumer<Part> taker;

  /**
   * Makes a watcher.
   *
   * @param kinds the bits of the kinds asked for
   * @param firstNumber the first entry that it is to see
   */
  Watcher(WatchLog log, int kinds, int bound, long firstNumber) {
    this.log = log;
    this.kinds = kinds;
    this.bound = bound;
    this.firstNumber = firstNumber;
  }

  int kinds() {
    return kinds;
  }

  boolean wants(LogBuffer.Numbered entry) {
    return (kinds & entry.entry().kind().bit()) != 0 && entry.number() >= firstNumber;
  }

  /** Adds a line; returns false if there is no room for it. */
  synchronized boolean offer(String line) {
    if (bytes + line.length() + SKIPPED_BYTES > bound) {
      skipped++;
      return false;
    }
    if (skipped > 0) {
      add("skipped=" + skipped);
      skipped = 0;
    }
    add(line);
    return true;
  }

  private void add(String line) {
    lines.add(line);
    bytes += line.length() + 1;
  }

  /** Delivers the waiting lines, if the client has asked for more. */
  void deliver() {
    Consumer<Part> waiting;
    Part part;
    synchronized (this) {
      if (taker == null || lines.isEmpty()) {
        return;
      }
      waiting = taker;
      taker = null;
      part = take();
    }
    waiting.accept(part);
  }

  private Part take() {
    List<Line> part = new ArrayList<>();
    int taken = 0;
    while (!lines.isEmpty() && taken < PART_BYTES) {
      String line = lines.remove();
      taken += line.length() + 1;
      part.add(new LogLine(line));
    }
    bytes -= taken;
    return new Part(part, false);
  }

  @Override
  public void next(Consumer<Part> next) {
    synchronized (this) {
      taker = next;
    }
    deliver();
  }

  @Override
  public void close() {
    log.remove(this);
  }
}
