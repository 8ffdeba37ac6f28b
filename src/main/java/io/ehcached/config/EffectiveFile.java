package io.ehcached.config;

import io.ehcached.config.NodeConfiguration.Overrides;
import io.ehcached.replication.network.PeerSettings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of the file that takes effect: the one region that is served, and what belongs to it. It
 * includes the corrections that the findings report.
 */
final class EffectiveFile {
  static final String PROVIDER = "cacheManagerPeerProviderFactory";
  static final String LISTENER = "cacheManagerPeerListenerFactory";

  private final XmlElement root;
  private final XmlElement region;
  private final Overrides overrides;
  private final LocalNetwork network;
  private final Findings findings;
  private final XmlElement tree;
  private PeerSettings peers;
  private ReplicationCheck replication;

  EffectiveFile(
      XmlElement root,
      XmlElement region,
      RegionBound bound,
      Overrides overrides,
      LocalNetwork network,
      Findings findings) {
    this.root = root;
    this.region = region;
    this.overrides = overrides;
    this.network = network;
    this.findings = findings;
    this.tree = build(bound);
    checkExpected();
  }

  /** Returns the elements that take effect. */
  XmlElement tree() {
    return tree;
  }

  /** Returns what of them Ehcache is given: all but what the node does itself. */
  XmlElement forEhcache() {
    return withoutReplaced(tree);
  }

  private static XmlElement withoutReplaced(XmlElement element) {
    XmlElement rest = element.copyWithoutChildren();
    element.children().stream()
        .filter(child -> !EhcacheClassNames.isReplaced(child))
        .forEach(child -> rest.children().add(withoutReplaced(child)));
    return rest;
  }

  /** Returns how peers are reached; null when the node has none. */
  PeerSettings peers() {
    return peers;
  }

  /** Returns how the region is replicated, and copied at the start. */
  ReplicationCheck replication() {
    return replication;
  }

  private XmlElement build(RegionBound bound) {
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
      if (Factories.isNamed(listener) && !FactoryClass.isLoadable(listener)) {
        findings.warning(
            listener,
            "class",
            "is left out: the class "
                + listener.attribute("class")
                + " is not on the class path; take it out");
      } else if (Factories.isNamed(listener)
          && Factories.isOfItsKind(listener, "take it out", findings)) {
        result.children().add(listener);
      }
    }
    for (String left :
        List.of("terracottaConfig", "managementRESTService", "transactionManagerLookup")) {
      root.children(left)
          .forEach(element -> findings.note(element, null, "is left out: it does not apply here"));
    }
    noteOtherRegions();
    XmlElement served =
        new RegionCheck(root, region, findings).effective(bound, overrides.memoryBytes());
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
    result.children().addAll(Factories.others(providers, EhcacheClassNames.PROVIDER, findings));
    boolean otherKinds =
        !result.children(PROVIDER).isEmpty() || Factories.anyWrong(providers, findings);
    result.children().addAll(Factories.others(listeners, EhcacheClassNames.LISTENER, findings));
    FactoryProperties provider = Factories.rmiProvider(providers, findings);
    XmlElement listener = Factories.lastRmi(listeners, EhcacheClassNames.LISTENER, findings);
    replication = new ReplicationCheck(region, findings);
    XmlElement replicator = replication.replicator();

    if (replicator != null && provider == null && !otherKinds) {
      findings.warning(
          replicator,
          null,
          "replicates to nobody, since no peers are to be found; write in <ehcache> <"
              + PROVIDER
              + " class=\""
              + EhcacheClassNames.PROVIDER
              + "\" properties=\"peerDiscovery=automatic, multicastGroupAddress=230.0.0.1,"
              + " multicastGroupPort=4446, timeToLive=1\"/>");
      if (listener == null) { // to whom nobody can send either
        served.children().removeIf(child -> Factories.is(child, EhcacheClassNames.REPLICATOR));
        return;
      }
      provider = FactoryProperties.of(new XmlElement(PROVIDER, listener.line(), ""), findings);
      provider.put("peerDiscovery", "manual");
      provider.put("rmiUrls", "|");
    }
    if (provider == null) {
      if (listener != null && !otherKinds) {
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
    if (replicator == null && !replication.isWrong()) {
      findings.warning(
          region,
          null,
          "does not replicate, though peers are to be found; write in it <cacheEventListenerFactory class=\""
              + EhcacheClassNames.REPLICATOR
              + "\" properties=\"replicateAsynchronously=true\"/>");
    }
    // Without a usable listener, where the node listens is not known, nor what follows from it.
    boolean wrong = Factories.anyWrong(listeners, findings);
    Findings ofPlace = wrong ? new Findings(findings.file()) : findings;
    peers =
        new RmiCheck(network, overrides.expectedPeers(), findings, ofPlace)
            .check(provider, listener, region.attribute("name"), regions());
    XmlElement found = provider.factory();
    result.children().add(factory(PROVIDER, found, EhcacheClassNames.PROVIDER));
    result
        .children()
        .add(factory(LISTENER, listener == null ? found : listener, EhcacheClassNames.LISTENER));
  }

  private void checkExpected() {
    int expected = overrides.expectedPeers().orElse(0);
    if (peers == null && expected > 0) {
      findings.warning(
          root,
          null,
          "names no peers, so --expect-peers "
              + expected
              + " has no effect; write a <"
              + PROVIDER
              + ">, or leave the option out");
    }
  }

  private List<String> regions() {
    return root.children("cache").stream().map(other -> other.attribute("name")).toList();
  }

  private static XmlElement factory(String name, XmlElement origin, String className) {
    XmlElement factory = new XmlElement(name, origin.line(), origin.source());
    factory.attributes().put("class", className);
    return factory;
  }
}
