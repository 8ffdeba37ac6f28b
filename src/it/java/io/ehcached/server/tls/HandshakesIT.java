package io.ehcached.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.support.Certificates;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that come with each version of TLS, to servers with each kind of key, and come again. */
class HandshakesIT {
  @TempDir static Path directory;
  private static Certificates files;

  @BeforeAll
  static void make() {
    files = Certificates.in(directory).authority("ec");
    files
        .openssl("req -x509 -newkey rsa:2048 -nodes -keyout rsa.key -subj /CN=rsa -out rsa.pem")
        .openssl("req -x509 -newkey ed25519 -nodes -keyout ed.key -subj /CN=ed -out ed.pem");
  }

  private static Tls open(TlsProvider provider, String key, boolean resumption)
      throws TlsException {
    assumeTrue(
        provider == TlsProvider.JDK || provider == TlsProvider.best(),
        "no native library of BoringSSL for this machine");
    TlsSettings settings =
        new TlsSettings(
            files.file(key + ".pem"),
            files.file(key + ".key"),
            ClientCertificates.NOT_ASKED,
            null,
            List.of(),
            2,
            resumption);
    return Tls.open(settings, provider);
  }

  /** Connects, and says something, so that what comes behind the handshake is taken too. */
  private static void greet(SSLContext client, int port, String version) throws IOException {
    SSLSocket socket =
        (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setEnabledProtocols(new String[] {version});
    try (TextClient greeting = new TextClient(socket)) {
      assertThat(greeting.ask("hello")).isEqualTo("hello");
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  static Stream<Arguments> providersAndVersions() {
    return Stream.of(TlsProvider.values())
        .flatMap(
            provider ->
                Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(provider, version)));
  }

  @ParameterizedTest
  @MethodSource("providersAndVersions")
  void everyKindOfKey_serves(TlsProvider provider, String version) throws Exception {
    for (String key : List.of("ec", "rsa", "ed")) {
      try (EchoServer server = new EchoServer(open(provider, key, /* resumption= */ false))) {
        greet(files.client(key, null), server.port(), version);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providersAndVersions")
  void clientThatComesAgain_goesOnWhereItWas_whereThatIsAskedFor(
      TlsProvider provider, String version) throws Exception {
    try (EchoServer server = new EchoServer(open(provider, "ec", /* resumption= */ true))) {
      SSLContext client = files.client("ec", null);
      greet(client, server.port(), version);
      await().until(() -> server.newSessions() == 1);
      greet(client, server.port(), version);
      greet(client, server.port(), version);
      greet(files.client("ec", null), server.port(), version);
      await().until(() -> server.newSessions() > 1);
      assertThat(server.newSessions()).as("of the first client and the other").isEqualTo(2);

      server.tls().refresh(); // the client may be one that is let in no more
      greet(client, server.port(), version);
      await().until(() -> server.newSessions() == 3);
    }
  }

  @ParameterizedTest
  @MethodSource("providersAndVersions")
  void clientThatComesAgain_beginsAnew_otherwise(TlsProvider provider, String version)
      throws Exception {
    Tls tls = open(provider, "ec", /* resumption= */ false);
    assertThat(tls.resumesSessions()).isEqualTo(provider == TlsProvider.JDK);
    try (EchoServer server = new EchoServer(tls)) {
      SSLContext client = files.client("ec", null);
      greet(client, server.port(), version);
      greet(client, server.port(), version);
      await().until(() -> server.newSessions() == (tls.resumesSessions() ? 1 : 2));
    }
  }
}
