package io.ehcached.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.conformance.Memcached;
import io.ehcached.support.Certificates;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which clients get in, by the certificate that they show: memcached's answer, and ours. */
class ClientCertificatesIT {
  private static final String NONE = "none";

  /** For each mode those who get in, of a client of ours, a stranger, and one that shows none. */
  private static final Map<ClientCertificates, List<String>> WELCOME =
      Map.of(
          ClientCertificates.NOT_ASKED, List.of(NONE, "client", "stranger"),
          ClientCertificates.OPTIONAL, List.of(NONE, "client"),
          ClientCertificates.REQUIRED, List.of("client"));

  @TempDir static Path directory;
  private static Certificates files;

  @BeforeAll
  static void make() {
    files =
        Certificates.in(directory)
            .authority("ca")
            .signed("server", "ca")
            .authority("clients")
            .signed("client", "clients")
            .authority("strangers")
            .signed("stranger", "strangers");
  }

  private static List<String> welcome(int port) {
    return List.of(NONE, "client", "stranger").stream()
        .filter(certificate -> getsIn(port, certificate))
        .toList();
  }

  private static boolean getsIn(int port, String certificate) {
    try (SSLSocket socket =
            (SSLSocket)
                files
                    .client("ca", certificate.equals(NONE) ? null : certificate)
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), port);
        TextClient client = new TextClient(socket)) {
      client.ask("version");
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachMode_letsInWhomItSays(TlsProvider provider) throws Exception {
    assumeTrue(
        provider == TlsProvider.JDK || provider == TlsProvider.best(),
        "no native library of BoringSSL for this machine");
    for (ClientCertificates mode : ClientCertificates.values()) {
      TlsSettings settings =
          new TlsSettings(
              files.file("server.pem"),
              files.file("server.key"),
              mode,
              files.file("clients.pem"),
              List.of(),
              2,
              false);
      try (EchoServer server = new EchoServer(Tls.open(settings, provider))) {
        assertThat(welcome(server.port())).as("%s", mode).isEqualTo(WELCOME.get(mode));
      }
    }
  }

  @Test
  void memcached_letsInTheSame() throws Exception {
    assumeTrue(Memcached.absence() == null, Memcached.absence());
    List<ClientCertificates> same =
        List.of(
            ClientCertificates.NOT_ASKED,
            ClientCertificates.OPTIONAL,
            ClientCertificates.REQUIRED,
            ClientCertificates.REQUIRED);
    for (int mode = 0; mode < same.size(); mode++) {
      String options =
          "ssl_chain_cert=%s,ssl_key=%s,ssl_ca_cert=%s,ssl_verify_mode=%d"
              .formatted(
                  files.file("server.pem"),
                  files.file("server.key"),
                  files.file("clients.pem"),
                  mode);
      try (Memcached memcached = Memcached.start(List.of("-Z", "-o", options))) {
        assertThat(welcome(memcached.address().getPort()))
            .as("%d", mode)
            .isEqualTo(WELCOME.get(same.get(mode)));
      }
    }
  }
}
