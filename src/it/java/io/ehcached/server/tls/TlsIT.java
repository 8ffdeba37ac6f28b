package io.ehcached.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.Certificates;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes with {@code -Z}; those of their addresses that stay without TLS let the test look in. */
class TlsIT {
  private static final int WIDE = 600_000;

  @TempDir static Path directory;
  private static final Map<TlsProvider, NodeProcess> SHARED = new EnumMap<>(TlsProvider.class);
  private static Certificates files;
  private NodeProcess own;
  private NodeProcess node;

  @BeforeAll
  static void make() {
    files = Certificates.in(directory).authority("ca").signed("client", "ca");
    serverFiles("server");
  }

  /** Makes the files that a node is started with. */
  private static void serverFiles(String name) {
    files.signed(name, "ca").concat(name + "-chain.pem", name + ".pem", "ca.pem");
  }

  /** Uses a node with nothing special, which other tests use as well. */
  private void share(TlsProvider provider) {
    node = SHARED.computeIfAbsent(provider, missing -> start(missing, "server", ""));
  }

  private void startOwn(String name, String more) {
    own = start(TlsProvider.best(), name, more);
    node = own;
  }

  private static NodeProcess start(TlsProvider provider, String name, String more) {
    String noOpenssl = "-Dio.netty.handler.ssl.noOpenSsl=";
    String certificate =
        "ssl_chain_cert=%s,ssl_key=%s%s"
            .formatted(files.file(name + "-chain.pem"), files.file(name + ".key"), more);
    return NodeProcess.builder()
        .environment(Map.of("JAVA_OPTS", "-Xmx128m " + noOpenssl + (provider == TlsProvider.JDK)))
        .arguments("-l", "127.0.0.1,notls:127.0.0.1", "-Z", "-o", certificate)
        .start();
  }

  @AfterEach
  void nodeIsWell() {
    if (node != null) {
      assertThat(node.log())
          .doesNotContain("Exception")
          .doesNotContain("ERROR")
          .doesNotContain("LEAK");
    }
    if (own != null) {
      own.close();
    }
  }

  @AfterAll
  static void stop() {
    SHARED.values().forEach(NodeProcess::close);
  }

  private SSLSocket socket(String certificate, int port, String... protocols) {
    try {
      SSLSocket socket =
          (SSLSocket)
              files
                  .client("ca", certificate)
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), port);
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TextClient secured(String... protocols) {
    return new TextClient(socket(null, node.ports().get(0), protocols));
  }

  private TextClient plain() {
    return new TextClient(node.ports().get(1));
  }

