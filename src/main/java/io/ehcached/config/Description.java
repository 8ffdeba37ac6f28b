package io.ehcached.config;

import io.ehcached.address.AddressText;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.network.DiscoverySettings;
import io.ehcached.replication.network.ListenerSettings;
import io.ehcached.replication.network.PeerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.PersistenceConfiguration;
import net.sf.ehcache.config.PersistenceConfiguration.Strategy;

/** Puts into words what is in effect. */
final class Description {
  private final Map<String, String> lines = new LinkedHashMap<>();

  private Description() {}

  static String of(NodeConfiguration node) {
    StringBuilder out = new StringBuilder();
    lines(node).forEach((name, value) -> out.append(String.format("%-12s %s%n", name, value)));
    return out.toString();
  }

  static Map<String, String> lines(NodeConfiguration node) {
    Description description = new Description();
    description.line("file", node.file());
    if (!node.isUsable()) {
      description.line("region", node.regionName() == null ? "none" : node.regionName());
      return description.lines;
    }
    CacheConfiguration region = node.region();
    description.line("region", node.regionName());
    description.line("bound", node.bound());
    description.line("lifetime", lifetime(region));
    boolean disk = usesDisk(region);
    description.line("eviction", disk ? region.getMemoryStoreEvictionPolicy() : "CLOCK");
    description.line("disk", disk ? "takes what the heap has no room for" : "none");
    description.line("replication", replication(node.effectiveRegion()));
    description.line("bootstrap", bootstrap(node.effectiveRegion()));
    description.line("discovery", discovery(node.peers()));
    description.line("listener", listener(node.peers()));
    return description.lines;
  }

  private void line(String name, Object value) {
    lines.put(name, String.valueOf(value));
  }

  @SuppressWarnings("deprecation") // what replaced it lacks the old attribute
  private static boolean usesDisk(CacheConfiguration region) {
    PersistenceConfiguration persistence = region.getPersistenceConfiguration();
    return region.isOverflowToDisk()
        || region.isDiskPersistent()
        || (persistence != null && persistence.getStrategy() == Strategy.LOCALTEMPSWAP);
  }

  private static String lifetime(CacheConfiguration region) {
    long live = region.getTimeToLiveSeconds();
    long idle = region.getTimeToIdleSeconds();
    if (region.isEternal() || (live == 0 && idle == 0)) {
      return "as each item's exptime says";
    }
    return "for items without exptime"
        + (live > 0 ? ", " + live + " s" : "")
        + (idle > 0 ? ", " + idle + " s unused" : "");
  }

  private static String replication(XmlElement region) {
    String given = "none";
    for (XmlElement listener : region.children("cacheEventListenerFactory")) {
      if (Factories.is(listener, EhcacheClassNames.REPLICATOR)) {
        given = given(listener); // of several the last counts
      }
    }
    return given;
  }

  private static String bootstrap(XmlElement region) {
    List<XmlElement> loaders = region.children("bootstrapCacheLoaderFactory");
    return loaders.isEmpty()
        ? "none; a restarted node begins empty"
        : given(loaders.get(loaders.size() - 1));
  }

  private static String given(XmlElement factory) {
    String properties = factory.attribute("properties");
    return properties == null || properties.isBlank()
        ? "Ehcache's defaults"
        : properties.trim().replaceAll("\\s+", " ");
  }

  private static String discovery(PeerSettings peers) {
    if (peers == null) {
      return "none; the node has no peers";
    }
    DiscoverySettings discovery = peers.discovery();
    List<String> ways = new ArrayList<>();
    if (discovery.isManual()) {
      String listed =
          discovery.listed().stream().map(PeerUrl::toString).collect(Collectors.joining(" "));
      ways.add("manual: " + (listed.isEmpty() ? "no other nodes" : listed));
    }
    if (discovery.isAutomatic()) {
      DiscoverySettings.Group group = discovery.group();
      ways.add(
          "automatic: group "
              + AddressText.bracketed(group.address())
              + " port "
              + group.port()
              + ", timeToLive "
              + group.timeToLive()
              + (discovery.clusterName() == null ? "" : ", cluster " + discovery.clusterName()));
    }
    if (!discovery.acceptUnlisted()) {
      ways.add("no others");
    }
    if (discovery.expectedPeers() > 0) {
      ways.add(discovery.expectedPeers() + " expected");
    }
    return String.join("; ", ways);
  }

  private static String listener(PeerSettings peers) {
    if (peers == null) {
      return "none";
    }
    ListenerSettings listener = peers.listener();
    int objectPort = listener.remoteObjectPort();
    return AddressText.bracketed(listener.hostName())
        + (listener.port() == 0 ? ", any free port" : " port " + listener.port())
        + ", objects at "
        + (objectPort == 0 ? "the same port" : "port " + objectPort)
        + ", timeout "
        + listener.socketTimeoutMillis()
        + " ms"
        + proof(peers.proofs().byProperty());
  }

  private static String proof(Map<String, String> files) {
    if (files.containsKey("tlsKeyStore")) {
      return ", peers prove themselves by TLS";
    }
    return files.containsKey("secretFile")
        ? ", peers prove themselves by " + files.get("secretFile")
        : "";
  }
}
