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

  private final long plenty;
  private final long most;
  private final AtomicLong held = new AtomicLong();

  /**
   * Makes one.
   *
   * @param plenty up to how many bytes everyone may hold as much as usual
   * @param most how many bytes are never to be held for long
   */
  private SharedMemory(long plenty, long most) {
    this.plenty = plenty;
    this.most = most;
  }

  /** Makes one that is short above so many bytes; 0 is never. */
  static SharedMemory shortAbove(long bytes) {
    return new SharedMemory(bytes == 0 ? Long.MAX_VALUE : bytes, Long.MAX_VALUE);
  }

  /** Makes one that is not to exceed so many bytes, and is short above half of them; 0 is never. */
  static SharedMemory of(long bytes) {
    return bytes == 0 ? shortAbove(0) : new SharedMemory(bytes / 2, bytes);
  }

  /** Takes note that so much more is held, or less. */
  void add(long change) {
    held.addAndGet(change);
  }

  /** Tells whether those who hold much must make do with less. */
  boolean isShort() {
    return held.get() > plenty;
  }

  /** Tells whether more is held than may be. */
  boolean isExceeded() {
    return held.get() > most;
  }

  /** Returns how many bytes may be held. */
  long most() {
    return most;
  }

  /** Returns how many bytes are held. */
  long held() {
    return held.get();
  }
}
