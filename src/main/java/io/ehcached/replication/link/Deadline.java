package io.ehcached.replication.link;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The moment at which a call to a peer is over, come what may: the socket that the calling thread
 * uses is then closed under it. That ends a write to a peer whose buffers are full, too, for which
 * Java has no timeout. All that are open are looked at now and then, since an alarm for each would
 * wake a thread at every call.
 */
final class Deadline implements AutoCloseable {
  private static final long LOOK_MILLIS = 10;
  private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();
  private static final Set<Deadline> OPEN = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean LOOKING = new AtomicBoolean();

  private final long nanos;
  private final Deadline outer;
  private Socket socket; // guarded by this, as are the next two
  private boolean passed;
  private boolean done;

  private Deadline(long millis) {
    long delay = Math.max(1, millis);
    nanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
    outer = CURRENT.get();
    OPEN.add(this);
    lookSoon();
  }

  private static void lookSoon() {
    if (!LOOKING.get() && LOOKING.compareAndSet(false, true)) {
      ScheduledFuture<?> unused = LinkThreads.schedule(Deadline::look, LOOK_MILLIS);
    }
  }

  /** Ends what is due, and looks again as long as there is anything. */
  private static void look() {
    try {
      long now = System.nanoTime();
      for (Deadline deadline : OPEN) {
        if (now - deadline.nanos >= 0) {
          deadline.pass();
        }
      }
    } finally {
      LOOKING.set(false);
      if (!OPEN.isEmpty()) {
        lookSoon();
      }
    }
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
    if (done || passed) {
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
    OPEN.remove(this);
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
