package io.ehcached.monitor;

import io.ehcached.address.AddressText;
import io.ehcached.admin.Membership;
import io.ehcached.admin.NodeStatus;
import io.ehcached.admin.RegionStatus;
import io.ehcached.json.Json;
import io.ehcached.monitor.http.HttpReply;
import io.ehcached.replication.status.Equality;
import io.ehcached.replication.status.NameStatus;
import io.ehcached.replication.status.PeerStatus;
import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.replication.status.SettingDifference;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The cluster as this node sees it, in JSON. The names of its fields stay what they are. */
final class ClusterPage {
  private ClusterPage() {}

  static HttpReply reply(NodeStatus node) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("node", node(node));
    Membership membership = node.membership();
    page.put("membership_version", membership.version());
    page.put("members", membership.members().stream().map(ClusterPage::member).toList());
    Optional<ReplicationStatus> replication = node.replication();
    page.put("replication", replication.map(ClusterPage::replication).orElse(null));
    page.put(
        "peers",
        replication.map(ReplicationStatus::peers).orElse(List.of()).stream()
            .map(ClusterPage::peer)
            .toList());
    page.put("names", node.peerNames().stream().map(ClusterPage::name).toList());
    return HttpReply.of(200, "application/json", Json.of(page));
  }

  private static Map<String, Object> node(NodeStatus node) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", node.name());
    fields.put("id", node.replication().map(status -> status.node().id()).orElse(null));
    fields.put("version", node.version());
    fields.put("memcached_version", node.memcachedVersion());
    fields.put("state", node.state());
    fields.put("not_ready", node.unready());
    fields.put("addresses", node.addresses().stream().map(ClusterPage::shown).toList());
    fields.put("uptime_seconds", (System.currentTimeMillis() - node.startMillis()) / 1000);
    Optional<RegionStatus> region = node.region();
    fields.put("region", region.map(RegionStatus::name).orElse(null));
    fields.put("items", region.map(RegionStatus::items).orElse(0L));
    fields.put("bytes", region.map(RegionStatus::bytes).orElse(0L));
    fields.put("limit_bytes", region.map(RegionStatus::maxBytes).orElse(0L));
    fields.put("limit_items", region.map(RegionStatus::maxItems).orElse(0L));
    fields.put("connections", node.clientCount());
    return fields;
  }

  private static String shown(InetSocketAddress address) {
    return AddressText.of(address);
  }

  private static Map<String, Object> member(Membership.Member member) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("host", member.host());
    fields.put("ip", member.ip());
    fields.put("port", member.port());
    fields.put("name", orNull(member.name()));
    fields.put("id", orNull(member.id()));
    return fields;
  }

  private static Map<String, Object> replication(ReplicationStatus status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("url", status.url());
    fields.put("mode", status.synchronous() ? "synchronous" : "asynchronous");
    fields.put("bootstrap_state", status.copying().state());
    fields.put("bootstrap_source", status.copying().source());
    fields.put("bootstrap_percent", status.copying().percent());
    fields.put("bootstrap_items", status.copying().items());
    fields.put("catching_up", status.pauses().catchingUp());
    fields.put("catching_up_peers", status.pauses().awaited());
    fields.put("pauses", status.pauses().count());
    fields.put("last_pause_ms", status.pauses().lastMillis());
    fields.put("tombstones", status.tombstones());
    fields.put("expected_peers", status.expectedPeers());
    fields.put("reachable_peers", status.reachablePeers());
    return fields;
  }

  private static Map<String, Object> peer(PeerStatus peer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("url", peer.url());
    fields.put("name", orNull(peer.node().name()));
    fields.put("id", orNull(peer.node().id()));
    fields.put("known_by", peer.origin().toString());
    fields.put("state", peer.state().toString());
    fields.put("sends_here", peer.sendsHere());
    fields.put("pending", peer.pending());
    fields.put("lag_ms", peer.lagMillis());
    Equality equality = peer.equality();
    fields.put("in_sync", equality.compared() ? equality.inSync() : null);
    fields.put("differing_keys", orNull(equality.differingKeys()));
    fields.put("seconds_since_equal", orNull(equality.secondsSinceEqual()));
    fields.put(
        "differing_settings",
        peer.differences().stream().map(SettingDifference::toString).toList());
    fields.put("sent", peer.counts().sent());
    fields.put("received", peer.counts().received());
    fields.put("merged", peer.counts().merged());
    fields.put("refused_older", peer.counts().refusedOlder());
    fields.put("refused_ahead", peer.counts().refusedAhead());
    fields.put("repaired", peer.counts().repaired());
    fields.put("dropped", peer.counts().dropped());
    fields.put("renewed", peer.counts().renewed());
    fields.put("overflows", peer.counts().overflows());
    fields.put("errors", peer.counts().errors());
    fields.put("seconds_since_heard", orNull(peer.secondsSinceHeard()));
    return fields;
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Map<String, Object> name(NameStatus name) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name.name());
    fields.put("addresses", name.addresses());
    fields.put("seconds_since_resolved", orNull(name.secondsSinceResolved()));
    fields.put("unresolved_seconds", name.unresolvedSeconds());
    fields.put("last_error", name.lastError().isEmpty() ? null : name.lastError());
    return fields;
  }

  private static Long orNull(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
