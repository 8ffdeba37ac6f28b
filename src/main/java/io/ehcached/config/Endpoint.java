package io.ehcached.config;

import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.network.DiscoverySettings;
import java.util.List;
import java.util.function.Predicate;

/**
 * Works out where a node listens for its peers. The file often does not say it, or says it in a way
 * that no other machine can use; the list of peers then tells it, if this node is in it.
 */
final class Endpoint {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String WILDCARD = "0.0.0.0";

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
    String host = said;
    if (said == null) {
      host = unsaid(own, remote || heard);
    } else if (network.resolve(said).isEmpty()) {
      findings.error(
          where("hostName"),
          "hostName",
          "hostName="
              + said
              + " is no address and no known name; write hostName="
              + orLoopback(network.outward()));
    } else if (network.isLoopback(said)) {
      host = loopback(said, own, remote, heard);
    }
    if (port == 0 && group == null && !urls.isEmpty()) {
      boolean free = listener.get("port") != null || provider.get("port") != null;
      port = unsaidPort(free ? null : own);
    }
    if (derived) {
      findings.note(
          provider.factory(),
          null,
          "no cacheManagerPeerListenerFactory is named, so that it listens on "
              + host
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
    String bind = bindAddress(host);
    return new Place(host, bind, port, others(urls, host, bind, port));
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

  private String unsaid(PeerUrl own, boolean remote) {
    if (own != null) {
      return own.host();
    }
    if (!remote) {
      return LOOPBACK;
    }
    String outward = network.outward();
    if (outward == null) {
      findings.warning(
          listener.factory(),
          null,
          "names no hostName, and this machine has no address but loopback; write hostName=...");
    } else {
      findings.note(
          listener.factory(),
          null,
          "names no hostName: peers are told "
              + outward
              + "; to say otherwise write hostName="
              + outward);
    }
    return orLoopback(outward);
  }

  private String loopback(String said, PeerUrl own, boolean remote, boolean automatic) {
    String wrong = "hostName=" + said + " is an address that no other machine can reach";
    String outward = own == null || network.isLoopback(own.host()) ? network.outward() : own.host();
    if (remote && outward != null) {
      findings.warning(
          where("hostName"),
          "hostName",
          wrong
              + ", and rmiUrls name others: "
              + outward
              + " is taken in its place; write hostName="
              + outward);
      return outward;
    }
    if (remote || automatic) {
      findings.warning(
          where("hostName"),
          "hostName",
          wrong
              + "; write hostName="
              + (outward == null ? "..." : outward)
              + (automatic ? ", or timeToLive=0 if this machine is all there is" : ""));
    }
    return LOOPBACK;
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

  private String bindAddress(String host) {
    List<java.net.InetAddress> addresses = network.resolve(host);
    if (addresses.isEmpty() || addresses.stream().anyMatch(network::isLocal)) {
      return host;
    }
    findings.note(
        where("hostName"),
        "hostName",
        "hostName=" + host + " is no address of this machine, so that it listens on all of them");
    return WILDCARD;
  }

  private List<PeerUrl> others(List<PeerUrl> urls, String host, String bind, int port) {
    Predicate<PeerUrl> itself =
        url ->
            port == url.port()
                && (isSame(url.host(), host)
                    || (bind.equals(WILDCARD) && network.isLocal(url.host())));
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

  private boolean isSame(String host, String other) {
    return host.equalsIgnoreCase(other)
        || network.resolve(host).stream().anyMatch(network.resolve(other)::contains);
  }

  private static String orLoopback(String address) {
    return address == null ? LOOPBACK : address;
  }
}
