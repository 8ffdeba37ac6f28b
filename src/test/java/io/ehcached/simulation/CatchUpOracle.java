package io.ehcached.simulation;

import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.PeerStatus;
import io.ehcached.replication.status.ReplicationStatus.Pauses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that a node which stood still is not trusted, by itself or by a peer, while it holds what
 * had been overwritten or deleted by then. Only where nothing else is wrong: a node does not wait
 * for peers that it cannot reach.
 */
final class CatchUpOracle {
  private final Map<SimulatedNode, Expectation> open = new HashMap<>();
  private final Map<SimulatedNode, Long> noticed = new HashMap<>(); // pauses by then
  private final Oracle oracle;

  /**
   * What is known when a node goes on.
   *
   * @param missing the peers that miss it; others may not have noticed that it stood still
   * @param newest the newest writes of all peers within reach, by key
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Expectation(List<SimulatedNode> missing, long[] newest) {}

  CatchUpOracle(Oracle oracle) {
    this.oracle = oracle;
  }

  /**
   * Tells whether a node that goes on has noticed that it stood still. If that was for no longer
   * than calls may take, it need not.
   */
  boolean isNoticed(SimulatedNode node) {
    Pauses pauses = node.replicator.status().pauses();
    Long before = noticed.put(node, pauses.count());
    return pauses.catchingUp() && pauses.count() != (before == null ? 0 : before);
  }

  /** Takes note that a node goes on, and that these peers are within reach. */
  void resumed(SimulatedNode node, List<SimulatedNode> peers) {
    List<SimulatedNode> missing = peers.stream().filter(peer -> !isLive(node, peer)).toList();
    open.put(node, new Expectation(missing, oracle.newestOf(peers)));
  }

  /** Takes note that something else goes wrong from now on. */
  void disturbed() {
    open.clear();
  }

  /** Looks whether a node may be trusted, after something has happened on any. */
  void look() {
    open.entrySet().removeIf(entry -> isTrusted(entry.getKey(), entry.getValue()));
  }

  private boolean isTrusted(SimulatedNode node, Expectation expected) {
    boolean trusted =
        !node.replicator.status().pauses().catchingUp()
            || expected.missing.stream().anyMatch(peer -> isLive(node, peer));
    if (trusted) {
      oracle.trusted(node, expected.newest);
    }
    return trusted;
  }

  private static boolean isLive(SimulatedNode node, SimulatedNode peer) {
    PeerStatus status = peer.status(node.number);
    return status != null && status.state() == PeerState.LIVE;
  }
}
