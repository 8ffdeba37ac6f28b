package io.ehcached.config;

import io.ehcached.config.RmiSettings.Discovery;
import io.ehcached.replication.EhcacheClassNames;
import io.ehcached.replication.link.PeerUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.CacheConfiguration.BootstrapCacheLoaderFactoryConfiguration;
import net.sf.ehcache.config.CacheConfiguration.CacheEventListenerFactoryConfiguration;
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
    description.line("replication", replication(region));
    description.line("bootstrap", bootstrap(region));
    description.line("discovery", discovery(node.rmi()));
    description.line("listener", listener(node.rmi()));
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

  private static String replication(CacheConfiguration region) {
    for (Object listener : region.getCacheEventListenerConfigurations()) {
      if (listener instanceof CacheEventListenerFactoryConfiguration factory
          && isReplicator(factory.getFullyQualifiedClassPath())) {
        return given(factory.getProperties());
      }
    }
    return "none";
  }

  /** Under its stock name, or under ours, once a node was opened with it. */
  private static boolean isReplicator(String className) {
    return Factories.REPLICATOR.equals(className)
        || EhcacheClassNames.replacements().get(Factories.REPLICATOR).equals(className);
  }

  private static String bootstrap(CacheConfiguration region) {
    BootstrapCacheLoaderFactoryConfiguration loader =
        region.getBootstrapCacheLoaderFactoryConfiguration();
    return loader == null || loader.getFullyQualifiedClassPath() == null
        ? "none; a restarted node begins empty"
        : given(loader.getProperties());
  }

  private static String given(String properties) {
    return properties == null || properties.isBlank()
        ? "Ehcache's defaults"
        : properties.trim().replaceAll("\\s+", " ");
  }

  private static String discovery(RmiSettings rmi) {
    if (rmi == null) {
      return "none; the node has no peers";
    }
    List<String> ways = new ArrayList<>();
    if (rmi.discovery().contains(Discovery.MANUAL)) {
      String peers = rmi.peers().stream().map(PeerUrl::toString).collect(Collectors.joining(" "));
      ways.add("manual: " + (peers.isEmpty() ? "no other nodes" : peers));
    }
    if (rmi.discovery().contains(Discovery.AUTOMATIC)) {
      ways.add(
          "automatic: group "
              + rmi.group()
              + " port "
              + rmi.groupPort()
              + ", timeToLive "
              + rmi.timeToLive()
              + (rmi.clusterName() == null ? "" : ", cluster " + rmi.clusterName()));
    }
    return String.join("; ", ways);
  }

  private static String listener(RmiSettings rmi) {
    if (rmi == null) {
      return "none";
    }
    return rmi.hostName()
        + (rmi.port() == 0 ? ", any free port" : " port " + rmi.port())
        + ", objects at "
        + (rmi.remoteObjectPort() == 0 ? "the same port" : "port " + rmi.remoteObjectPort())
        + ", timeout "
        + rmi.socketTimeoutMillis()
        + " ms"
        + proof(rmi);
  }

  private static String proof(RmiSettings rmi) {
    if (rmi.proofs().containsKey("tlsKeyStore")) {
      return ", peers prove themselves by TLS";
    }
    return rmi.proofs().containsKey("secretFile")
        ? ", peers prove themselves by " + rmi.proofs().get("secretFile")
        : "";
  }
}
