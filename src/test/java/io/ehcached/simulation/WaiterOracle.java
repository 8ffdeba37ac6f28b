package io.ehcached.simulation;

import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.PeerStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Checks that clients of synchronous replication are answered in time, and only once each peer that
 * is to be waited for holds their writes or something newer. A peer is to be waited for from when
 * it had everything, while the node calls it reachable, and until the node says otherwise.
 */
final class WaiterOracle {
  /** How long an answer may take beyond the deadline, since deadlines are looked at in turns. */
  private static final long SLACK_MILLIS = 100;

  private static final int NOBODY = -1;

  private final Scenario.Settings settings;
  private final VirtualTime time;
  private final Oracle oracle;
  private final SimulatedNode[] nodes;
  private final Map<SimulatedNode, Standing[]> standings = new HashMap<>();
  private final Map<SimulatedNode, Long> resumedAt = new HashMap<>();
  private final Set<Waiter> open = new HashSet<>();

  /** How a node stands with a peer, as far as it tells. */
  private static final class Standing {
    /** Which start of the peer had everything, and nothing was dropped since; or nobody. */
    int caughtUp = NOBODY;

    /** How often the node said that the peer is not to be waited for. */
    int lapses;

    long overflows;
  }

  /** A peer that a client is made to wait for. */
  private record Awaited(SimulatedNode peer, Standing standing, int lapses) {}

  /** A client that waits. */
  private static final class Waiter {
    final SimulatedNode node;
    final ToLongFunction<SimulatedNode> lacks;
    final long at;
    final List<Awaited> peers = new ArrayList<>();

    Waiter(SimulatedNode node, ToLongFunction<SimulatedNode> lacks, long at) {
      this.node = node;
      this.lacks = lacks;
      this.at = at;
    }
  }

  WaiterOracle(Scenario.Settings settings, VirtualTime time, Oracle oracle, SimulatedNode[] nodes) {
    this.settings = settings;
    this.time = time;
    this.oracle = oracle;
    this.nodes = nodes;
  }

  private boolean isOfUse() {
    return settings.synchronous() && settings.waiting();
  }

  /** Takes note of what a node tells of its peers, after something has happened there. */
  void look(SimulatedNode node) {
    if (isOfUse() && node.isAlive()) {
      Standing[] all =
          standings.computeIfAbsent(
              node,
              n -> Stream.generate(Standing::new).limit(nodes.length).toArray(Standing[]::new));
      List<PeerStatus> told = node.replicator.status().peers();
      for (SimulatedNode peer : nodes) {
        if (peer != null && peer != node) {
          look(all[peer.number], peer, told);
        }
      }
    }
  }

  private static void look(Standing standing, SimulatedNode peer, List<PeerStatus> told) {
    String url = peer.url();
    PeerStatus status =
        told.stream().filter(each -> each.url().equals(url)).findFirst().orElse(null);
    if (status == null || !isReachable(status.state()) || !peer.isAlive()) {
      standing.caughtUp = NOBODY;
      standing.lapses++;
      return;
    }
    if (status.counts().overflows() != standing.overflows) {
      standing.caughtUp = NOBODY; // those who wait by now go on waiting
    } else if (status.pending() == 0) {
      standing.caughtUp = peer.start;
    }
    standing.overflows = status.counts().overflows();
  }

  private static boolean isReachable(PeerState state) {
    return switch (state) {
      case LIVE, BOOTSTRAPPING, CATCHING_UP -> true;
      default -> false;
    };
  }

  /**
   * Lets a client wait for what it wrote just now.
   *
   * @param lacks tells which of these writes a peer does not have, by stamp; 0: none
   */
  void wrote(SimulatedNode node, ToLongFunction<SimulatedNode> lacks) {
    if (!isOfUse()) {
      return;
    }
    Waiter waiter = new Waiter(node, lacks, time.now());
    look(node);
    for (SimulatedNode peer : nodes) {
      if (peer != null) {
        Standing standing = standings.get(node)[peer.number];
        if (standing.caughtUp == peer.start) {
          waiter.peers.add(new Awaited(peer, standing, standing.lapses));
        }
      }
    }
    open.add(waiter);
    node.awaitReplication(() -> answered(waiter));
  }

  private void answered(Waiter waiter) {
    if (!open.remove(waiter)) {
      oracle.violation("waiter", "a client of node " + waiter.node.number + " was answered twice");
      return;
    }
    look(waiter.node);
    checkTime(waiter);
    for (Awaited awaited : waiter.peers) {
      long lacking = awaited.peer.isAlive() ? waiter.lacks.applyAsLong(awaited.peer) : 0;
      if (awaited.standing.lapses == awaited.lapses && lacking != 0) {
        oracle.violation(
            "waiter",
            "node %d answered a client %d us after a write of %d ms, which node %d lacks: %s"
                .formatted(
                    waiter.node.number,
                    (time.now() - waiter.at) / 1000,
                    waiter.at / VirtualTime.MILLI,
                    awaited.peer.number,
                    waiter.node.status(awaited.peer.number)));
      }
    }
  }

  private void checkTime(Waiter waiter) {
    long waited = (time.now() - waiter.at) / VirtualTime.MILLI;
    if (waited > settings.replication().callMillis() + SLACK_MILLIS
        && resumedAt.getOrDefault(waiter.node, 0L) < waiter.at) {
      oracle.violation(
          "waiter", "a client of node %d waited for %d ms".formatted(waiter.node.number, waited));
    }
  }

  /** Takes note that a node goes on that stood still. */
  void resumed(SimulatedNode node) {
    resumedAt.put(node, time.now());
  }

  /** Checks that no client waits in the end. */
  void settled() {
    long forgotten = open.stream().filter(waiter -> waiter.node.isAlive()).count();
    if (forgotten > 0) {
      oracle.violation("waiter", forgotten + " clients wait for an answer in the end");
    }
  }
}
