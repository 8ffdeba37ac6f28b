package io.ehcached.replication;

import io.ehcached.item.Key;
import io.ehcached.replication.wire.Entry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the peers for what clients want and the copy has not brought yet, on threads of its own. */
final class Misses {
  private static final Logger LOG = LoggerFactory.getLogger(Misses.class);
  private static final int THREADS = 4;
  private static final int QUEUED = 10_000;

  private final Peers peers;
  private final ExecutorService threads;

  Misses(Peers peers) {
    this.peers = peers;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUED),
            task -> {
              Thread thread = new Thread(task, "ehcached-fetch");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  /** Fetches what a peer holds under some keys, then runs {@code done}, whatever came of it. */
  void fetch(List<Key> keys, Runnable done) {
    try {
      threads.execute(
          () -> {
            try {
              fetch(keys);
            } catch (RuntimeException e) {
              LOG.error("Asking a peer failed", e);
            } finally {
              done.run();
            }
          });
    } catch (RejectedExecutionException e) {
      done.run(); // too many wait already: better a miss than no answer
    }
  }

  private void fetch(List<Key> keys) {
    for (PeerSender peer : peers.present()) {
      if (peer.state() == PeerState.LIVE) {
        try {
          for (Entry entry : peer.calls().fetch(keys)) {
            peers.take(entry, peer.counts());
          }
          return;
        } catch (IOException e) {
          LOG.debug("{} could not be asked: {}", peer.url(), e.getMessage());
        }
      }
    }
  }

  void stop() {
    threads.shutdown();
  }
}
