package io.ehcached.node.settings;

import io.ehcached.options.ServerOptions;
import io.ehcached.options.TlsOptions;
import io.ehcached.options.UsageException;
import io.ehcached.protocol.Stat;
import io.ehcached.server.tls.ClientCertificates;
import io.ehcached.server.tls.Tls;
import io.ehcached.server.tls.TlsException;
import io.ehcached.server.tls.TlsProvider;
import io.ehcached.server.tls.TlsSettings;
import java.nio.file.Path;
import java.util.List;

/** TLS with clients, from what the command line asks for to what {@code stats} shows of it. */
public final class ClientTls {
  private static final int RECORD = 16 * 1024; // RFC 8446, section 5.1

  private ClientTls() {}

  /**
   * Sets it up; returns null where none is asked for.
   *
   * @throws UsageException when a file cannot be used
   */
  public static Tls of(ServerOptions options) throws UsageException {
    return options.tls().isPresent() ? open(options.tls().get()) : null;
  }

  private static Tls open(TlsOptions options) throws UsageException {
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
      return Tls.open(settings, TlsProvider.best());
    } catch (TlsException e) {
      throw UsageException.badValue("-Z: " + String.join("\n-Z: ", e.faults()));
    }
  }

  /**
   * Adds what {@code stats settings} shows of it, under memcached's names and one of ours.
   *
   * @param tls what is in effect
   */
  public static void addSettings(List<Stat> settings, TlsOptions options, Tls tls) {
    settings.add(new Stat("ssl_chain_cert", options.chainCert().toString()));
    settings.add(new Stat("ssl_key", options.key().map(Path::toString).orElse("NULL")));
    settings.add(Stat.of("ssl_verify_mode", verifyBits(options.verifyMode())));
    settings.add(Stat.of("ssl_keyformat", 1)); // PEM
    settings.add(
        new Stat(
            "ssl_ciphers",
            options.ciphers().isEmpty() ? "NULL" : String.join(":", options.ciphers())));
    settings.add(new Stat("ssl_ca_cert", options.caCert().map(Path::toString).orElse("NULL")));
    settings.add(Stat.of("ssl_wbuf_size", RECORD));
    settings.add(new Stat("ssl_session_cache", tls.resumesSessions() ? "yes" : "no"));
    settings.add(new Stat("ssl_kernel_tls", "no"));
    settings.add(new Stat("ssl_min_version", "tlsv1." + options.minVersion()));
    settings.add(new Stat("ssl_provider", tls.provider().toString()));
  }

  /** Returns what memcached shows, which are the bits that OpenSSL has for the mode. */
  private static int verifyBits(int mode) {
    return switch (mode) {
      case 2 -> 3; // SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
      case 3 -> 7; // and SSL_VERIFY_CLIENT_ONCE
      default -> mode;
    };
  }
}
