package io.ehcached.node;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node goes out of its cluster of its own accord. In this order: it says that it is no longer
 * ready; it serves on for a while, new clients too, so that those who send them get to know; it
 * hands to its peers what they do not have yet, while it serves; it stops as it does on SIGTERM.
 *
 * <p>The time there is to hand over is one for both: half of it at the most while clients are
 * served, the rest when nothing more is written.
 */
final class GracefulShutdown {
  private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);

  private final int delaySeconds;
  private final long handOverMillis;
  private volatile boolean begun;
  private volatile long handedOverFor; // ms

  /**
   * Makes the way out of a node that has not taken it.
   *
   * @param delaySeconds how long to serve on
   * @param handOverSeconds how long to hand over, at the most
   */
  GracefulShutdown(int delaySeconds, int handOverSeconds) {
    this.delaySeconds = delaySeconds;
    this.handOverMillis = TimeUnit.SECONDS.toMillis(handOverSeconds);
  }

  /**
   * Takes the way out, unless that was done; returns at once.
   *
   * @param replication who knows the peers; null where there are none
   */
  synchronized void begin(Replication replication) {
    if (begun) {
      return;
    }
    begun = true;
    LOG.info("leaving the cluster: not ready any longer, and stops in {} s", delaySeconds);
    // The stop waits for the event loop that this may be called on.
    Thread thread = new Thread(() -> leave(replication), "ehcached-leaving");
    thread.setDaemon(true);
    thread.start();
  }

  private void leave(Replication replication) {
    try {
      handOver(replication);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("the node stops without further delay", e);
    }
    System.exit(0);
  }

  private void handOver(Replication replication) throws InterruptedException {
    if (replication != null) {
      replication.advertise(null);
    }
    TimeUnit.SECONDS.sleep(delaySeconds);
    if (replication != null) {
      long start = System.nanoTime();
      replication.awaitHandedOver(handOverMillis / 2);
      handedOverFor = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
  }

  /** Notes that the node stops, whoever wanted it to. */
  void begun() {
    begun = true;
  }

  /** Tells whether the node is on its way out. */
  boolean isBegun() {
    return begun;
  }

  /** Returns how long the hand-over may still take when the node stops, in milliseconds. */
  long handOverMillis() {
    return handOverMillis - handedOverFor;
  }
}
