package io.ehcached.replication.link;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that links share, none of which keeps the process alive. */
public final class LinkThreads {
  private static final ScheduledThreadPoolExecutor TIMER =
      new ScheduledThreadPoolExecutor(1, named("peer-timer"));
  private static final Executor SLOW = Executors.newCachedThreadPool(named("peer-lookup"));

  static {
    TIMER.setRemoveOnCancelPolicy(true);
  }

  private LinkThreads() {}

  /** Runs something that does not block, after a while. */
  static ScheduledFuture<?> schedule(Runnable task, long millis) {
    return TIMER.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /** Returns where to run what may block, on the name service say. */
  public static Executor slow() {
    return SLOW;
  }

  /** Returns a factory of daemon threads called {@code name-1} and so on. */
  public static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
