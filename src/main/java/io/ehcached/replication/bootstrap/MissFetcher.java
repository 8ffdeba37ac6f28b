package io.ehcached.replication.bootstrap;

import io.ehcached.item.Key;
import io.ehcached.replication.membership.Peers;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.wire.Entry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches items from peers that a client asks for before the initial copy has brought them. It has
 * executors of its own.
 */
public final class MissFetcher {
  private static final Logger LOG = LoggerFactory.getLogger(MissFetcher.class);
  private static final int EXECUTORS = 4;
  private static final int MAX_WAITING = 10_000;

  private final Peers peers;
  private final LocalReplica local;
  private final List<SerialExecutor> executors = new ArrayList<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private final long callMillis;

  /** Makes one that has fetched nothing. */
  public MissFetcher(Peers peers, LocalReplica local) {
    this.peers = peers;
    this.local = local;
    this.callMillis = local.settings().now().callMillis();
    for (int i = 0; i < EXECUTORS; i++) {
      executors.add(local.environment().executor("ehcached-fetch"));
    }
  }

  /** Fetches what a peer holds under some keys, then runs {@code done}, whatever came of it. */
  public void fetch(List<Key> keys, Runnable done) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      done.run(); // too many wait already: better a miss than no answer
      return;
    }
    Runnable end =
        () -> {
          waiting.decrementAndGet();
          done.run();
        };
    SerialExecutor executor = executors.get(Math.floorMod(turn.getAndIncrement(), EXECUTORS));
    executor.execute(() -> ask(executor, peers.present().iterator(), keys, end));
  }

  private void ask(
      SerialExecutor executor, Iterator<PeerSender> rest, List<Key> keys, Runnable end) {
    while (rest.hasNext()) {
      PeerSender peer = rest.next();
      if (peer.state() == PeerState.LIVE) {
        peer.calls(
                executor,
                callMillis,
                e -> {
                  LOG.debug("{} could not be asked", peer.url(), e);
                  ask(executor, rest, keys, end);
                })
            .fetch(
                keys,
                entries -> {
                  for (Entry entry : entries) {
                    local.take(entry, peer.counts());
                  }
                  end.run();
                });
        return;
      }
    }
    end.run();
  }

  /** Fetches nothing more. What waits is dropped, since the node ends. */
  public void stop() {
    executors.forEach(SerialExecutor::stop);
  }
}
