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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** This machine's addresses, from which of them others are reached, and what names resolve to. */
class LocalNetwork {
  private static final int ANY_PORT = 9; // nothing is sent to it
  private static final int PATIENCE_MILLIS = 1_000;

  private final Map<InetAddress, String> interfaces;
  private final UnaryOperator<InetAddress> routes;
  private final Map<String, List<InetAddress>> resolved = new HashMap<>();
  private final Map<String, CompletableFuture<List<InetAddress>>> asked = new HashMap<>();
  private final Set<String> peers = new LinkedHashSet<>();
  private long deadline; // by nanoseconds, once peers are asked for

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

  /**
   * Says which hosts are other nodes'. The name service is waited for {@value #PATIENCE_MILLIS} ms
   * for all of them together, since the node asks for them again anyhow.
   */
  void expectPeers(Collection<String> hosts) {
    peers.addAll(hosts);
  }

  /**
   * Returns the addresses of a host; none when its name is not known, or is another node's and the
   * name service takes long.
   */
  List<InetAddress> resolve(String host) {
    List<InetAddress> known = resolved.get(host);
    if (known == null) {
      known = peers.contains(host) ? resolvePeer(host) : lookUp(host);
      resolved.put(host, known);
    }
    return known;
  }

  private List<InetAddress> resolvePeer(String host) {
    if (asked.isEmpty()) {
      deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      for (String peer : peers) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        asked.put(peer, answer);
        Thread thread = new Thread(() -> answer.complete(lookUp(peer)), "peer-check");
        thread.setDaemon(true);
        thread.start();
      }
    }
    try {
      return asked.get(host).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static List<InetAddress> lookUp(String host) {
    if (host.startsWith("_")) {
      return List.of(); // a service in DNS, which has no addresses of its own
    }
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

  /** Tells whether a host is this machine alone, by addresses of it or by loopback. */
  boolean isLocal(String host) {
    List<InetAddress> all = resolve(host);
    return !all.isEmpty() && all.stream().allMatch(this::isLocal);
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
