package io.ehcached.replication.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.SecretProof;
import io.ehcached.replication.security.TestSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that share a secret, and those who do not know it. */
@Timeout(60)
class SecretLinkIT {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int LONG = 20_000;
  private static final int PROOF_MILLIS = 700;
  private static final PeerSecurity OURS = TestSecrets.sharing("the secret of our nodes");

  private final AtomicInteger handled = new AtomicInteger();
  private LinkSettings settings;
  private RegionServer server;

  @BeforeEach
  void start() {
    settings = TestLinks.settings(OURS, LONG);
    server = serve(settings);
  }

  private RegionServer serve(LinkSettings with) {
    RegionServer made = new RegionServer(with, 0, 0);
    made.bind(
        "a",
        frame -> {
          handled.incrementAndGet();
          return frame;
        });
    return made;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static RmiPeerLink link(PeerSecurity security, int port) {
    return new RmiPeerLink(PeerUrl.of(HERE, port, "a"), TestLinks.settings(security, LONG));
  }

  private void awaitRefusals(Refusal refusal, int atLeast) {
    await()
        .untilAsserted(
            () -> assertThat(settings.refusals().count(refusal)).isGreaterThanOrEqualTo(atLeast));
  }

  @Test
  void sameSecret_works() throws Exception {
    PeerSecurity same = TestSecrets.sharing("  the secret of our nodes\n");
    assertThat(link(same, server.port()).call(new byte[3], LONG)).hasSize(3);
    assertThat(handled).hasValue(1);
  }

  @Test
  void otherSecret_isRefusedAndSaid() {
    PeerSecurity other = TestSecrets.sharing("the secret of other nodes");
    assertThatThrownBy(() -> link(other, server.port()).call(new byte[1], LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is the same secret file configured on both nodes?");
    awaitRefusals(Refusal.CONNECTION_FALSE_PROOF, 1);
    assertThat(handled).hasValue(0);
  }

  @Test
  void callerWithoutSecret_isRefused() {
    assertThatThrownBy(() -> link(PeerSecurity.none(), server.port()).call(new byte[1], LONG))
        .isInstanceOf(IOException.class);
    awaitRefusals(Refusal.CONNECTION_FALSE_PROOF, 1);
    assertThat(handled).hasValue(0);
  }

  @Test
  void calledNodeWithoutSecret_isNotTakenForAPeer() {
    try (RegionServer open = serve(TestLinks.settings())) {
      assertThatThrownBy(() -> link(OURS, open.port()).call(new byte[1], LONG))
          .isInstanceOf(IOException.class);
      assertThat(handled).hasValue(0);
    }
  }

  @Test
  void recordedProof_isWorthless() throws Exception {
    byte[] recorded = record();
    try (Socket replayer = new Socket(HERE, server.port())) {
      replayer.getOutputStream().write(recorded);
      replayer.getOutputStream().flush();
      byte[] answer = readToEnd(replayer.getInputStream());
      assertThat(answer).hasSizeLessThanOrEqualTo(36); // no more than the node's nonce
    }
    awaitRefusals(Refusal.CONNECTION_FALSE_PROOF, 1);
    assertThat(handled).hasValue(0);
  }

  /** Proves itself as a peer does, and returns what it sent for that. */
  private byte[] record() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (Socket peer = new Socket(HERE, server.port())) {
      OutputStream out = peer.getOutputStream();
      SecretProof.client(
          OURS.secret(),
          new InetSocketAddress(HERE, server.port()),
          peer.getInputStream(),
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              sent.write(b);
              out.write(b);
            }
          });
    }
    assertThat(settings.refusals().count(Refusal.CONNECTION_FALSE_PROOF)).isZero();
    return sent.toByteArray();
  }

  /** Whoever sits where a peer is called could pass the connection on to another one. */
  @Test
  void relayAtACalledAddress_isRefused() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (ServerSocket line = new ServerSocket(0, 50, HERE)) {
      new Thread(() -> tap(line, new ByteArrayOutputStream(), sockets)).start();
      assertThatThrownBy(() -> link(OURS, line.getLocalPort()).call(new byte[1], LONG))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("or the called address is not its hostName");
      awaitRefusals(Refusal.CONNECTION_FALSE_PROOF, 1);
      assertThat(handled).hasValue(0);
    } finally {
      synchronized (sockets) {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    }
  }

  /** A router has one address for the node, and the node itself has others. */
  @Test
  void nodeBehindARouter_isReachedByItsHostName() throws Exception {
    InetAddress outside = InetAddress.getByName("127.0.0.9");
    LinkSettings routed = TestLinks.settings(OURS, LONG, outside);
    try (RegionServer node = serve(routed);
        Socket caller = new Socket(HERE, node.port())) {
      SecretProof.client(
          OURS.secret(),
          new InetSocketAddress(outside, node.port()),
          caller.getInputStream(),
          caller.getOutputStream());
      assertThat(routed.refusals().count(Refusal.CONNECTION_FALSE_PROOF)).isZero();
    }
  }

  private void tap(ServerSocket line, ByteArrayOutputStream first, List<Socket> sockets) {
    while (!line.isClosed()) {
      try {
        Socket in = line.accept();
        Socket out = new Socket(HERE, server.port());
        synchronized (sockets) {
          sockets.add(in);
          sockets.add(out);
        }
        copy(in, out, first);
        copy(out, in, new ByteArrayOutputStream());
      } catch (IOException e) {
        // the test is over
      }
    }
  }

  private static void copy(Socket from, Socket to, ByteArrayOutputStream seen) {
    new Thread(
            () -> {
              byte[] buffer = new byte[8192];
              try {
                for (int n = 0; n >= 0; n = from.getInputStream().read(buffer)) {
                  seen.write(buffer, 0, n);
                  to.getOutputStream().write(buffer, 0, n);
                }
                to.shutdownOutput();
              } catch (IOException e) {
                // closed
              }
            })
        .start();
  }

  /** Whoever is called could give the caller's own proof back to it. */
  @Test
  void reflectedProof_isWorthless() throws Exception {
    try (ServerSocket mirror = new ServerSocket(0, 1, HERE)) {
      CompletableFuture<Void> mirroring = CompletableFuture.runAsync(() -> mirror(mirror));
      assertThatThrownBy(() -> link(OURS, mirror.getLocalPort()).call(new byte[1], LONG))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another secret");
      mirroring.join();
    }
  }

  private static void mirror(ServerSocket mirror) {
    try (Socket socket = mirror.accept()) {
      byte[] buffer = new byte[8192];
      for (int n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
        socket.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // hung up on
    }
  }

  @Test
  void manyWhoSayNothing_holdUpNobodyAndAreHungUpOn() throws Exception {
    List<Socket> silent = new ArrayList<>();
    LinkSettings brief = TestLinks.settings(OURS, PROOF_MILLIS);
    try (RegionServer hasty = serve(brief)) {
      for (int i = 0; i < 200; i++) {
        silent.add(new Socket(HERE, hasty.port()));
      }
      // On a busy machine, one's own proof may come too late as well.
      assertThat(TestLinks.callUntilItWorks(link(OURS, hasty.port()))).hasSize(1);
      for (Socket socket : silent) {
        assertThat(readToEnd(socket.getInputStream())).isEmpty();
      }
      await().until(() -> brief.refusals().count(Refusal.CONNECTION_UNPROVED) >= silent.size());
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  /** Reads until the other end hangs up, be it politely or not. */
  private static byte[] readToEnd(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        all.write(b);
      }
    } catch (SocketException e) {
      // reset: it did not even read what was sent
    }
    return all.toByteArray();
  }
}
