package io.ehcached.node;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graceful shutdown of a node, which leaves its cluster first. In this order: it reports that
 * it is no longer ready; it still serves for a while, new clients too, so that load balancers
 * notice; it hands to its peers what they do not have yet, while it serves; it stops as it does on
 * SIGTERM.
 *
 * <p>The time there is to hand over is one for both: half of it at the most while clients are
 * served, the rest when nothing more is written.
 */
final class GracefulShutdown {
  private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);

  private final int delaySeconds;
  private final long handOverMillis;
  private volatile Replication replication = Replication.NONE;
  private volatile boolean begun;
  private volatile long handedOverFor; // ms

  /**
   * Makes the shutdown of a node that runs.
   *
   * @param delaySeconds how long to serve on
   * @param handOverSeconds how long to hand over, at the most
   */
  GracefulShutdown(int delaySeconds, int handOverSeconds) {
    this.delaySeconds = delaySeconds;
    this.handOverMillis = TimeUnit.SECONDS.toMillis(handOverSeconds);
  }

  /** Notes which peers to hand over to. */
  void handOverTo(Replication peers) {
    replication = peers;
  }

  /** Begins to leave, unless that was done; returns at once. */
  synchronized void begin() {
    if (begun) {
      return;
    }
    begun = true;
    LOG.info("leaving the cluster: not ready any longer, and stops in {} s", delaySeconds);
    Replication peers = replication;
    // The stop waits for the event loop that this may be called on.
    Thread thread = new Thread(() -> leave(peers), "ehcached-leaving");
    thread.setDaemon(true);
    thread.start();
  }

  private void leave(Replication peers) {
    try {
      handOver(peers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the node stops without further delay", e);
    }
    System.exit(0);
  }

  private void handOver(Replication peers) throws InterruptedException {
    peers.advertise(Optional.empty());
    TimeUnit.SECONDS.sleep(delaySeconds);
    long start = System.nanoTime();
    peers.awaitHandedOver(handOverMillis / 2);
    handedOverFor = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Notes that the node stops, whoever wanted it to. */
  void begun() {
    begun = true;
  }

  /** Tells whether the node leaves its cluster, or stops. */
  boolean isBegun() {
    return begun;
  }

  /** Returns how long the hand-over may still take when the node stops, in milliseconds. */
  long handOverMillis() {
    return handOverMillis - handedOverFor;
  }
}
