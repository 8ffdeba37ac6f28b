package io.ehcached.node.report;

import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.PeerStatus;
import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.replication.status.ReplicationStatus.Copying;
import io.ehcached.replication.status.ReplicationStatus.Pauses;
import io.ehcached.replication.status.SettingDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether clients may be sent to a node, and if not, why.
 *
 * @param leaving whether the node leaves its cluster, or stops
 * @param copying whether it does not hold yet what its peers hold
 * @param serving whether it serves clients
 * @param replication the state of its replication; empty without peers
 */
public record ReadinessReport(
    boolean leaving, boolean copying, boolean serving, Optional<ReplicationStatus> replication) {

  /** Returns the state: starting, copying, other_secret, catching_up, joining, ready or leaving. */
  public String state() {
    if (leaving) {
      return "leaving";
    } else if (copying) {
      return "copying";
    } else if (!serving) {
      return "starting";
    }
    if (replication.map(ReplicationStatus::otherSecret).orElse(false)) {
      return "other_secret";
    }
    boolean catchingUp = replication.map(status -> status.pauses().catchingUp()).orElse(false);
    return catchingUp ? "catching_up" : joining().isEmpty() ? "ready" : "joining";
  }

  /** Returns why clients are not to be sent here, a line each; nothing if they may be. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (leaving) {
      reasons.add("leaving: hands to its peers what they do not have yet, and stops");
    }
    replication.ifPresent(
        status -> {
          addCopying(status.copying(), reasons);
          addOtherSecret(status, reasons);
          addCatchingUp(status.pauses(), reasons);
        });
    reasons.addAll(joining());
    if (!serving) {
      reasons.add("clients are not served " + (leaving ? "any more" : "yet"));
    }
    return reasons;
  }

  /** Returns which peers send nothing to this node, where that is why it is not ready. */
  private List<String> joining() {
    List<String> reasons = new ArrayList<>();
    for (PeerStatus peer : peers()) {
      if (peer.state() == PeerState.REFUSED) {
        reasons.add("peer " + peer.url() + " refuses this node: " + peer.lastError());
      } else if (peer.oneWay()) {
        reasons.add("peer " + peer.url() + " does not send its writes to this node yet");
      }
    }
    return reasons;
  }

  private List<PeerStatus> peers() {
    return replication.map(ReplicationStatus::peers).orElse(List.of());
  }

  /** Returns what is wrong with the cluster, though clients may be sent here, a line each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    boolean isReason = replication.map(ReplicationStatus::otherSecret).orElse(false);
    for (PeerStatus peer : peers()) {
      if (!peer.oneWay()
          && peer.state() == PeerState.LIVE
          && Boolean.FALSE.equals(peer.sendsHere())) {
        warnings.add("peer " + peer.shown() + " does not send its writes to this node");
      }
      if (peer.otherSecret() && !isReason) {
        warnings.add("peer " + peer.shown() + " has another secret");
      }
      for (SettingDifference difference : peer.differences()) {
        if (difference.diverging()) {
          warnings.add("peer " + peer.shown() + " differs: " + difference);
        }
      }
    }
    return warnings;
  }

  /** Returns what operators should know and does not affect readiness, a line each. */
  public List<String> notes() {
    return replication
        .filter(status -> status.expectedPeers() > 0)
        .map(
            status ->
                "peers: " + status.reachablePeers() + " of " + status.expectedPeers() + " expected")
        .stream()
        .toList();
  }

  private void addCopying(Copying copy, List<String> reasons) {
    if (copy.failed()) {
      reasons.add("the copy of what the peers hold failed, see the log; start the node again");
    } else if (copying) {
      reasons.add(
          copy.state().equals("seeking")
              ? "looks for a peer to copy from"
              : "copies from " + copy.source() + ": " + copy.percent() + " %");
    }
  }

  private static void addOtherSecret(ReplicationStatus status, List<String> reasons) {
    if (status.otherSecret()) {
      status.peers().stream()
          .filter(PeerStatus::otherSecret)
          .forEach(
              peer ->
                  reasons.add(
                      "peer "
                          + peer.shown()
                          + " has another secret: configure the same secret file on all nodes"));
    }
  }

  private static void addCatchingUp(Pauses pauses, List<String> reasons) {
    if (pauses.catchingUp()) {
      reasons.add(
          "stood still for "
              + pauses.lastMillis() / 1000
              + " s, and has not compared since then with "
              + (pauses.awaited().isEmpty() ? "its peers" : String.join(", ", pauses.awaited())));
    }
  }
}
