package io.ehcached.node.settings;

import io.ehcached.auth.Authenticator;
import io.ehcached.auth.PasswordFileException;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.protocol.Limits;
import io.ehcached.server.ConnectionLimits;
import io.ehcached.server.ServerSettings;
import io.ehcached.server.Transport;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a node serves its clients, as the command line says.
 *
 * @param transport what carries their connections
 * @param limits how many there may be, and how much memory they may take
 * @param authenticator checks their passwords; empty if they need none
 * @param tls its certificates
 */
public record FrontEnd(
    ServerOptions options,
    Transport transport,
    ConnectionLimits limits,
    Optional<Authenticator> authenticator,
    ClientTls tls) {
  /**
   * Reads the files that the options name; nothing is listened on yet.
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
   * Returns the settings to start the server with.
   *
   * @throws UsageException when an address cannot be resolved, or is not allowed
   */
  public ServerSettings settings() throws UsageException {
    ServerOptions.Network network = options.network();
    return new ServerSettings(
        Endpoints.tcp(network, tls.tls().isPresent()),
        tls.tls().orElse(null),
        Endpoints.udp(network),
        network.unixSocket().orElse(null),
        network.unixMask(),
        network.backlog(),
        limits,
        network.threads(),
        options.features().requestsPerEvent(),
        Endpoints.protocols(network.protocol()),
        transport,
        new Limits(options.memory().maxItemSize(), options.features().cas()),
        authenticator.orElse(null));
  }

  /**
   * Returns what checks passwords; empty if clients need none.
   *
   * @throws UsageException when the file of users cannot be used
   */
  static Optional<Authenticator> authenticator(ServerOptions options) throws UsageException {
    Optional<Path> users = options.features().users();
    try {
      return users.isEmpty()
          ? Optional.empty()
          : Optional.of(Authenticator.of(users.get(), options.node().requirePrivateFiles()));
    } catch (PasswordFileException e) {
      throw UsageException.badValue("-Y: " + e.getMessage());
    }
  }

  static Transport transport(ServerOptions.Transport wanted) throws UsageException {
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
