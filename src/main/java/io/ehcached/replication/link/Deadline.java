package io.ehcached.replication.link;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The moment at which a call to a peer is over, come what may: the socket that the calling thread
 * uses is then closed under it. That ends a write to a peer whose buffers are full, too, for which
 * Java has no timeout.
 */
final class Deadline implements AutoCloseable {
  private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();

  private final long nanos;
  private final Deadline outer;
  private final ScheduledFuture<?> alarm;
  private Socket socket; // guarded by this, as are the next two
  private boolean passed;
  private boolean done;

  private Deadline(long millis) {
    long delay = Math.max(1, millis);
    nanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
    outer = CURRENT.get();
    alarm = LinkThreads.schedule(this::pass, delay);
  }

  /** Starts one for what this thread does until {@link #close}. */
  static Deadline start(long millis) {
    Deadline deadline = new Deadline(millis);
    CURRENT.set(deadline);
    return deadline;
  }

  /** Returns this thread's deadline, or null. */
  static Deadline current() {
    return CURRENT.get();
  }

  /** Returns how many milliseconds are left, at least 1. */
  int remainingMillis() {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }

  synchronized boolean hasPassed() {
    return passed || System.nanoTime() - nanos >= 0;
  }

  /** Notes that the thread is about to block in {@code used}. */
  void uses(Socket used) throws IOException {
    synchronized (this) {
      if (!passed) {
        socket = used;
        return;
      }
    }
    used.close();
  }

  private synchronized void pass() {
    if (done) {
      return;
    }
    passed = true;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone, which is all that was wanted.
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      done = true;
    }
    alarm.cancel(false);
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
