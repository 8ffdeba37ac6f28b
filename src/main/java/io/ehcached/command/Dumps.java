package io.ehcached.command;

import io.ehcached.protocol.Stream;
import io.ehcached.store.Store;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walks over all items that clients have asked for. They share one thread, part by part in
 * turn, so that they take one processor at most and no event loop waits for them. At most {@value
 * #MAX_OPEN} are open at once.
 */
final class Dumps {
  private static final Logger LOG = LoggerFactory.getLogger(Dumps.class);

  /** The most walks at once; memcached has one, and refuses others while that is read. */
  private static final int MAX_OPEN = 4;

  private static final long IDLE_SECONDS = 10;

  private final Store store;
  private final ThreadPoolExecutor thread;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicBoolean reclaiming = new AtomicBoolean();

  Dumps(Store store) {
    this.store = store;
    thread =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Dumps::daemon);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "ehcached-dump");
    thread.setDaemon(true);
    return thread;
  }

  /** Lists the items, {@code max} of them at most; null when too many lists are open. */
  Stream items(long max) {
    return begin() ? new Dump(store, max, thread, open::decrementAndGet) : null;
  }

  /** Counts the items by size; null when too many walks are open. */
  Stream sizes() {
    return begin() ? new SizesStream(store.items(), thread, open::decrementAndGet) : null;
  }

  private boolean begin() {
    if (open.incrementAndGet() <= MAX_OPEN) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  /** Starts to reclaim dead items; returns false when that is running already. */
  boolean reclaim() {
    if (!reclaiming.compareAndSet(false, true)) {
      return false;
    }
    thread.execute(this::doReclaim);
    return true;
  }

  private void doReclaim() {
    try {
      store.reclaim();
    } catch (RuntimeException e) {
      LOG.error("could not free the memory of expired items as a client requested", e);
    } finally {
      reclaiming.set(false);
    }
  }
}
