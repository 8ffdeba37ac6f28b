package io.ehcached.node.settings;

import io.ehcached.options.ServerOptions;
import io.ehcached.options.TlsOptions;
import io.ehcached.options.UsageException;
import io.ehcached.server.tls.ClientCertificates;
import io.ehcached.server.tls.Tls;
import io.ehcached.server.tls.TlsException;
import io.ehcached.server.tls.TlsProvider;
import io.ehcached.server.tls.TlsSettings;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS with clients, as the command line says, and its certificates. */
public final class ClientTls implements AutoCloseable {
  /** No TLS. */
  public static final ClientTls NONE = new ClientTls(Optional.empty());

  private static final Logger LOG = LoggerFactory.getLogger(ClientTls.class);

  private final Optional<Tls> tls;

  private ClientTls(Optional<Tls> tls) {
    this.tls = tls;
  }

  /**
   * Reads the certificates; returns {@link #NONE} if no TLS is asked for.
   *
   * @throws UsageException when a file cannot be used
   */
  public static ClientTls of(ServerOptions options) throws UsageException {
    return options.tls().isPresent() ? open(options.tls().get()) : NONE;
  }

  private static ClientTls open(TlsOptions options) throws UsageException {
    TlsSettings settings =
        new TlsSettings(
            options.chainCert(),
            options.key().orElse(null),
            switch (options.verifyMode()) {
              case 0 -> ClientCertificates.NOT_ASKED;
              case 1 -> ClientCertificates.OPTIONAL;
              default -> ClientCertificates.REQUIRED;
            },
            options.caCert().orElse(null),
            options.ciphers(),
            options.minVersion(),
            options.sessionCache());
    try {
      return new ClientTls(Optional.of(Tls.open(settings, TlsProvider.best())));
    } catch (TlsException e) {
      throw UsageException.badValue("-Z: " + String.join("\n-Z: ", e.faults()));
    }
  }

  /** Returns what encrypts connections; empty without TLS. */
  public Optional<Tls> tls() {
    return tls;
  }

  /** Returns what is in effect, in one line; empty without TLS. */
  public Optional<String> description() {
    return tls.map(Tls::describe);
  }

  /** Warns of a certificate that clients will not accept. */
  public void warn() {
    tls.ifPresent(Tls::warn);
  }

  /**
   * Reads the certificates again.
   *
   * @return why those from before are still in use, or empty
   */
  public Optional<String> refresh() {
    if (tls.isEmpty()) {
      return Optional.of("TLS not enabled");
    }
    try {
      tls.get().refresh();
      return Optional.empty();
    } catch (TlsException e) {
      LOG.warn("keeping the previous certificates: {}", e.getMessage());
      return Optional.of("loading the certificates: " + e.getMessage());
    }
  }

  /** Returns how many seconds ago the certificates were read; empty without TLS. */
  public OptionalLong secondsSinceRead() {
    return tls.isPresent() ? OptionalLong.of(tls.get().secondsSinceLoaded()) : OptionalLong.empty();
  }

  /** Tells whether clients may resume their earlier sessions. */
  public boolean resumesSessions() {
    return tls.map(Tls::resumesSessions).orElse(false);
  }

  /** Gives back native memory; nobody may connect any more. */
  @Override
  public void close() {
    tls.ifPresent(Tls::close);
  }
}
