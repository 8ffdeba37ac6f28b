package io.ehcached.monitor;

import io.ehcached.monitor.Families.Family;
import io.ehcached.replication.status.Equality;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.PeerStatus;
import io.ehcached.replication.status.PeerStatus.Counts;
import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.replication.status.SettingDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The metrics of replication: this node's, and those of each peer. */
final class PeerMetrics {
  private static final double MILLIS = 1000;
  private static final String MULTICAST = "multicast_";
  private static final String REFUSED = "refused_";

  private PeerMetrics() {}

  static void add(ReplicationStatus status, Map<String, Long> network, Families to) {
    List<PeerStatus> peers = status.peers();
    to.gauge("peers", "Peers that this node knows of.").add(peers.size());
    to.gauge("expected_peers", "Peers that should be reachable; 0 is any number.")
        .add(status.expectedPeers());
    to.gauge("reachable_peers", "Peers that can be reached.").add(status.reachablePeers());
    to.gauge("bootstrap_progress_ratio", "How much of the peers' items was copied at the start.")
        .add(status.copying().percent() / 100.0);
    to.counter("bootstrap_entries", "Entries copied from peers at the start.")
        .add(status.copying().items());
    to.gauge("catching_up", "1 while the node does not know yet what it missed in a pause.")
        .add(status.pauses().catchingUp() ? 1 : 0);
    to.counter("pauses", "How often the node stood still for longer than peers wait.")
        .add(status.pauses().count());
    to.gauge("last_pause_seconds", "For how long it did so the last time.")
        .add(status.pauses().lastMillis() / MILLIS);
    to.gauge("tombstones", "Removals that are remembered.").add(status.tombstones());
    states(peers, to);
    Family known = to.gauge("peer_known_by", "1 for how this node knows of the peer.");
    for (PeerStatus peer : peers) {
      known.add(1, "peer", peer.url(), "by", peer.origin().toString());
    }
    Family sends = to.gauge("peer_sends_here", "1 if the peer sends its writes to this node.");
    for (PeerStatus peer : peers) {
      if (peer.sendsHere() != null) {
        add(sends, peer.sendsHere() ? 1 : 0, peer);
      }
    }
    gauge(peers, to, "peer_pending_keys", "Keys that wait to be sent.", PeerStatus::pending);
    Family lag = to.gauge("peer_lag_seconds", "How long the oldest of these has waited.");
    peers.forEach(peer -> add(lag, peer.lagMillis() / MILLIS, peer));
    equality(peers, to);
    gauge(
        peers,
        to,
        "peer_differing_settings",
        "Settings that differ there, and let nodes come to hold other items.",
        peer -> peer.differences().stream().filter(SettingDifference::diverging).count());
    counter(peers, to, "peer_sent_entries", "Entries handed over.", Counts::sent);
    counter(peers, to, "peer_received_entries", "Entries that came.", Counts::received);
    counter(
        peers, to, "peer_merged_entries", "Of these, those taken as the newer.", Counts::merged);
    Family refused = to.counter("peer_refused_entries", "Of these, those not taken, by reason.");
    for (PeerStatus peer : peers) {
      add(refused, peer.counts().refusedOlder(), peer, "reason", "older");
      add(refused, peer.counts().refusedAhead(), peer, "reason", "ahead");
    }
    counter(
        peers,
        to,
        "peer_repaired_entries",
        "Entries handed over since a comparison showed that the peer lacked them.",
        Counts::repaired);
    counter(
        peers,
        to,
        "peer_dropped_items",
        "Items dropped here, since the peer had lost track of what happened to them.",
        Counts::dropped);
    counter(
        peers,
        to,
        "peer_renewed_items",
        "Items written once more here, since neither node could know what happened to them.",
        Counts::renewed);
    counter(
        peers,
        to,
        "peer_overflows",
        "How often more keys waited for the peer than are kept.",
        Counts::overflows);
    counter(peers, to, "peer_errors", "Calls to the peer that failed.", Counts::errors);
    Family heard = to.gauge("peer_heard_seconds", "How long ago the peer was last heard of.");
    for (PeerStatus peer : peers) {
      peer.secondsSinceHeard().ifPresent(seconds -> add(heard, seconds, peer));
    }
    network(network, to);
  }

  /** Adds one value for each state of a peer: 1 for the present one, 0 for the others. */
  private static void states(List<PeerStatus> peers, Families to) {
    Family states = to.gauge("peer_state", "1 for the state that the peer is in.");
    for (PeerStatus peer : peers) {
      for (PeerState state : PeerState.values()) {
        if (state != PeerState.SELF && state != PeerState.LEFT) { // these are not shown
          add(states, peer.state() == state ? 1 : 0, peer, "state", state.toString());
        }
      }
    }
  }

  /** Adds whether peers hold the same; nothing for those that are not compared with. */
  private static void equality(List<PeerStatus> peers, Families to) {
    Family sync = to.gauge("peer_in_sync", "1 if the peer is live and holds what this node holds.");
    Family keys = to.gauge("peer_differing_keys", "Keys that differed when last looked at.");
    Family equal = to.gauge("peer_equal_seconds", "How long ago both held the same.");
    for (PeerStatus peer : peers) {
      Equality equality = peer.equality();
      if (equality.compared()) {
        add(sync, equality.inSync() ? 1 : 0, peer);
      }
      equality.differingKeys().ifPresent(count -> add(keys, count, peer));
      equality.secondsSinceEqual().ifPresent(seconds -> add(equal, seconds, peer));
    }
  }

  private static void network(Map<String, Long> counts, Families to) {
    Family heartbeats = to.counter("heartbeats", "Multicast heartbeats, by direction.");
    Family refusals =
        to.counter("peer_refusals", "Callers and heartbeats that were refused, by reason.");
    Family multicast =
        to.gauge("multicast_state", "1 for what is heard through the multicast group.");
    counts.forEach(
        (name, count) -> {
          if (name.startsWith(MULTICAST)) {
            multicast.add(count, "state", name.substring(MULTICAST.length()));
          } else if (name.startsWith(REFUSED)) {
            refusals.add(count, "reason", name.substring(REFUSED.length()));
          } else if (name.startsWith("heartbeats_")) {
            heartbeats.add(count, "direction", name.substring("heartbeats_".length()));
          }
        });
  }

  private static void gauge(
      List<PeerStatus> peers,
      Families to,
      String name,
      String help,
      ToLongFunction<PeerStatus> of) {
    Family family = to.gauge(name, help);
    peers.forEach(peer -> add(family, of.applyAsLong(peer), peer));
  }

  private static void counter(
      List<PeerStatus> peers, Families to, String name, String help, ToLongFunction<Counts> of) {
    Family family = to.counter(name, help);
    peers.forEach(peer -> add(family, of.applyAsLong(peer.counts()), peer));
  }

  private static void add(Family family, long value, PeerStatus peer, String... more) {
    add(family, (double) value, peer, more);
  }

  /** Adds a value of one peer, with its URL and name. */
  private static void add(Family family, double value, PeerStatus peer, String... more) {
    List<String> labels = new ArrayList<>(List.of("peer", peer.url(), "name", peer.node().name()));
    labels.addAll(List.of(more));
    family.add(value, labels.toArray(String[]::new));
  }
}
