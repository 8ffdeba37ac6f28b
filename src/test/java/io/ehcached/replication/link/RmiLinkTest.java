package io.ehcached.replication.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.settings.PeerSettingsException;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.RegionAbsentException;
import io.ehcached.support.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames over real sockets, within one process. */
class RmiLinkTest {
  private static final int LONG = 20_000; // more than any test may take

  private LinkSettings settings;
  private RegionServer server;

  @BeforeEach
  void start() {
    settings = TestLinks.settings();
    server = new RegionServer(settings, 0, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private PeerLink link(String region) {
    return link(region, settings);
  }

  private PeerLink link(String region, LinkSettings caller) {
    return new RmiPeerLink(
        PeerUrl.of(InetAddress.getLoopbackAddress(), server.port(), region), caller);
  }

  @Test
  void call_boundRegion_bringsItsAnswer() throws Exception {
    server.bind("a", frame -> ("a:" + new String(frame, UTF_8)).getBytes(UTF_8));
    server.bind("b/c d", frame -> new byte[0]);
    PeerLink a = link("a");
    assertThat(a.call("x".getBytes(UTF_8), LONG)).isEqualTo("a:x".getBytes(UTF_8));
    assertThat(a.call(new byte[0], LONG)).isEqualTo("a:".getBytes(UTF_8));
    assertThat(link("b/c d").call("x".getBytes(UTF_8), LONG)).isEmpty();
  }

  @Test
  void call_largeFrame_arrivesWhole() throws Exception {
    server.bind("a", frame -> frame);
    byte[] frame = new byte[TestLinks.MAX_FRAME];
    frame[0] = 1;
    frame[frame.length - 1] = 2;
    assertThat(link("a").call(frame, LONG)).isEqualTo(frame);
    assertThatThrownBy(() -> link("a").call(new byte[frame.length + 1], LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("above the bound");
  }

  @Test
  void call_regionThatIsNotThere_saysSo() {
    assertThatThrownBy(() -> link("nowhere").call(new byte[1], LONG))
        .isInstanceOf(RegionAbsentException.class)
        .hasMessage("there is no such region there");
  }

  @Test
  void call_nobodyListens_saysSo() {
    PeerLink link = link("a");
    server.close();
    assertThatThrownBy(() -> link.call(new byte[1], LONG))
        .isInstanceOf(ConnectException.class)
        .hasMessage("Connection refused"); // whoever tells it says where
  }

  @Test
  void closedLink_connectsNoMore() throws Exception {
    server.bind("a", frame -> frame);
    RmiPeerLink link = (RmiPeerLink) link("a");
    link.close();
    assertThatThrownBy(() -> link.call(new byte[1], LONG))
        .isInstanceOf(ConnectException.class)
        .hasMessage("the link was closed");
  }

  @Test
  void call_handlerFails_bringsItsText() {
    server.bind(
        "a",
        frame -> {
          throw new IOException("not now");
        });
    assertThatThrownBy(() -> link("a").call(new byte[1], LONG))
        .isInstanceOf(IOException.class)
        .hasMessage("the peer says: not now");
  }

  @Test
  void call_handlerIsSlow_endsAtTheDeadlineAndOthersDoNotWait() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    server.bind(
        "slow",
        frame -> {
          try {
            assertThat(release.await(LONG, TimeUnit.MILLISECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return frame;
        });
    server.bind("fast", frame -> frame);
    assertThatThrownBy(() -> link("slow").call(new byte[1], 200))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(link("fast").call(new byte[1], LONG)).hasSize(1);
    release.countDown();
    assertThat(link("slow").call(new byte[1], LONG)).hasSize(1);
  }

  /** The system accepts for a stopped process, and nothing ever comes. */
  @Test
  void call_peerAcceptsAndSaysNothing_endsAtTheDeadline() throws Exception {
    try (ServerSocket silent = new ServerSocket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      PeerLink link =
          new RmiPeerLink(
              PeerUrl.of(InetAddress.getLoopbackAddress(), silent.getLocalPort(), "a"), settings);
      assertThatThrownBy(() -> link.call(new byte[1], 200))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("no answer yet");
    }
  }

  @Test
  void call_peerStartedAnewAtTheSamePort_reachesIt() throws Exception {
    server.bind("a", frame -> new byte[] {1});
    PeerLink link = link("a");
    assertThat(link.call(new byte[1], LONG)).containsExactly(1);
    int port = server.port();
    server.close();
    server = new RegionServer(settings, port, 0);
    server.bind("a", frame -> new byte[] {2});
    assertThat(TestLinks.callUntilItWorks(link)).containsExactly(2);
  }

  @Test
  void newServer_portTaken_saysWhereAndWhatToDo() {
    assertThatThrownBy(() -> new RegionServer(settings, server.port(), 0))
        .isInstanceOf(PeerSettingsException.class)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("cacheManagerPeerListenerFactory")
        .hasMessageContaining("give another port");
  }

  @Test
  void newServer_portTakenByAnotherProgram_saysWhereAndWhatToDo() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> new RegionServer(settings, other.getLocalPort(), 0))
          .isInstanceOf(PeerSettingsException.class)
          .hasMessageContaining("the port is taken");
    }
  }

  @Test
  void newServer_objectPortGiven_servesThere() throws Exception {
    int objectPort = FreePorts.next();
    server.close();
    server = new RegionServer(settings, 0, objectPort);
    server.bind("a", frame -> frame);
    assertThat(server.port()).isNotEqualTo(objectPort);
    assertThat(link("a").call(new byte[2], LONG)).hasSize(2);
  }

  @Test
  void guard_regionTakenOutOfTheRegistry_putsItBack() throws Exception {
    server.bind("a", frame -> frame);
    java.rmi.registry.LocateRegistry.getRegistry("127.0.0.1", server.port(), Socket::new)
        .unbind("a");
    assertThatThrownBy(() -> link("a").call(new byte[1], LONG))
        .isInstanceOf(RegionAbsentException.class);
    server.guard();
    assertThat(link("a").call(new byte[1], LONG)).hasSize(1);
  }
}
