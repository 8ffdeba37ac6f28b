package io.ehcached.replication.network;

import io.ehcached.replication.discovery.MulticastSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.security.PeerSecurity;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * How peers are found: the properties of {@code cacheManagerPeerProviderFactory}.
 *
 * @param listed the {@code rmiUrls}
 * @param multicast null when peers are not found by themselves
 * @param clusterName null for the cache manager's name
 */
record ProviderSettings(
    List<PeerUrl> listed, MulticastSettings multicast, String clusterName, PeerSecurity security) {
  /** Nobody is looked for. */
  static final ProviderSettings NONE =
      new ProviderSettings(List.of(), null, null, PeerSecurity.none());

  private static final int MAX_PORT = 0xffff;
  private static final int MAX_TTL = 255;

  static ProviderSettings of(Properties given) {
    PeerProperties properties = new PeerProperties("cacheManagerPeerProviderFactory", given);
    String discovery = properties.text("peerDiscovery");
    boolean manual = false;
    boolean automatic = discovery == null;
    if (discovery != null) {
      for (String way : discovery.toLowerCase(Locale.ROOT).split("[|+]", -1)) {
        switch (way.strip()) {
          case "manual" -> manual = true;
          case "automatic" -> automatic = true;
          case "both" -> {
            manual = true;
            automatic = true;
          }
          default ->
              throw properties.fault(
                  "peerDiscovery=" + discovery + " is not known: write manual, automatic, or both");
        }
      }
    }
    return new ProviderSettings(
        manual ? urls(properties) : List.of(),
        automatic ? multicast(properties) : null,
        properties.text("clusterName"),
        properties.security());
  }

  private static List<PeerUrl> urls(PeerProperties properties) {
    List<PeerUrl> urls = new ArrayList<>();
    String text = properties.text("rmiUrls");
    if (text != null) {
      for (String url : text.split("\\|", -1)) {
        if (!url.isBlank()) {
          try {
            urls.add(PeerUrl.parse(url.strip()));
          } catch (IllegalArgumentException e) {
            throw properties.fault("in rmiUrls, " + e.getMessage() + "; separate several by |");
          }
        }
      }
    }
    return urls;
  }

  private static MulticastSettings multicast(PeerProperties properties) {
    String group = properties.text("multicastGroupAddress");
    if (group == null || properties.text("multicastGroupPort") == null) {
      throw properties.fault(
          "peerDiscovery=automatic takes multicastGroupAddress and multicastGroupPort, 230.0.0.1"
              + " and 4446 say");
    }
    InetAddress address = properties.address("multicastGroupAddress", group);
    if (!address.isMulticastAddress()) {
      throw properties.fault(
          "multicastGroupAddress=" + group + " is not from 224.0.0.0 to 239.255.255.255");
    }
    String from = properties.text("hostName");
    return new MulticastSettings(
        address,
        properties.number("multicastGroupPort", 0, 1, MAX_PORT),
        properties.number("timeToLive", 1, 0, MAX_TTL),
        from == null ? null : properties.address("hostName", from));
  }

  /** Returns what this and another element of the kind say together. */
  ProviderSettings and(ProviderSettings other) {
    List<PeerUrl> all = new ArrayList<>(listed);
    all.addAll(other.listed);
    return new ProviderSettings(
        all,
        other.multicast == null ? multicast : other.multicast,
        other.clusterName == null ? clusterName : other.clusterName,
        security.and(other.security));
  }
}
