package io.ehcached.replication;

import io.ehcached.replication.ReplicationStatus.Copying;
import io.ehcached.replication.ReplicationStatus.Pauses;
import io.ehcached.replication.wire.PeerVersion;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code stats replication} tells: this node, then each peer, as name and value. */
final class ReplicationReport {
  private ReplicationReport() {}

  static Map<String, String> of(
      Identity self, String url, ReplicationSettings settings, Peers peers, Bootstrap bootstrap) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("region", self.region());
    lines.put("url", url);
    lines.put("wire_version", self.speaker().version().toString());
    lines.put("mode", settings.asynchronous() ? "asynchronous" : "synchronous");
    Copying copying = Copying.of(bootstrap);
    lines.put("bootstrap_state", copying.state());
    lines.put("bootstrap_source", copying.source());
    lines.put("bootstrap_percent", count(copying.percent()));
    lines.put("bootstrap_items", count(copying.items()));
    Pauses pauses = peers.catchUp().status();
    lines.put("catching_up", pauses.catchingUp() ? "yes" : "no");
    lines.put("catching_up_peers", count(pauses.awaited().size()));
    lines.put("pauses", count(pauses.count()));
    lines.put("last_pause_ms", count(pauses.lastMillis()));
    lines.put("tombstones", Long.toString(peers.store().ledger().tombstones().size()));
    lines.put("unknown_received", count(peers.strangers().received.sum()));
    int number = 0;
    for (PeerSender peer : peers.present()) {
      add(lines, "peer:" + number++ + ":", peer, peers.environment().wallMillis());
    }
    lines.put("peers", Integer.toString(number));
    return lines;
  }

  private static void add(Map<String, String> lines, String prefix, PeerSender peer, long now) {
    PeerCounts counts = peer.counts();
    long heardAt = peer.heardAt();
    lines.put(prefix + "url", peer.url());
    lines.put(prefix + "state", peer.state().toString());
    addVersion(lines, prefix, peer);
    lines.put(prefix + "pending", count(peer.pending()));
    lines.put(prefix + "lag_ms", count(peer.lag()));
    lines.put(prefix + "sent", count(counts.sent.sum()));
    lines.put(prefix + "received", count(counts.received.sum()));
    lines.put(prefix + "merged", count(counts.merged.sum()));
    lines.put(prefix + "refused_older", count(counts.refusedOlder.sum()));
    lines.put(prefix + "refused_ahead", count(counts.refusedAhead.sum()));
    lines.put(prefix + "repaired", count(counts.repaired.sum()));
    lines.put(prefix + "dropped", count(counts.dropped.sum()));
    lines.put(prefix + "renewed", count(counts.renewed.sum()));
    lines.put(prefix + "overflows", count(counts.overflows.sum()));
    lines.put(prefix + "errors", count(counts.errors.sum()));
    lines.put(prefix + "last_error", peer.lastError().isEmpty() ? "none" : peer.lastError());
    lines.put(prefix + "secs_since_heard", heardAt == 0 ? "never" : count((now - heardAt) / 1000));
  }

  /** Which version it speaks, and its release, as it said when it was met last. */
  private static void addVersion(Map<String, String> lines, String prefix, PeerSender peer) {
    PeerVersion speaker = peer.peer() == null ? null : peer.met().speaker();
    boolean silent = speaker == null || speaker.release().isEmpty();
    lines.put(prefix + "wire_version", speaker == null ? "unknown" : speaker.version().toString());
    lines.put(prefix + "release", silent ? "unknown" : speaker.release());
  }

  private static String count(long number) {
    return Long.toString(number);
  }
}
