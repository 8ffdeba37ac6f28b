package io.ehcached.replication.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.TestStores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that show each other certificates, and those who have none or another one. */
@Timeout(60)
class TlsLinkIT {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int LONG = 20_000;

  @TempDir static Path directory;

  private static final AtomicInteger handled = new AtomicInteger();
  private static TestStores stores;
  private static LinkSettings settings;
  private static RegionServer server;

  @BeforeAll
  static void start() throws Exception {
    stores =
        new TestStores(directory)
            .keys("one", "two", "stranger")
            .trust("ours", "one", "two")
            .trust("all", "one", "two", "stranger");
    settings = TestLinks.settings(security("one", "ours"), LONG);
    server = new RegionServer(settings, 0, 0);
    server.bind(
        "a",
        frame -> {
          handled.incrementAndGet();
          return frame;
        });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static PeerSecurity security(String key, String trust) {
    return PeerSecurity.tls(stores.files(key, trust));
  }

  private static RmiPeerLink link(PeerSecurity security, int port) {
    return new RmiPeerLink(PeerUrl.of(HERE, port, "a"), TestLinks.settings(security, LONG));
  }

  @Test
  void trustedCertificates_work() throws Exception {
    int before = handled.get();
    byte[] frame = new byte[TestLinks.MAX_FRAME];
    frame[frame.length - 1] = 1;
    assertThat(link(security("two", "ours"), server.port()).call(frame, LONG)).isEqualTo(frame);
    assertThat(handled).hasValue(before + 1);
  }

  @Test
  void callerWithAnotherCertificate_isRefused() {
    int before = handled.get();
    long refused = settings.refusals().count(Refusal.CONNECTION_UNPROVED);
    assertThatThrownBy(
            () -> link(security("stranger", "all"), server.port()).call(new byte[1], LONG))
        .isInstanceOf(IOException.class);
    await().until(() -> settings.refusals().count(Refusal.CONNECTION_UNPROVED) > refused);
    assertThat(handled).hasValue(before);
  }

  @Test
  void calledNodeWithAnotherCertificate_isNotTakenForAPeer() {
    LinkSettings other = TestLinks.settings(security("stranger", "all"), LONG);
    int before = handled.get();
    try (RegionServer strange = new RegionServer(other, 0, 0)) {
      strange.bind("a", frame -> frame);
      assertThatThrownBy(
              () -> link(security("two", "ours"), strange.port()).call(new byte[1], LONG))
          .isInstanceOf(IOException.class);
    }
    assertThat(handled).hasValue(before);
  }

  @Test
  void callerWithoutTls_isRefused() {
    int before = handled.get();
    assertThatThrownBy(() -> link(PeerSecurity.none(), server.port()).call(new byte[1], LONG))
        .isInstanceOf(IOException.class);
    assertThat(handled).hasValue(before);
  }

  @Test
  void whoSaysNothing_isHungUpOnAndHoldsUpNobody() throws Exception {
    LinkSettings brief = TestLinks.settings(security("one", "ours"), 1_500);
    try (RegionServer hasty = new RegionServer(brief, 0, 0);
        Socket silent = new Socket(HERE, hasty.port())) {
      hasty.bind("a", frame -> frame);
      // On a busy machine, one's own handshake may take too long as well.
      assertThat(TestLinks.callUntilItWorks(link(security("two", "ours"), hasty.port())))
          .hasSize(1);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void peerThatSaysNothing_holdsNobodyBeyondTheDeadline() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, HERE)) {
      assertThatThrownBy(
              () -> link(security("two", "ours"), silent.getLocalPort()).call(new byte[1], 300))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }
}