  @ParameterizedTest
  @EnumSource
  void clientsAreServed_withTlsAndWithout_byWhateverIsThere(TlsProvider provider) {
    share(provider);
    String name =
        provider == TlsProvider.best() || provider == TlsProvider.JDK ? provider.toString() : "jdk";
    try (TextClient old = secured("TLSv1.2");
        TextClient modern = secured("TLSv1.3");
        TextClient plain = plain()) {
      assertThat(old.set("wide", "x".repeat(WIDE))).isEqualTo("STORED");
      assertThat(modern.get("wide")).hasSize(WIDE);
      assertThat(plain.get("wide")).hasSize(WIDE);
      assertThat(plain.stat("settings", "ssl_enabled")).isEqualTo("yes");
      assertThat(plain.stat("settings", "ssl_provider")).isEqualTo(name);
      assertThat(plain.stat("settings", "ssl_min_version")).isEqualTo("tlsv1.2");
    }
    assertThat(node.log())
        .contains(name.equals("jdk") ? "TLS by the JDK" : "TLS by BoringSSL")
        .contains("certificate CN=server valid until");
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatReadsNothing_costsLittleMemory_andGetsAllInTheEnd(TlsProvider provider) {
    int count = 100; // 60 MB
    share(provider);
    try (TextClient greedy = secured();
        TextClient plain = plain()) {
      plain.set("wide", "x".repeat(WIDE));
      plain.ask("stats reset");
      greedy.send("get wide\r\n".repeat(count) + "mn\r\n");
      greedy.send("set more 0 0 100000\r\n" + "x".repeat(100_000) + "\r\n"); // several records
      await().until(() -> Long.parseLong(plain.stat("", "bytes_written")) > WIDE);
      for (int i = 0; i < 100; i++) { // the other clients' turns
        assertThat(plain.ask("mn")).isEqualTo("MN");
      }
      assertThat(Long.parseLong(plain.stat("", "bytes_written"))).isLessThan(30_000_000);
      for (int i = 0; i < count; i++) {
        assertThat(greedy.line()).isEqualTo("VALUE wide 0 " + WIDE);
        assertThat(greedy.bytes(WIDE)).hasSize(WIDE);
        assertThat(greedy.line()).isEmpty();
        assertThat(greedy.line()).isEqualTo("END");
      }
      assertThat(greedy.line()).isEqualTo("MN");
      assertThat(greedy.line()).isEqualTo("STORED");
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersToOneRead_leaveInOneRecord(TlsProvider provider) throws Exception {
    share(provider);
    try (RecordCounter relay = new RecordCounter(node.ports().get(0));
        TextClient client = new TextClient(socket(null, relay.port(), "TLSv1.2"))) {
      assertThat(client.set("k", "v")).isEqualTo("STORED");
      long before = relay.dataRecords();
      client.send("get k\r\n".repeat(10) + "mn\r\n"); // few, since a turn takes 1 ms at most
      while (!client.line().equals("MN")) {}
      assertThat(relay.dataRecords() - before).isEqualTo(1);
    }
  }

  @Test
  void strangers_areClosed_countedAndToldOf() {
    share(TlsProvider.best());
    try (TextClient plain = plain();
        TextClient confused = new TextClient(node.ports().get(0))) {
      plain.ask("stats reset");
      confused.send("version\r\n");
      assertThat(confused.isClosedByPeer()).isTrue();
      await().until(() -> plain.stat("", "ssl_handshake_errors").equals("1"));
      assertThat(openssl("-tls1_1", "")).contains("alert protocol version");
      await().until(() -> plain.stat("", "ssl_handshake_errors").equals("2"));
      await().until(() -> plain.stat("", "curr_connections").equals("1"));
    }
    assertThat(node.log()).contains("WARN  server.tls.HandshakeLog: no TLS with 127.0.0.1:");
  }

  private String openssl(String option, String typed) {
    try {
      String address = "127.0.0.1:" + node.ports().get(0);
      Process process =
          new ProcessBuilder("timeout", "60", "openssl", "s_client", "-connect", address, option)
              .redirectErrorStream(true)
              .start();
      // Whoever types no more is not to have gone before the node has answered.
      try (OutputStream keyboard = process.getOutputStream()) {
        keyboard.write(typed.getBytes(StandardCharsets.US_ASCII));
        keyboard.flush();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void oldestVersion_andClientCertificates_asAskedFor() {
    startOwn(
        "server",
        ",ssl_session_cache,ssl_min_version=3,ssl_verify_mode=2,ssl_ca_cert="
            + files.file("ca.pem"));

    assertThat(openssl("-tls1_2", "")).contains("alert protocol version");
    assertThatThrownBy(() -> secured().ask("mn")).isInstanceOf(UncheckedIOException.class);
    try (TextClient client = new TextClient(socket("client", node.ports().get(0)))) {
      assertThat(client.ask("mn")).isEqualTo("MN");
    }
    try (TextClient plain = plain()) {
      assertThat(plain.stat("settings", "ssl_min_version")).isEqualTo("tlsv1.3");
      assertThat(plain.stat("settings", "ssl_verify_mode")).isEqualTo("3"); // as memcached's
      assertThat(plain.stat("settings", "ssl_session_cache")).isEqualTo("yes");
      assertThat(plain.stat("", "ssl_new_sessions")).isEqualTo("1");
    }
    assertThat(node.log()).contains("version 1.3").contains("clients need a certificate of");
  }

  @Test
  void refreshCerts_isForNewConnections_andABadFileChangesNothing() throws Exception {
    serverFiles("old");
    startOwn("old", "");
    try (TextClient before = secured();
        TextClient plain = plain()) {
      assertThat(before.set("k", "v")).isEqualTo("STORED");

      serverFiles("renewed");
      replace("renewed-chain.pem", "old-chain.pem");
      assertThat(plain.ask("refresh_certs"))
          .startsWith("Error loading the certificates: ssl_key=" + files.file("old.key"))
          .contains("is not the key of the first certificate");
      assertThat(subject()).isEqualTo("CN=old");

      replace("renewed.key", "old.key");
      assertThat(plain.ask("refresh_certs")).isEqualTo("OK");
      assertThat(subject()).isEqualTo("CN=renewed");
      assertThat(before.get("k")).isEqualTo("v");
      assertThat(plain.stat("", "time_since_server_cert_refresh")).matches("\\d+");

      serverFiles("third");
      replace("third-chain.pem", "old-chain.pem");
      replace("third.key", "old.key");
      node.hangUp();
      await().until(() -> subject().equals("CN=third"));
      assertThat(before.get("k")).isEqualTo("v");
    }
  }

  private static void replace(String with, String name) throws IOException {
    Files.copy(files.file(with), files.file(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private String subject() throws IOException {
    try (SSLSocket socket = socket(null, node.ports().get(0))) {
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatSaysItIsDone_isClosed(TlsProvider provider) {
    share(provider);
    try (TextClient client = secured();
        TextClient plain = plain()) {
      assertThat(client.ask("mn")).isEqualTo("MN");
      client.endInput();
      assertThat(client.isClosedByPeer()).isTrue();
      await().until(() -> plain.stat("", "curr_connections").equals("1"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondHandshake_isRefused(TlsProvider provider) {
    share(provider);

    assertThat(openssl("-tls1_2", "R\n")).contains("RENEGOTIATING", "error:");
  }

  @Test
  void aNodeThatStops_doesNotWaitForHandshakes() {
    startOwn("server", "");
    try (TextClient silent = new TextClient(node.ports().get(0));
        TextClient plain = plain()) {
      await().until(() -> plain.stat("", "curr_connections").equals("2"));
      assertThat(node.terminate()).isZero();
      assertThat(silent.isClosedByPeer()).isTrue();
    }
    assertThat(node.log()).doesNotContain("did not read their answers");
  }
}
