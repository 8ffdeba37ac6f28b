package io.ehcached.simulation;

import io.ehcached.replication.status.ReplicationStatus.Copying;
import java.util.HashMap;
import java.util.Map;

/** Follows what nodes copy when they start: whoever copied a node knows what that one knew. */
final class Copies {
  private final Oracle oracle;
  private final SimulatedNode[] nodes;
  private final Map<SimulatedNode, Copy> open = new HashMap<>();

  /** One that is being made. */
  private static final class Copy {
    final long beganAt;
    SimulatedNode source;
    boolean mixed; // of more than one source, which may have known different things

    Copy(long beganAt) {
      this.beganAt = beganAt;
    }
  }

  Copies(Oracle oracle, SimulatedNode[] nodes) {
    this.oracle = oracle;
    this.nodes = nodes;
  }

  /** Takes note that a node starts, and copies another. */
  void begins(SimulatedNode node, long now) {
    open.put(node, new Copy(now));
  }

  /** Looks how far a node has come, after something has happened there. */
  void look(SimulatedNode node) {
    Copy copy = open.get(node);
    if (copy == null) {
      return;
    }
    Copying copying = node.replicator.status().copying();
    for (SimulatedNode other : nodes) {
      if (other != null && other.url().equals(copying.source()) && other != copy.source) {
        copy.mixed |= copy.source != null;
        copy.source = other;
      }
    }
    if (!node.replicator.isCopying()) {
      open.remove(node);
      boolean complete = copy.source != null && copying.source().equals(copy.source.url());
      if (complete && !copy.mixed && !copying.failed()) {
        oracle.copied(node, copy.source, copy.beganAt);
      }
    }
  }
}
