package io.ehcached.replication.status;

import io.ehcached.replication.wire.PeerVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What {@code stats replication} shows of a {@link ReplicationStatus}, as name and value. */
public final class ReplicationReport {
  private ReplicationReport() {}

  /** Returns the lines in their order. */
  public static Map<String, String> of(ReplicationStatus status) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("region", status.region());
    lines.put("url", status.url());
    lines.put("name", orUnknown(status.node().name()));
    lines.put("id", status.node().id());
    lines.put("wire_version", status.wireVersion().toString());
    lines.put("mode", status.synchronous() ? "synchronous" : "asynchronous");
    lines.put("bootstrap_state", status.copying().state());
    lines.put("bootstrap_source", status.copying().source());
    lines.put("bootstrap_percent", count(status.copying().percent()));
    lines.put("bootstrap_items", count(status.copying().items()));
    lines.put("catching_up", status.pauses().catchingUp() ? "yes" : "no");
    lines.put("catching_up_peers", count(status.pauses().awaited().size()));
    lines.put("pauses", count(status.pauses().count()));
    lines.put("last_pause_ms", count(status.pauses().lastMillis()));
    lines.put("tombstones", count(status.tombstones()));
    lines.put("unknown_received", count(status.unknownReceived()));
    lines.put("expected_peers", count(status.expectedPeers()));
    lines.put("reachable_peers", count(status.reachablePeers()));
    int number = 0;
    for (PeerStatus peer : status.peers()) {
      add(lines, "peer:" + number++ + ":", peer);
    }
    lines.put("peers", Integer.toString(number));
    return lines;
  }

  /** Returns the lines about the names in {@code rmiUrls}. */
  public static Map<String, String> of(List<NameStatus> names) {
    Map<String, String> lines = new LinkedHashMap<>();
    int number = 0;
    for (NameStatus name : names) {
      String prefix = "name:" + number++ + ":";
      lines.put(prefix + "name", name.name());
      lines.put(prefix + "addresses", count(name.addresses()));
      lines.put(prefix + "secs_since_resolved", count(name.secondsSinceResolved(), "never"));
      lines.put(prefix + "unresolved_secs", count(name.unresolvedSeconds()));
      lines.put(prefix + "last_error", name.lastError().isEmpty() ? "none" : name.lastError());
    }
    lines.put("names", count(number));
    return lines;
  }

  private static void add(Map<String, String> lines, String prefix, PeerStatus peer) {
    PeerVersion version = peer.version();
    boolean silent = version == null || version.release().isEmpty();
    lines.put(prefix + "url", peer.url());
    lines.put(prefix + "name", orUnknown(peer.node().name()));
    lines.put(prefix + "id", orUnknown(peer.node().id()));
    lines.put(prefix + "known_by", peer.origin().toString());
    lines.put(prefix + "state", peer.state().toString());
    lines.put(prefix + "wire_version", version == null ? "unknown" : version.version().toString());
    lines.put(prefix + "release", silent ? "unknown" : version.release());
    Boolean sends = peer.sendsHere();
    lines.put(prefix + "sends_here", sends == null ? "unknown" : sends ? "yes" : "no");
    lines.put(prefix + "pending", count(peer.pending()));
    lines.put(prefix + "lag_ms", count(peer.lagMillis()));
    lines.put(prefix + "in_sync", inSync(peer.equality()));
    lines.put(prefix + "differing_keys", count(peer.equality().differingKeys(), "unknown"));
    lines.put(prefix + "seconds_since_equal", count(peer.equality().secondsSinceEqual(), "never"));
    lines.put(prefix + "differing_settings", settings(peer.differences()));
    lines.put(prefix + "sent", count(peer.counts().sent()));
    lines.put(prefix + "received", count(peer.counts().received()));
    lines.put(prefix + "merged", count(peer.counts().merged()));
    lines.put(prefix + "refused_older", count(peer.counts().refusedOlder()));
    lines.put(prefix + "refused_ahead", count(peer.counts().refusedAhead()));
    lines.put(prefix + "repaired", count(peer.counts().repaired()));
    lines.put(prefix + "dropped", count(peer.counts().dropped()));
    lines.put(prefix + "renewed", count(peer.counts().renewed()));
    lines.put(prefix + "overflows", count(peer.counts().overflows()));
    lines.put(prefix + "errors", count(peer.counts().errors()));
    lines.put(prefix + "last_error", peer.lastError().isEmpty() ? "none" : peer.lastError());
    lines.put(prefix + "secs_since_heard", count(peer.secondsSinceHeard(), "never"));
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? "unknown" : text;
  }

  private static String settings(List<SettingDifference> differences) {
    return differences.isEmpty()
        ? "none"
        : differences.stream().map(SettingDifference::toString).collect(Collectors.joining("; "));
  }

  private static String inSync(Equality equality) {
    return !equality.compared() ? "unknown" : equality.inSync() ? "yes" : "no";
  }

  private static String count(OptionalLong number, String none) {
    return number.isEmpty() ? none : count(number.getAsLong());
  }

  private static String count(long number) {
    return Long.toString(number);
  }
}
