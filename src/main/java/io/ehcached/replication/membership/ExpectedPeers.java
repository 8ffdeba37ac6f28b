package io.ehcached.replication.membership;

import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.SerialExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many peers an operator expects, and the log lines when fewer can be reached. Safe for use by
 * many threads.
 */
public final class ExpectedPeers {
  private static final Logger LOG = LoggerFactory.getLogger(ExpectedPeers.class);

  /** How long peers may be missing before a warning: nodes that start together take a while. */
  private static final long PATIENCE_MILLIS = 30_000;

  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Peers peers;
  private final Environment environment;
  private SerialExecutor executor; // null before the start; guarded by this, as is what follows
  private int expected;
  private boolean checking;
  private boolean missing;
  private boolean warned;
  private long missingSince; // by ticks

  /** Makes it for a node that expects no particular number of peers. */
  public ExpectedPeers(Peers peers, Environment environment) {
    this.peers = peers;
    this.environment = environment;
  }

  /** Returns how many peers should be reachable; 0 is any number. */
  public synchronized int count() {
    return expected;
  }

  /** Sets how many peers should be reachable from now on; 0 is any number. */
  public synchronized void expect(int count) {
    expected = count;
    if (executor != null && !checking && count > 0) { // no task runs where nothing is expected
      checking = true;
      executor.execute(this::check);
    }
  }

  /** Starts to check, by tasks of an executor. */
  public synchronized void start(SerialExecutor tasks) {
    executor = tasks;
    expect(expected);
  }

  private synchronized void check() {
    if (expected == 0) {
      checking = false;
      missing = false;
      warned = false;
      return;
    }
    note();
    executor.after(CHECK_NANOS, this::check);
  }

  private void note() {
    List<PeerSender> present = peers.present();
    long reached = present.stream().filter(peer -> peer.state().isReachable()).count();
    if (reached >= expected) {
      if (warned) {
        LOG.info("{} of {} expected peers are reachable", reached, expected);
      }
      missing = false;
      warned = false;
    } else if (!missing) {
      missing = true;
      missingSince = environment.ticks();
    } else if (!warned && environment.ticks() - missingSince >= PATIENCE_MILLIS) {
      warned = true;
      LOG.warn(
          "Only {} of {} expected peers can be reached, for {} s: {}. Start the missing nodes, or"
              + " correct the expected number.",
          reached,
          expected,
          PATIENCE_MILLIS / 1000,
          unreachable(present));
    }
  }

  private static String unreachable(List<PeerSender> present) {
    String known =
        present.stream()
            .filter(peer -> !peer.state().isReachable())
            .map(peer -> peer.shown() + " is " + peer.state())
            .collect(Collectors.joining(", "));
    return known.isEmpty() ? "no other peers are known" : known;
  }
}
