package io.ehcached.node.settings;

import io.ehcached.auth.Authenticator;
import io.ehcached.auth.PasswordFileException;
import io.ehcached.options.ListenAddress;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.protocol.Limits;
import io.ehcached.server.ConnectionLimits;
import io.ehcached.server.Protocols;
import io.ehcached.server.ServerSettings;
import io.ehcached.server.TcpEndpoint;
import io.ehcached.server.Transport;
import io.ehcached.server.tls.Tls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a node meets its clients, as the command line has it.
 *
 * @param transport how it waits for them
 * @param limits what they may cost
 * @param authenticator who is let in; null where nobody is asked
 * @param tls its certificates; null without TLS
 */
public record FrontEnd(
    ServerOptions options,
    Transport transport,
    ConnectionLimits limits,
    Authenticator authenticator,
    Tls tls) {
  /**
   * Makes it ready; nothing is listened on yet.
   *
   * @throws UsageException when an option asks for what this machine does not have
   */
  public static FrontEnd of(ServerOptions options) throws UsageException {
    return new FrontEnd(
        options,
        transport(options.network().transport()),
        ClientLimits.of(options),
        authenticator(options),
        ClientTls.of(options));
  }

  /**
   * Returns what the server is to be started with.
   *
   * @throws UsageException when an address is none
   */
  public ServerSettings settings() throws UsageException {
    ServerOptions.Network network = options.network();
    List<TcpEndpoint> endpoints = new ArrayList<>();
    if (network.unixSocket().isEmpty() && network.port() != 0) {
      int port = ServerOptions.Network.toBind(network.port());
      for (ListenAddress address : network.listen()) {
        endpoints.add(
            new TcpEndpoint(
                address.resolve(port),
                tls != null && !address.notls(),
                protocols(address.protocol().orElse(network.protocol()))));
      }
    }
    return new ServerSettings(
        endpoints,
        tls,
        Endpoints.of(network),
        network.unixSocket().orElse(null),
        network.unixMask(),
        network.backlog(),
        limits,
        network.threads(),
        options.features().requestsPerEvent(),
        protocols(network.protocol()),
        transport,
        new Limits(options.memory().maxItemSize(), options.features().cas()),
        authenticator);
  }

  static Protocols protocols(ServerOptions.Protocol wanted) {
    return switch (wanted) {
      case AUTO -> Protocols.ANY;
      case ASCII -> Protocols.TEXT;
      case BINARY -> Protocols.BINARY;
    };
  }

  /**
   * Returns who is let in, or null where nobody is asked.
   *
   * @throws UsageException when the file of users cannot be used
   */
  static Authenticator authenticator(ServerOptions options) throws UsageException {
    Optional<Path> users = options.features().users();
    try {
      return users.isEmpty()
          ? null
          : Authenticator.of(users.get(), options.node().requirePrivateFiles());
    } catch (PasswordFileException e) {
      throw UsageException.badValue("-Y: " + e.getMessage());
    }
  }

  private static Transport transport(ServerOptions.Transport wanted) throws UsageException {
    Transport transport =
        switch (wanted) {
          case AUTO -> Transport.best();
          case IO_URING -> Transport.IO_URING;
          case EPOLL -> Transport.EPOLL;
          case NIO -> Transport.NIO;
        };
    if (!transport.isAvailable()) {
      throw UsageException.badValue(
          "--transport " + transport + " is not there on this machine; leave it out, or write nio");
    }
    return transport;
  }
}
