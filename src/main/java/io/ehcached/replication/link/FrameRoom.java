package io.ehcached.replication.link;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that frames may take while they arrive. The RMI runtime allocates an array as soon as
 * it has read its length, so many connections could otherwise ask for all memory with a few bytes
 * each. Safe for use by many threads.
 */
final class FrameRoom {
  /** Frames up to this length take no room, in bytes. */
  static final int FREE = 64 << 10;

  private static final int UNIT = 1 << 10;
  private static final int HEAP_SHARE = 16;
  private static final int WAIT_MILLIS = 3_000;

  private static final FrameRoom PROCESS =
      new FrameRoom(Runtime.getRuntime().maxMemory() / HEAP_SHARE, WAIT_MILLIS);

  private final int total;
  private final int waitMillis;
  private final Semaphore free;

  /**
   * @param bytes of all frames together; a longer frame arrives while no other does
   * @param waitMillis how long a frame may wait for room
   */
  FrameRoom(long bytes, int waitMillis) {
    total = (int) Math.max(1, Math.min(bytes / UNIT, Integer.MAX_VALUE));
    this.waitMillis = waitMillis;
    free = new Semaphore(total, true);
  }

  /** Returns the one of this process. */
  static FrameRoom ofProcess() {
    return PROCESS;
  }

  /**
   * Takes room for a frame, and waits for it if need be.
   *
   * @return what to give back
   * @throws IOException when there is none in time
   */
  int take(int bytes) throws IOException {
    if (bytes <= FREE) {
      return 0;
    }
    int units = Math.min(total, bytes / UNIT + 1);
    try {
      if (!free.tryAcquire(units, waitMillis, TimeUnit.MILLISECONDS)) {
        throw new IOException("too many large frames arrive at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
    return units;
  }

  /** Gives back what was taken. */
  void give(int units) {
    free.release(units);
  }
}
