package io.ehcached.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all connections together use for one purpose, and its bounds. Only memory that is
 * held from one read to the next is counted, so a client that sends whole commands and reads its
 * answers costs nothing here.
 */
final class MemoryBudget {
  /** What any connection may hold, however short memory is, in bytes. */
  static final int SMALL = 16 * 1024;

  private final long shortAt;
  private final long max;
  private final AtomicLong held = new AtomicLong();

  /**
   * Makes one.
   *
   * @param shortAt up to how many bytes everyone may hold as much as usual
   * @param max how many bytes are never to be held for long
   */
  private MemoryBudget(long shortAt, long max) {
    this.shortAt = shortAt;
    this.max = max;
  }

  /** Makes one that is short above so many bytes; 0 is never. */
  static MemoryBudget shortAbove(long bytes) {
    return new MemoryBudget(bytes == 0 ? Long.MAX_VALUE : bytes, Long.MAX_VALUE);
  }

  /** Makes one that is not to exceed so many bytes, and is short above half of them; 0 is never. */
  static MemoryBudget of(long bytes) {
    return bytes == 0 ? shortAbove(0) : new MemoryBudget(bytes / 2, bytes);
  }

  /** Takes note that so much more is held, or less. */
  void add(long change) {
    held.addAndGet(change);
  }

  /** Tells whether those who hold much must make do with less. */
  boolean isShort() {
    return held.get() > shortAt;
  }

  /** Tells whether more is held than may be. */
  boolean isExceeded() {
    return held.get() > max;
  }

  /** Returns how many bytes may be held. */
  long max() {
    return max;
  }

  /** Returns how many bytes are held. */
  long held() {
    return held.get();
  }
}
