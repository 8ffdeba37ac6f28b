package io.ehcached.config;

import io.ehcached.address.AddressText;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.network.DiscoverySettings;
import io.ehcached.replication.network.DiscoverySettings.Way;
import io.ehcached.replication.network.ListenerSettings;
import io.ehcached.replication.network.PeerSettings;
import io.ehcached.replication.network.ProofFiles;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Checks how nodes find each other: the provider's element, and with it the listener's. */
final class RmiCheck {
  /** In the place of Ehcache's 120 s, for which one stopped peer would hold up all others. */
  private static final int USUAL_TIMEOUT = 5000;

  private static final int LEAST_TIMEOUT = 200;
  private static final int MAX_TIMEOUT = 600_000;
  private static final int MAX_PORT = 65535;
  private static final int MAX_TTL = 255;
  private static final int MAX_PEERS = 255;
  private static final String GROUP = "multicastGroupAddress=230.0.0.1";
  private static final String GROUP_PORT = "multicastGroupPort=4446";
  private static final List<String> PROOFS =
      List.of("secretFile", "tlsKeyStore", "tlsTrustStore", "tlsPasswordFile");
  static final Set<String> LISTENER =
      Set.of(
          "hostName",
          "bindAddress",
          "port",
          "remoteObjectPort",
          "socketTimeoutMillis",
          "secretFile",
          "tlsKeyStore",
          "tlsTrustStore",
          "tlsPasswordFile");
  static final Set<String> PROVIDER =
      Set.of(
          "hostName",
          "port",
          "remoteObjectPort",
          "socketTimeoutMillis",
          "peerDiscovery",
          "rmiUrls",
          "multicastGroupAddress",
          "multicastGroupPort",
          "timeToLive",
          "clusterName",
          "acceptUnlisted",
          "expectedPeers",
          "secretFile",
          "tlsKeyStore",
          "tlsTrustStore",
          "tlsPasswordFile");

  private static final int CLIENTS_PORT = 11_211;
  private static final int USUAL_PORT = 4567;

  private final LocalNetwork network;
  private final OptionalInt expected;
  private final Findings findings;
  private final Findings ofPlace;

  /**
   * Makes the check.
   *
   * @param expected how many peers the command line expects, which takes precedence
   * @param ofPlace gathers what follows from where the node listens
   */
  RmiCheck(LocalNetwork network, OptionalInt expected, Findings findings, Findings ofPlace) {
    this.ofPlace = ofPlace;
    this.network = network;
    this.expected = expected;
    this.findings = findings;
  }

  /**
   * Returns what is in effect.
   *
   * @param listenerElement may be null: then it follows from the provider
   * @param defined all regions that the file defines
   */
  PeerSettings check(
      FactoryProperties provider, XmlElement listenerElement, String region, List<String> defined) {
    FactoryProperties listener =
        listenerElement == null ? provider : FactoryProperties.of(listenerElement, findings);
    Set<Way> discovery = discovery(provider);
    boolean unknown = discovery.isEmpty(); // then what is there is looked at all the same
    boolean automatic =
        discovery.contains(Way.AUTOMATIC)
            || (unknown && provider.get("multicastGroupAddress") != null);
    List<PeerUrl> urls =
        discovery.contains(Way.MANUAL) || unknown
            ? new PeerList(provider, findings).read(region, defined)
            : List.of();
    network.expectPeers(
        urls.stream().filter(url -> !url.hasAddress()).map(PeerUrl::host).distinct().toList());
    checkUrls(provider, urls);
    DiscoverySettings.Group group = automatic ? group(provider) : null;
    provider.warnOfUnknown(PROVIDER);
    if (listenerElement != null) {
      listener.warnOfUnknown(LISTENER);
    }

    Endpoint.Place place =
        new Endpoint(network, ofPlace, provider, listener)
            .find(urls.stream().distinct().toList(), group);
    int remotePort = listener.port("remoteObjectPort");
    if (remotePort != 0 && remotePort == place.port()) {
      findings.error(
          listener.factory(),
          "remoteObjectPort",
          "remoteObjectPort and port are both " + remotePort + "; give them different numbers");
    }
    checkFiles(provider, listener);
    int expectedPeers = provider.number("expectedPeers", 0, 0, MAX_PEERS);
    return new PeerSettings(
        new ListenerSettings(
            place.hostName(),
            place.bindAddress(),
            place.port(),
            remotePort,
            listener.number("socketTimeoutMillis", USUAL_TIMEOUT, LEAST_TIMEOUT, MAX_TIMEOUT)),
        new DiscoverySettings(
            discovery,
            place.others(),
            leaving(group, place),
            provider.get("clusterName"),
            provider.certainTruth("acceptUnlisted", true),
            expected.orElse(expectedPeers)),
        new ProofFiles(proofs(provider, listener)));
  }

