package io.ehcached.replication.membership;

import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.ReplicationStatus.Pauses;
import io.ehcached.replication.wire.Hello;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that this node stood still, and knows which peers it has not caught up with since.
 *
 * <p>Nothing tells a process that it was suspended. So this looks at the clocks again and again,
 * and before each answer about the node's state. If too much time has passed since the last look,
 * the node stood still. A wall clock that was set forward counts as well, since a suspended machine
 * stops the monotonic clock. Safe for use by many threads.
 */
public final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

  /** What a machine with too much to do may take from a node without its having stood still. */
  private static final long LEAST_MILLIS = 1000;

  private static final int LOOKS_PER_PAUSE = 4;
  private static final long SOON_MILLIS = 50;

  private final Peers peers;
  private final LiveSettings settings;
  private final Environment environment;
  private long lookedAt; // by ticks; guarded by this, as is all that follows
  private long wallThen;
  private boolean underWay;
  private long resumedAt;
  private long count;
  private long lastMillis;

  /** Makes one for a node that did not stand still so far. */
  public CatchUp(Peers peers, LocalReplica local) {
    this.peers = peers;
    this.settings = local.settings();
    this.environment = local.environment();
    this.lookedAt = environment.ticks();
    this.wallThen = environment.wallMillis();
  }

  /** Looks at the clocks from now on, by tasks of an executor. */
  public synchronized void start(SerialExecutor executor) {
    lookedAt = environment.ticks(); // a region may have taken long to open
    wallThen = environment.wallMillis();
    lookLater(executor);
  }

  private void lookLater(SerialExecutor executor) {
    long wait = isUnderWay() ? SOON_MILLIS : boundMillis() / LOOKS_PER_PAUSE;
    executor.after(
        TimeUnit.MILLISECONDS.toNanos(wait),
        () -> {
          if (isUnderWay()) {
            askPeers();
          }
          lookLater(executor);
        });
  }

  /**
   * Returns how long a node may stand still before it has to catch up: for as long as peers wait
   * for an answer. What they sent meanwhile is in its sockets then, as if the network were slow.
   */
  private long boundMillis() {
    return Math.max(LEAST_MILLIS, settings.now().callMillis());
  }

  /** Tells whether this node stood still, and does not know yet what it missed. */
  public synchronized boolean isUnderWay() {
    look();
    return underWay;
  }

  private void look() {
    long now = environment.ticks();
    long wall = environment.wallMillis();
    long stood = Math.max(now - lookedAt, wall - wallThen);
    lookedAt = Math.max(lookedAt, now);
    wallThen = wall;
    if (stood >= boundMillis()) {
      begin(now, stood);
    }
  }

  private void begin(long now, long stood) {
    count++;
    lastMillis = stood;
    resumedAt = now;
    List<PeerSender> present = peers.present();
    underWay = !present.isEmpty();
    LOG.warn(
        "This node stood still for {} s: it was suspended, collected garbage, or its clock was set."
            + " {}",
        seconds(stood),
        underWay
            ? "It is not ready until it has compared with its peers."
            : "There are no peers to compare with.");
    present.forEach(PeerSender::doubt);
  }

  private static String seconds(long millis) {
    return millis / 1000 + "." + millis % 1000 / 100;
  }

  private synchronized void askPeers() {
    List<PeerSender> awaited = awaited();
    awaited.forEach(peer -> peer.repair().lookAt(peer.catchUp()));
    if (awaited.isEmpty()) {
      underWay = false;
      long with = peers.present().stream().filter(peer -> peer.catchUp().isDone()).count();
      LOG.info(
          "Caught up with {} of {} peers in {} ms, after it stood still for {} s: ready",
          with,
          peers.present().size(),
          environment.ticks() - resumedAt,
          seconds(lastMillis));
    }
  }

  /** A peer that does not answer is not waited for, once it had the time to. */
  private List<PeerSender> awaited() {
    boolean early = environment.ticks() - resumedAt < 2 * boundMillis();
    return peers.present().stream()
        .filter(peer -> !peer.catchUp().isDone() && mayHaveMore(peer, early))
        .toList();
  }

  /**
   * Tells whether a peer may have what this node missed.
   *
   * @param early whether it has had little time to answer
   */
  private static boolean mayHaveMore(PeerSender peer, boolean early) {
    if (peer.catchUp().isDoubted() || !peer.isReachable()) {
      return early && peer.health().state() != PeerState.INCOMPATIBLE;
    }
    Hello hello = peer.peer();
    // One that copies is not compared with until it has everything, but clients write to it.
    return !hello.bootstrapping() || (hello.linked() ? hello.pending() > 0 : early);
  }

  /** Returns what there is to tell. */
  public synchronized Pauses status() {
    look();
    List<String> awaited =
        underWay ? awaited().stream().map(PeerSender::shown).toList() : List.<String>of();
    return new Pauses(count, lastMillis, underWay, awaited);
  }
}
