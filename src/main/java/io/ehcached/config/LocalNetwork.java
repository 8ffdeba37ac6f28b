package io.ehcached.config;

import io.ehcached.address.AddressText;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** This machine's addresses, from which of them others are reached, and what names resolve to. */
class LocalNetwork {
  private static final int ANY_PORT = 9; // nothing is sent to it

  private final Map<InetAddress, String> interfaces;
  private final UnaryOperator<InetAddress> routes;
  private final Map<String, List<InetAddress>> resolved = new HashMap<>();

  /**
   * Makes that of a machine.
   *
   * @param interfaces the name of the interface that has an address, by address
   * @param routes returns the address from which another is reached, or null
   */
  LocalNetwork(Map<InetAddress, String> interfaces, UnaryOperator<InetAddress> routes) {
    this.interfaces = new LinkedHashMap<>(interfaces);
    this.routes = routes;
  }

  static LocalNetwork ofThisMachine() {
    Map<InetAddress, String> interfaces = new LinkedHashMap<>();
    try {
      List<NetworkInterface> all = Collections.list(NetworkInterface.getNetworkInterfaces());
      all.sort(Comparator.comparingInt(NetworkInterface::getIndex)); // they come in any order
      for (NetworkInterface one : all) {
        if (one.isUp()) {
          one.getInetAddresses()
              .asIterator()
              .forEachRemaining(address -> interfaces.put(address, one.getName()));
        }
      }
    } catch (SocketException e) {
      // then there is only loopback
    }
    return new LocalNetwork(interfaces, LocalNetwork::askSystem);
  }

  /** A connected datagram socket has the address that the routing table says; nothing is sent. */
  private static InetAddress askSystem(InetAddress other) {
    ProtocolFamily family =
        other instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    try (DatagramChannel channel = DatagramChannel.open(family)) {
      channel.connect(new InetSocketAddress(other, ANY_PORT));
      return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
    } catch (IOException | RuntimeException e) { // no route, or no IPv6 at all
      return null;
    }
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
        || interfaces.containsKey(address);
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

  /**
   * Returns the address of this machine from which another is reached; null where it has none, or
   * one that others cannot reach.
   */
  InetAddress source(InetAddress other) {
    InetAddress source = routes.apply(other);
    return source != null && interfaces.containsKey(source) && isOutward(source) ? source : null;
  }

  /** Returns the addresses that others may reach, by the number of their interface. */
  List<InetAddress> outward() {
    return interfaces.keySet().stream().filter(LocalNetwork::isOutward).toList();
  }

  private static boolean isOutward(InetAddress address) {
    return !address.isLoopbackAddress()
        && !address.isAnyLocalAddress()
        && !address.isLinkLocalAddress();
  }

  /** Returns an address with the name of its interface, {@code 10.0.0.1 (eth0)}. */
  String shown(InetAddress address) {
    return AddressText.withoutZone(address) + " (" + interfaces.get(address) + ")";
  }
}
