package io.ehcached.config;

import io.ehcached.address.AddressText;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.network.DiscoverySettings;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * Works out where a node listens for its peers. The file often does not say it, or says it in a way
 * that no other machine can use; the list of peers then tells it, if this node is in it.
 */
final class Endpoint {
  private final LocalNetwork network;
  private final Findings findings;
  private final FactoryProperties provider;
  private final FactoryProperties listener;
  private final boolean derived;

  /**
   * Where a node listens, and who the others are.
   *
   * @param others the listed peers without this node itself
   */
  record Place(String hostName, String bindAddress, int port, List<PeerUrl> others) {}

  /**
   * Makes it for a provider and its listener.
   *
   * @param listener the provider itself where the file names no listener
   */
  @SuppressWarnings("ReferenceEquality") // the very same, not one like it
  Endpoint(
      LocalNetwork network,
      Findings findings,
      FactoryProperties provider,
      FactoryProperties listener) {
    this.network = network;
    this.findings = findings;
    this.provider = provider;
    this.listener = listener;
    this.derived = listener == provider;
  }

  /**
   * Works it out.
   *
   * @param group through which peers are heard; null where they are not
   */
  Place find(List<PeerUrl> urls, DiscoverySettings.Group group) {
    boolean heard = group != null && group.timeToLive() > 0; // by other machines
    String said =
        listener.get("hostName") == null ? provider.get("hostName") : listener.get("hostName");
    int port = listener.get("port") == null ? provider.port("port") : listener.port("port");
    PeerUrl own = own(urls, said, port);
    boolean remote = urls.stream().anyMatch(url -> !network.isLoopback(url.host()));
    OwnAddress outward = OwnAddress.of(network, urls, heard ? group.address() : null);
    XmlElement place = said == null ? listener.factory() : where("hostName");
    String host = new OwnHost(network, findings, place, outward, remote, heard).find(said, own);
    boolean wrong = listener.isWrong("port") || provider.isWrong("port");
    if (port == 0 && !wrong && group == null && !urls.isEmpty()) {
      boolean free = listener.get("port") != null || provider.get("port") != null;
      port = unsaidPort(free ? null : own);
    }
    if (derived) {
      noteDerived(host, port);
    }
    if (group != null && !heard && !network.isLoopback(host)) {
      findings.warning(
          provider.factory(),
          "timeToLive",
          "timeToLive=0 keeps heartbeats on this machine, so that peers are looked for on this"
              + " machine only, though they are told "
              + host
              + "; write timeToLive=1 for this subnet, or hostName=localhost if this machine is all"
              + " there is");
    }
    String bind = bindAddress(host, outward);
    return new Place(host, bind, port, others(urls, host, bind, port));
  }

  private void noteDerived(String host, int port) {
    findings.note(
        provider.factory(),
        null,
        "no cacheManagerPeerListenerFactory is named, so that it listens on "
            + AddressText.bracketed(host)
            + ", "
            + (port == 0 ? "any free port" : "port " + port)
            + "; to say otherwise write"
            + " <cacheManagerPeerListenerFactory class=\""
            + EhcacheClassNames.LISTENER
            + "\" properties=\"hostName="
            + host
            + ", port="
            + port
            + "\"/>");
  }

  private XmlElement where(String property) {
    return listener.get(property) == null ? provider.factory() : listener.factory();
  }

  /** The one URL in the list that can only be this node, or null. */
  private PeerUrl own(List<PeerUrl> urls, String said, int port) {
    Predicate<PeerUrl> here =
        url -> network.isLocal(url.host()) && (port == 0 || port == url.port());
    List<PeerUrl> local = urls.stream().filter(here).toList();
    if (said != null && !network.isLoopback(said)) {
      local = local.stream().filter(url -> isSame(url.host(), said)).toList();
    }
    return local.size() == 1 ? local.get(0) : null;
  }

  private int unsaidPort(PeerUrl own) {
    if (own != null) {
      return own.port();
    }
    findings.warning(
        listener.factory(),
        null,
        "names no port of its own, so that peers cannot list it; write port=4567, say");
    return 0;
  }

  /** Returns where it listens; never everywhere by itself, since hostName may be misspelt. */
  private String bindAddress(String host, OwnAddress outward) {
    String said = listener.get("bindAddress");
    if (said != null) {
      checkBindAddress(said);
      return AddressText.bare(said);
    }
    List<InetAddress> addresses = network.resolve(host);
    if (addresses.isEmpty() || addresses.stream().anyMatch(network::isLocal)) {
      return host;
    }
    String own = outward.address() == null ? OwnHost.LOOPBACK : outward.address();
    findings.warning(
        where("hostName"),
        "hostName",
        "hostName="
            + host
            + " is no address of this machine: it listens on "
            + (outward.address() == null ? own : outward.why())
            + "; if peers reach it through another machine, write in cacheManagerPeerListenerFactory"
            + " bindAddress="
            + own
            + ", or bindAddress=0.0.0.0 to listen on all; else correct hostName");
    return own;
  }

  private void checkBindAddress(String said) {
    List<InetAddress> addresses = network.resolve(AddressText.bare(said));
    if (addresses.isEmpty() || !network.isLocal(addresses.get(0))) {
      findings.error(
          listener.factory(),
          "bindAddress",
          "bindAddress="
              + said
              + " is no address of this machine; write one, or bindAddress=0.0.0.0 for all");
    }
  }

  private List<PeerUrl> others(List<PeerUrl> urls, String host, String bind, int port) {
    Predicate<PeerUrl> itself =
        url ->
            port == url.port()
                && isFixed(url, host)
                && (isSame(url.host(), host)
                    || (network.isLoopback(url.host()) && !network.isLoopback(host))
                    || isSame(url.host(), bind)
                    || (isEvery(bind) && network.isLocal(url.host())));
    List<PeerUrl> others = urls.stream().filter(itself.negate()).toList();
    urls.stream()
        .filter(itself)
        .forEach(
            url ->
                findings.note(
                    provider.factory(),
                    url.host(),
                    "the URL " + url + " is this node itself and is passed over"));
    if (others.isEmpty() && !urls.isEmpty()) {
      findings.warning(
          provider.factory(),
          "rmiUrls",
          "rmiUrls name no node but this one; write the others', too");
    }
    return others;
  }

  /**
   * Tells whether a URL always stands for the same node. A name may come to stand for others as
   * well, so that only the running node can tell which of its addresses are its own.
   */
  private boolean isFixed(PeerUrl url, String host) {
    return url.hasAddress() || network.isLoopback(url.host()) || url.host().equalsIgnoreCase(host);
  }

  private boolean isEvery(String host) {
    return network.resolve(host).stream().anyMatch(InetAddress::isAnyLocalAddress);
  }

  private boolean isSame(String host, String other) {
    return host.equalsIgnoreCase(other)
        || network.resolve(host).stream().anyMatch(network.resolve(other)::contains);
  }
}
