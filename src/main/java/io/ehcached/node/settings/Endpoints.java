package io.ehcached.node.settings;

import io.ehcached.options.ListenAddress;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.server.UdpEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Where datagrams are taken: at each host of {@code -l}, whatever port is written there. */
final class Endpoints {
  private Endpoints() {}

  /**
   * Returns the addresses, with port 0 for any free one, and what is spoken there: where a host was
   * written more than once, what the first of these says.
   *
   * @throws UsageException when other machines could reach one, and nobody said that they may
   */
  static List<UdpEndpoint> of(ServerOptions.Network network) throws UsageException {
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
            new UdpEndpoint(
                here, FrontEnd.protocols(address.protocol().orElse(network.protocol()))));
      }
    }
    return endpoints;
  }
}
