package io.ehcached.node;

import io.ehcached.auth.Authenticator;
import io.ehcached.store.Store;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread for regular work: it frees the memory of dead items, and reads the users again. */
final class Housekeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
  private static final long FIRST_RECLAIM_SECONDS = 5; // until then no item's age is known
  private static final long RECLAIM_SECONDS = 60;
  private static final long REFRESH_SECONDS = 1;

  private final Store store;
  private final Optional<Authenticator> authenticator;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Housekeeper::newThread);

  private Housekeeper(Store store, Optional<Authenticator> authenticator) {
    this.store = store;
    this.authenticator = authenticator;
  }

  /** Starts the thread. */
  static Housekeeper start(Store store, Optional<Authenticator> authenticator) {
    Housekeeper housekeeper = new Housekeeper(store, authenticator);
    housekeeper.schedule();
    return housekeeper;
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "ehcached-housekeeper");
    thread.setDaemon(true);
    return thread;
  }

  private void schedule() {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::reclaim, FIRST_RECLAIM_SECONDS, RECLAIM_SECONDS, TimeUnit.SECONDS);
    if (authenticator.isPresent()) {
      Future<?> ignored =
          thread.scheduleWithFixedDelay(
              authenticator.get()::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void reclaim() {
    try {
      store.reclaim();
    } catch (RuntimeException e) {
      LOG.error("could not free the memory of expired items; trying again in a minute", e);
    }
  }

  /** Reads the users again now. */
  void refreshUsers() {
    if (authenticator.isPresent() && !thread.isShutdown()) {
      thread.execute(authenticator.get()::refresh);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