  /**
   * Reports hosts that are not known, ports that are for clients, and peers that are named twice.
   */
  private void checkUrls(FactoryProperties provider, List<PeerUrl> urls) {
    Set<PeerUrl> seen = new HashSet<>();
    for (PeerUrl url : urls) {
      if (!seen.add(url)) {
        findings.note(
            provider.factory(), url.host(), "rmiUrls name " + url + " twice; once will do");
      } else if (!url.isService() && network.resolve(url.host()).isEmpty()) {
        findings.warning(
            provider.factory(),
            url.host(),
            "the host of "
                + url
                + " in rmiUrls cannot be resolved here; the node will keep retrying; correct"
                + " the name, or make it known to this machine");
      } else if (url.port() == CLIENTS_PORT) {
        findings.warning(
            provider.factory(),
            Integer.toString(CLIENTS_PORT),
            "the URL "
                + url
                + " in rmiUrls has port "
                + CLIENTS_PORT
                + ", where nodes serve clients; write the port of the peer's"
                + " cacheManagerPeerListenerFactory, such as "
                + url.withPort(USUAL_PORT));
      }
    }
  }

  /** Says which of the files that prove peers cannot be read. */
  private void checkFiles(FactoryProperties provider, FactoryProperties listener) {
    proofs(provider, listener)
        .forEach(
            (name, file) -> {
              FactoryProperties where = listener.get(name) == null ? provider : listener;
              boolean regular = Files.isRegularFile(Path.of(file)); // a pipe may never end
              if (!regular || !Files.isReadable(Path.of(file))) {
                findings.error(
                    where.factory(),
                    name,
                    name
                        + "="
                        + file
                        + (regular
                            ? " cannot be read; check its permissions"
                            : (Files.exists(Path.of(file)) ? " is no file" : " is not there")
                                + "; write the path of a file, see docs/security.md"));
              }
            });
  }

  /** The provider and the listener may both say it; where they differ, the listener counts. */
  private static Map<String, String> proofs(
      FactoryProperties provider, FactoryProperties listener) {
    Map<String, String> proofs = new LinkedHashMap<>();
    for (String name : PROOFS) {
      String value = listener.get(name) == null ? provider.get(name) : listener.get(name);
      if (value != null) {
        proofs.put(name, value);
      }
    }
    return proofs;
  }

  private Set<Way> discovery(FactoryProperties provider) {
    String said = provider.get("peerDiscovery");
    Set<Way> discovery = said == null ? EnumSet.of(Way.AUTOMATIC) : ways(said);
    if (discovery.isEmpty()) {
      findings.error(
          provider.factory(),
          "peerDiscovery",
          "peerDiscovery="
              + said
              + " is not known; write peerDiscovery=automatic, peerDiscovery=manual, or"
              + " peerDiscovery=both"
              + (said.contains("=") ? ", and a comma between properties" : ""));
    } else if (!discovery.contains(Way.MANUAL)) {
      if (provider.get("rmiUrls") != null) {
        findings.warning(
            provider.factory(),
            "rmiUrls",
            "rmiUrls do nothing in automatic discovery; write peerDiscovery=manual,"
                + " or peerDiscovery=both");
      }
    } else if (provider.get("rmiUrls") == null) {
      findings.warning(
          provider.factory(),
          "peerDiscovery",
          "peerDiscovery="
              + said
              + " without rmiUrls finds nobody"
              + (discovery.contains(Way.AUTOMATIC) ? " by hand" : "")
              + "; write rmiUrls=//host:port/region|//host:port/region");
    }
    return discovery;
  }

  /** Returns none where the word is not known. */
  private static Set<Way> ways(String said) {
    return switch (said.toLowerCase(Locale.ROOT).replaceAll("\\s", "")) {
      case "automatic" -> EnumSet.of(Way.AUTOMATIC);
      case "manual" -> EnumSet.of(Way.MANUAL);
      case "both", "manual|automatic", "automatic|manual" -> EnumSet.allOf(Way.class);
      default -> EnumSet.noneOf(Way.class);
    };
  }

  /** Heartbeats leave by the interface where peers are told to call, where loopback was no use. */
  private DiscoverySettings.Group leaving(DiscoverySettings.Group group, Endpoint.Place place) {
    return group == null
            || group.hostName() == null
            || !network.isLoopback(group.hostName())
            || network.isLoopback(place.hostName())
            || group.timeToLive() == 0
        ? group
        : new DiscoverySettings.Group(group.address(), group.port(), group.timeToLive(), null);
  }

  private DiscoverySettings.Group group(FactoryProperties provider) {
    int timeToLive = provider.number("timeToLive", 1, 0, MAX_TTL);
    String hostName = provider.get("hostName");
    return new DiscoverySettings.Group(
        groupAddress(provider),
        groupPort(provider),
        timeToLive,
        hostName == null
            ? null
            : hostName.equals("localhost") ? "127.0.0.1" : AddressText.bare(hostName));
  }

  private String groupAddress(FactoryProperties provider) {
    String group = provider.get("multicastGroupAddress");
    if (group == null) {
      findings.error(provider.factory(), null, "names no multicast group; write " + GROUP);
      return null;
    }
    List<InetAddress> addresses = network.resolve(group);
    if (addresses.isEmpty() || !addresses.get(0).isMulticastAddress()) {
      findings.error(
          provider.factory(),
          "multicastGroupAddress",
          "multicastGroupAddress="
              + group
              + " is no multicast address; write one from 224.0.0.0 to 239.255.255.255, such as "
              + GROUP);
    }
    return group;
  }

  private int groupPort(FactoryProperties provider) {
    if (provider.get("multicastGroupPort") == null) {
      findings.error(provider.factory(), null, "names no multicast port; write " + GROUP_PORT);
    }
    return provider.number("multicastGroupPort", 0, 1, MAX_PORT);
  }
}
