package io.ehcached.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all connections together hold for one purpose. Only what is held over from one
 * read to the next is counted, so that whoever sends whole commands and takes its answers costs
 * nothing here.
 */
final class SharedMemory {
  /** What any connection may hold, however short memory is, in bytes. */
  static final int LITTLE = 16 * 1024;

  private final long most;
  private final AtomicLong held = new AtomicLong();

  /**
   * Makes one.
   *
   * @param most above how many bytes memory is short; 0 is never
   */
  SharedMemory(long most) {
    this.most = most == 0 ? Long.MAX_VALUE : most;
  }

  /** Takes note that so much more is held, or less. */
  void add(long change) {
    held.addAndGet(change);
  }

  /** Tells whether those who hold much must make do with less. */
  boolean isShort() {
    return held.get() > most;
  }

  /** Returns how many bytes are held. */
  long held() {
    return held.get();
  }
}
