package io.ehcached.server;

/**
 * The memory that a connection's answers hold until they are sent, and for how long its client has
 * taken nothing of them. It is written on the connection's event loop, and read by any thread.
 */
final class Unsent {
  private final SharedMemory memory;
  private volatile long held;
  private volatile long movedNanos = System.nanoTime();

  /**
   * Makes a connection's.
   *
   * @param memory where it counts, together with that of all others
   */
  Unsent(SharedMemory memory) {
    this.memory = memory;
  }

  /** Takes note of how many bytes are held now. */
  void hold(long bytes) {
    long before = held;
    if (bytes != before) {
      if (before <= SharedMemory.LITTLE && bytes > SharedMemory.LITTLE) {
        moved(); // the time begins with what there is to take
      }
      held = bytes;
      memory.add(bytes - before);
    }
  }

  /** Takes note that the client has taken something. */
  void moved() {
    movedNanos = System.nanoTime();
  }

  /** Returns how many bytes are held. */
  long held() {
    return held;
  }

  /** Returns for how long the client has taken nothing, if more than a little is held for it. */
  long idleNanos(long nowNanos) {
    return nowNanos - movedNanos;
  }
}
