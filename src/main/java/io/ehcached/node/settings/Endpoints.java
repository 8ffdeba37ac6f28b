package io.ehcached.node.settings;

import io.ehcached.options.ListenAddress;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.server.Protocols;
import io.ehcached.server.TcpEndpoint;
import io.ehcached.server.UdpEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Where clients are served, as the command line says: for TCP, and for UDP. */
final class Endpoints {
  private Endpoints() {}

  /**
   * Returns the addresses of {@code -l}, with port 0 for any free one; none with a unix socket.
   *
   * @param tls whether TLS is spoken where an address does not say otherwise
   * @throws UsageException when an address cannot be resolved
   */
  static List<TcpEndpoint> tcp(ServerOptions.Network network, boolean tls) throws UsageException {
    List<TcpEndpoint> endpoints = new ArrayList<>();
    if (network.unixSocket().isEmpty() && network.port() != 0) {
      int port = ServerOptions.Network.toBind(network.port());
      for (ListenAddress address : network.listen()) {
        endpoints.add(
            new TcpEndpoint(
                address.resolve(port),
                tls && !address.notls(),
                protocols(address.protocol().orElse(network.protocol()))));
      }
    }
    return endpoints;
  }

  /**
   * Returns each host of {@code -l}, with port 0 for any free one, whatever port is written there,
   * and which protocols are spoken there: if a host is written more than once, those of the first.
   *
   * @throws UsageException when other machines could reach one, and nobody said that they may
   */
  static List<UdpEndpoint> udp(ServerOptions.Network network) throws UsageException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    List<UdpEndpoint> endpoints = new ArrayList<>();
    if (network.udpPort() == 0 || network.unixSocket().isPresent()) {
      return endpoints;
    }
    int port = ServerOptions.Network.toBind(network.udpPort());
    for (ListenAddress address : network.listen()) {
      InetAddress host = address.resolve(port).getAddress();
      if (!host.isLoopbackAddress() && !network.insecure()) {
        throw UsageException.badValue(
            ("-U %d with -l %s: anyone who can connect could have answers sent to others, since UDP"
                    + " tells nobody's address for sure; write a loopback address with -l,"
                    + " leave -U out, or add --insecure where a firewall keeps strangers away")
                .formatted(network.udpPort(), address.host()));
      }
      InetSocketAddress here = new InetSocketAddress(host, port);
      if (!addresses.contains(here)) {
        addresses.add(here);
        endpoints.add(
            new UdpEndpoint(here, protocols(address.protocol().orElse(network.protocol()))));
      }
    }
    return endpoints;
  }

  static Protocols protocols(ServerOptions.Protocol wanted) {
    return switch (wanted) {
      case AUTO -> Protocols.ANY;
      case ASCII -> Protocols.TEXT;
      case BINARY -> Protocols.BINARY;
    };
  }
}
