package io.ehcached.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** This machine's addresses, and what names resolve to. */
class LocalNetwork {
  private final List<InetAddress> addresses;
  private final Map<String, List<InetAddress>> resolved = new HashMap<>();

  LocalNetwork(List<InetAddress> addresses) {
    this.addresses = List.copyOf(addresses);
  }

  static LocalNetwork ofThisMachine() {
    List<InetAddress> addresses = new ArrayList<>();
    try {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (card.isUp()) {
          addresses.addAll(Collections.list(card.getInetAddresses()));
        }
      }
    } catch (SocketException e) {
      // then there is only loopback
    }
    return new LocalNetwork(addresses);
  }

  /** Returns the addresses of a host; none when its name is not known. */
  List<InetAddress> resolve(String host) {
    return resolved.computeIfAbsent(host, LocalNetwork::lookUp);
  }

  private static List<InetAddress> lookUp(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  boolean isLocal(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || addresses.contains(address);
  }

  /** Tells whether a host is this machine, by an address of it or by loopback. */
  boolean isLocal(String host) {
    return resolve(host).stream().anyMatch(this::isLocal);
  }

  /** Tells whether a host can only be this machine, whoever asks. */
  boolean isLoopback(String host) {
    List<InetAddress> all = resolve(host);
    return !all.isEmpty() && all.stream().allMatch(InetAddress::isLoopbackAddress);
  }

  /** Returns an address of this machine that others may reach, IPv4 first; or null. */
  String outward() {
    InetAddress found = null;
    for (InetAddress address : addresses) {
      boolean usable = !address.isLoopbackAddress() && !address.isLinkLocalAddress();
      if (usable
          && (found == null
              || (address instanceof Inet4Address && !(found instanceof Inet4Address)))) {
        found = address;
      }
    }
    return found == null ? null : bare(found);
  }

  private static String bare(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
