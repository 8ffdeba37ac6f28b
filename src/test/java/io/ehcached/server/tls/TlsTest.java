package io.ehcached.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.Certificates;
import io.ehcached.support.TextClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not get as far as to say something. */
class TlsTest {
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir static Path directory;
  private static Certificates files;

  @BeforeAll
  static void make() {
    files = Certificates.in(directory).authority("ca").signed("server", "ca");
  }

  private static TlsSettings settings(String... ciphers) {
    return new TlsSettings(
        files.file("server.pem"),
        files.file("server.key"),
        ClientCertificates.NOT_ASKED,
        null,
        List.of(ciphers),
        2,
        false);
  }

  private static EchoServer serve(Duration handshake) throws TlsException {
    return new EchoServer(Tls.open(settings(), TlsProvider.best(), handshake));
  }

  @Test
  void clientThatHangsInTheHandshake_isClosedAndCounted() throws Exception {
    try (EchoServer server = serve(Duration.ofMillis(50));
        TextClient silent = new TextClient(server.port());
        TextClient slow = new TextClient(server.port())) {
      slow.send(new byte[] {22, 3, 1, 1}); // how a handshake begins
      assertThat(silent.isClosedByPeer()).isTrue();
      assertThat(slow.isClosedByPeer()).isTrue();
      await().until(() -> server.handshakeErrors() == 2 && server.tls().unfinished() == 0);
    }
  }

  @Test
  void clientThatSpeaksPlainText_isClosedAndCounted() throws Exception {
    try (EchoServer server = serve(NEVER);
        TextClient client = new TextClient(server.port())) {
      client.send("get k\r\n");
      assertThat(client.isClosedByPeer()).isTrue();
      await().until(() -> server.handshakeErrors() == 1 && server.tls().unfinished() == 0);
    }
  }

  @Test
  void clientThatOnlyLooksIn_isNoError() throws Exception {
    try (EchoServer server = serve(NEVER)) {
      try (TextClient half = new TextClient(server.port())) {
        half.endInput();
        assertThat(half.isClosedByPeer()).isTrue();
      }
      TextClient gone = new TextClient(server.port());
      await().until(() -> server.tls().unfinished() == 1);
      gone.close();
      await().until(() -> server.tls().unfinished() == 0);
      assertThat(server.handshakeErrors()).isZero();
    }
  }

  @Test
  void closeUnfinished_hangsUp() throws Exception {
    try (EchoServer server = serve(NEVER);
        TextClient client = new TextClient(server.port())) {
      await().until(() -> server.tls().unfinished() == 1);
      server.tls().closeUnfinished();
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void open_withACipherThatIsNone_saysSo() {
    assertThatThrownBy(() -> Tls.open(settings("NOPE"), TlsProvider.best()))
        .isInstanceOf(TlsException.class)
        .hasMessageStartingWith("ssl_ciphers: NOPE");
  }
}
