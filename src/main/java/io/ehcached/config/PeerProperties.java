package io.ehcached.config;

import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.network.DiscoverySettings;
import io.ehcached.replication.network.ListenerSettings;
import io.ehcached.replication.network.PeerSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the settings in effect for peers as the properties that a file would have for them. */
final class PeerProperties {
  private PeerProperties() {}

  static Map<String, String> ofProvider(DiscoverySettings discovery) {
    Map<String, String> properties = new LinkedHashMap<>();
    boolean both = discovery.isManual() && discovery.isAutomatic();
    properties.put(
        "peerDiscovery", both ? "both" : discovery.isAutomatic() ? "automatic" : "manual");
    if (discovery.isManual()) {
      properties.put(
          "rmiUrls",
          discovery.listed().stream().map(PeerUrl::toString).collect(Collectors.joining("|")));
    }
    if (discovery.isAutomatic()) {
      DiscoverySettings.Group group = discovery.group();
      properties.put("multicastGroupAddress", group.address());
      properties.put("multicastGroupPort", Integer.toString(group.port()));
      properties.put("timeToLive", Integer.toString(group.timeToLive()));
      if (discovery.clusterName() != null) {
        properties.put("clusterName", discovery.clusterName());
      }
      if (group.hostName() != null) {
        properties.put("hostName", group.hostName());
      }
    }
    if (!discovery.acceptUnlisted()) {
      properties.put("acceptUnlisted", "false");
    }
    if (discovery.expectedPeers() > 0) {
      properties.put("expectedPeers", Integer.toString(discovery.expectedPeers()));
    }
    return properties;
  }

  static Map<String, String> ofListener(PeerSettings peers) {
    ListenerSettings listener = peers.listener();
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("hostName", listener.hostName());
    properties.put("port", Integer.toString(listener.port()));
    properties.put("remoteObjectPort", Integer.toString(listener.remoteObjectPort()));
    properties.put("socketTimeoutMillis", Integer.toString(listener.socketTimeoutMillis()));
    if (!listener.bindAddress().equals(listener.hostName())) {
      properties.put("bindAddress", listener.bindAddress());
    }
    properties.putAll(peers.proofs().byProperty());
    return properties;
  }
}
