package io.ehcached.config;

import io.ehcached.config.RmiSettings.Discovery;
import io.ehcached.replication.link.PeerUrl;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What Ehcache is given in the place of the file: the one region that is served, and what belongs
 * to it, with the mends that the findings tell of.
 */
final class EffectiveFile {
  private static final String PROVIDER = "cacheManagerPeerProviderFactory";
  private static final String LISTENER = "cacheManagerPeerListenerFactory";

  private final XmlElement root;
  private final XmlElement region;
  private final LocalNetwork network;
  private final Findings findings;
  private RmiSettings rmi;

  EffectiveFile(XmlElement root, XmlElement region, LocalNetwork network, Findings findings) {
    this.root = root;
    this.region = region;
    this.network = network;
    this.findings = findings;
  }

  /** Returns how peers are reached; null when the node has none. Known once built. */
  RmiSettings rmi() {
    return rmi;
  }

  XmlElement build(RegionBound bound, long memoryBytes) {
    XmlElement result = new XmlElement(root.name(), root.line(), "");
    result.attributes().put("monitoring", "off");
    for (String kept : List.of("name", "maxBytesLocalDisk")) {
      if (root.attribute(kept) != null) {
        result.attributes().put(kept, root.attribute(kept));
      }
    }
    result.children().addAll(root.children("diskStore"));
    result.children().addAll(root.children("sizeOfPolicy"));
    for (XmlElement listener : root.children("cacheManagerEventListenerFactory")) {
      if (Factories.isNamed(listener) && Factories.isLoadable(listener)) {
        result.children().add(listener);
      }
    }
    for (String left :
        List.of("terracottaConfig", "managementRESTService", "transactionManagerLookup")) {
      root.children(left)
          .forEach(element -> findings.note(element, null, "is left out: it does not apply here"));
    }
    noteOtherRegions();
    XmlElement served = new RegionCheck(root, region, findings).effective(bound, memoryBytes);
    addClustering(result, served);
    result.children().add(served);
    return result;
  }

  private void noteOtherRegions() {
    String others =
        root.children("cache").stream()
            .map(other -> other.attribute("name"))
            .filter(name -> name != null && !name.equals(region.attribute("name")))
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      findings.note(
          region,
          null,
          "is the region that is served; left out are "
              + others
              + ", to serve one of them start with --region");
    }
  }

  private void addClustering(XmlElement result, XmlElement served) {
    List<XmlElement> providers = root.children(PROVIDER);
    List<XmlElement> listeners = root.children(LISTENER);
    result.children().addAll(Factories.others(providers, Factories.PROVIDER, findings));
    boolean otherKinds = !result.children(PROVIDER).isEmpty();
    result.children().addAll(Factories.others(listeners, Factories.LISTENER, findings));
    XmlElement provider = Factories.rmiProvider(providers, findings);
    XmlElement listener = Factories.lastRmi(listeners, Factories.LISTENER, findings);
    XmlElement replicator = new ReplicationCheck(findings).check(region);

    if (replicator != null && provider == null && !otherKinds) {
      findings.warning(
          replicator,
          null,
          "replicates to nobody, since no peers are to be found; write in <ehcache> <"
              + PROVIDER
              + " class=\""
              + Factories.PROVIDER
              + "\" properties=\"peerDiscovery=automatic, multicastGroupAddress=230.0.0.1,"
              + " multicastGroupPort=4446, timeToLive=1\"/>");
      if (listener == null) { // to whom nobody can send either
        served.children().removeIf(child -> Factories.is(child, Factories.REPLICATOR));
        return;
      }
      provider = new XmlElement(PROVIDER, listener.line(), "");
      provider.attributes().put("class", Factories.PROVIDER);
      provider.attributes().put("properties", "peerDiscovery=manual, rmiUrls=|");
    }
    if (provider == null) {
      if (listener != null) {
        findings.warning(
            listener,
            null,
            "does nothing, since no peers are to be found and the region does not replicate; take"
                + " it out, or write a <"
                + PROVIDER
                + ">, too");
      }
      return;
    }
    if (replicator == null) {
      findings.warning(
          region,
          null,
          "does not replicate, though peers are to be found; write in it <cacheEventListenerFactory class=\""
              + Factories.REPLICATOR
              + "\" properties=\"replicateAsynchronously=true\"/>");
    }
    rmi =
        new RmiCheck(network, findings)
            .check(provider, listener, region.attribute("name"), regions());
    result.children().add(providerOf(provider));
    result.children().add(listenerOf(listener == null ? provider : listener));
  }

  private List<String> regions() {
    return root.children("cache").stream().map(other -> other.attribute("name")).toList();
  }

  private XmlElement providerOf(XmlElement origin) {
    boolean manual = rmi.discovery().contains(Discovery.MANUAL);
    boolean automatic = rmi.discovery().contains(Discovery.AUTOMATIC);
    StringBuilder properties = new StringBuilder("peerDiscovery=");
    properties.append(!automatic ? "manual" : manual ? "both" : "automatic");
    if (manual) {
      properties
          .append(", rmiUrls=")
          .append(rmi.peers().stream().map(PeerUrl::toString).collect(Collectors.joining("|")));
    }
    if (automatic) {
      properties
          .append(", multicastGroupAddress=" + rmi.group())
          .append(", multicastGroupPort=" + rmi.groupPort())
          .append(", timeToLive=" + rmi.timeToLive())
          .append(rmi.clusterName() == null ? "" : ", clusterName=" + rmi.clusterName())
          .append(multicastInterface(origin));
    }
    return factory(PROVIDER, origin, Factories.PROVIDER, properties.toString());
  }

  /** The provider's own hostName says which interface heartbeats leave by. */
  private String multicastInterface(XmlElement provider) {
    String hostName = FactoryProperties.of(provider, findings).get("hostName");
    if (hostName == null) {
      return "";
    }
    return ", hostName=" + (hostName.equals("localhost") ? "127.0.0.1" : hostName);
  }

  private XmlElement listenerOf(XmlElement origin) {
    return factory(LISTENER, origin, Factories.LISTENER, listenerProperties());
  }

  private String listenerProperties() {
    return "hostName="
        + rmi.hostName()
        + ", port="
        + rmi.port()
        + ", remoteObjectPort="
        + rmi.remoteObjectPort()
        + ", socketTimeoutMillis="
        + rmi.socketTimeoutMillis()
        + (rmi.bindAddress().equals(rmi.hostName()) ? "" : ", bindAddress=" + rmi.bindAddress())
        + rmi.proofs().entrySet().stream()
            .map(proof -> ", " + proof.getKey() + "=" + proof.getValue().replace("\\", "\\\\"))
            .collect(Collectors.joining());
  }

  private static XmlElement factory(
      String name, XmlElement origin, String className, String properties) {
    XmlElement factory = new XmlElement(name, origin.line(), origin.source());
    factory.attributes().put("class", className);
    factory.attributes().put("properties", properties);
    return factory;
  }
}
