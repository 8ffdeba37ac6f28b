package io.ehcached.config;

import io.ehcached.address.AddressText;
import io.ehcached.replication.link.PeerUrl;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The address that peers are told where the file names none that they could use: the one from which
 * this machine reaches them. A machine often has others, of containers or of a virtual network,
 * which lead to no peer.
 *
 * @param address such as {@code 10.0.0.1}, or null where this machine has loopback alone
 * @param why the reason, as operators are told, and the addresses that were not chosen
 */
record OwnAddress(String address, String why) {
  /** Addresses on the Internet that are nobody's, so that the default route leads to them. */
  private static final List<String> FAR = List.of("192.0.2.1", "2001:db8::1");

  /**
   * Chooses it.
   *
   * @param urls the listed peers
   * @param group the multicast group through which peers are heard; null where they are not
   */
  static OwnAddress of(LocalNetwork network, List<PeerUrl> urls, String group) {
    List<InetAddress> all = network.outward();
    if (all.isEmpty()) {
      return new OwnAddress(null, "");
    }
    Map<InetAddress, List<String>> from = new LinkedHashMap<>();
    urls.forEach(url -> reach(network, url.host(), from));
    if (from.isEmpty() && group != null) {
      reach(network, group, from);
    }
    InetAddress chosen =
        from.keySet().stream()
            .max(Comparator.comparingInt((InetAddress one) -> from.get(one).size()))
            .orElse(null);
    if (chosen != null) {
      String reached = String.join(", ", from.get(chosen));
      return new OwnAddress(network, all, chosen, "from which this machine reaches " + reached);
    }
    boolean ipv6 = group != null && group.indexOf(':') >= 0;
    for (String far : ipv6 ? List.of(FAR.get(1), FAR.get(0)) : FAR) {
      chosen = network.source(network.resolve(far).get(0));
      if (chosen != null) {
        return new OwnAddress(network, all, chosen, "which the default route uses");
      }
    }
    chosen =
        all.stream().filter(one -> !(one instanceof Inet6Address)).findFirst().orElse(all.get(0));
    return new OwnAddress(
        network,
        all,
        chosen,
        all.size() == 1
            ? "the only one of this machine"
            : "the first of this machine, which has no route to the peers and no default route");
  }

  private OwnAddress(LocalNetwork network, List<InetAddress> all, InetAddress chosen, String why) {
    this(
        AddressText.withoutZone(chosen),
        network.shown(chosen) + ", " + why + others(network, all, chosen));
  }

  private static void reach(
      LocalNetwork network, String host, Map<InetAddress, List<String>> from) {
    for (InetAddress address : network.resolve(host)) {
      InetAddress source = network.isLocal(address) ? null : network.source(address);
      if (source != null) {
        from.computeIfAbsent(source, none -> new ArrayList<>()).add(host);
        return;
      }
    }
  }

  private static String others(LocalNetwork network, List<InetAddress> all, InetAddress chosen) {
    String others =
        all.stream()
            .filter(one -> !one.equals(chosen))
            .map(network::shown)
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "" : "; not chosen: " + others;
  }
}
