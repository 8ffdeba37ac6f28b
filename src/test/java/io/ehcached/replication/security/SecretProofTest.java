package io.ehcached.replication.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.security.Secret.Purpose;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proof between nodes of this release, of the one before, and those who are in between. */
@Timeout(30)
class SecretProofTest {
  private static final Secret SECRET = Secret.of("0123456789abcdef");
  private static final byte[] MAGIC = "EHP1".getBytes(StandardCharsets.US_ASCII);
  private static final InetSocketAddress CALLED = new InetSocketAddress("10.0.0.2", 40_001);
  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("10.0.0.3", 40_001);
  private static final InetSocketAddress SIX = new InetSocketAddress("fd00::2", 40_001);

  private static final int LONG = 20_000; // longer than anything takes, in milliseconds

  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocket line = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      client = new Socket(line.getInetAddress(), line.getLocalPort());
      server = line.accept();
      client.setSoTimeout(LONG);
      server.setSoTimeout(LONG);
    }
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
  }

  /** What one end does; it hangs up when it has failed. */
  private interface End {
    void run(InputStream in, OutputStream out) throws IOException;
  }

  private static CompletableFuture<Void> run(Socket socket, End end) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            end.run(socket.getInputStream(), socket.getOutputStream());
          } catch (IOException e) {
            try {
              socket.shutdownOutput();
            } catch (IOException shut) {
              e.addSuppressed(shut);
            }
            throw new CompletionException(e);
          }
        });
  }

  private void prove(End calling, End called) {
    CompletableFuture<Void> one = run(client, calling);
    CompletableFuture<Void> other = run(server, called);
    CompletableFuture.allOf(one, other).join();
  }

  private static End calls(InetSocketAddress address) {
    return (in, out) -> SecretProof.client(SECRET, address, in, out);
  }

  private static End listensAt(InetSocketAddress... own) {
    return (in, out) -> SecretProof.server(SECRET, List.of(own), in, out);
  }

  private static byte[] read(InputStream in, int count) throws IOException {
    byte[] bytes = new byte[count];
    new DataInputStream(in).readFully(bytes);
    return bytes;
  }

  private static void hello(OutputStream out, byte[] nonce) throws IOException {
    out.write(MAGIC);
    out.write(nonce);
  }

  private static byte[] readNonce(InputStream in) throws IOException {
    assertThat(read(in, MAGIC.length)).isEqualTo(MAGIC);
    return read(in, Nonce.LENGTH);
  }

  /** A calling node of a release that does not know of called addresses. */
  private static void callsAsBefore(InputStream in, OutputStream out, byte[] nonce)
      throws IOException {
    hello(out, nonce);
    byte[] theirs = readNonce(in);
    out.write(SECRET.code(Purpose.CLIENT, nonce, theirs));
    if (!Arrays.equals(read(in, Secret.CODE_LENGTH), SECRET.code(Purpose.SERVER, nonce, theirs))) {
      throw new IOException("false");
    }
  }

  /** A called node of such a release. */
  private static void listensAsBefore(InputStream in, OutputStream out) throws IOException {
    byte[] theirs = readNonce(in);
    byte[] nonce = Nonce.plain().bytes();
    hello(out, nonce);
    if (!Arrays.equals(read(in, Secret.CODE_LENGTH), SECRET.code(Purpose.CLIENT, theirs, nonce))) {
      throw new IOException("false");
    }
    out.write(SECRET.code(Purpose.SERVER, theirs, nonce));
  }

  @Test
  void oneOfSeveralAddresses_isEnough() {
    prove(calls(CALLED), listensAt(ELSEWHERE, CALLED));
  }

  @Test
  void addressOfSix_isCompared() {
    prove(calls(SIX), listensAt(SIX));
    assertThat(SecretProof.encode(SIX)).hasSize(19);
  }

  @Test
  void otherAddress_isRefusedAndTold() {
    CompletableFuture<Void> caller = run(client, calls(ELSEWHERE));
    assertThatThrownBy(run(server, listensAt(CALLED, SIX))::join)
        .hasMessageContaining("it called 10.0.0.3 port 40001, which is not this node's address")
        .hasMessageContaining("set hostName to 10.0.0.3 here, or use TLS");
    assertThatThrownBy(caller::join).hasMessageContaining("or the called address is not");
  }

  @Test
  void otherPort_isRefused() {
    InetSocketAddress other = new InetSocketAddress(CALLED.getAddress(), 40_002);
    CompletableFuture<Void> caller = run(client, calls(other));
    assertThatThrownBy(run(server, listensAt(CALLED))::join)
        .hasMessageContaining("it called 10.0.0.2 port 40002, which is not this node's address");
    assertThatThrownBy(caller::join).hasMessageContaining("or the called address is not");
  }

  @Test
  void callerOfTheReleaseBefore_isLetIn() {
    prove((in, out) -> callsAsBefore(in, out, Nonce.plain().bytes()), listensAt(CALLED));
  }

  @Test
  void calledNodeOfTheReleaseBefore_isTaken() {
    prove(calls(CALLED), SecretProofTest::listensAsBefore);
  }

  /** Who has heard a nonce of this release cannot use it for a proof of the one before. */
  @Test
  void callerThatSeemsNewAndProvesAsBefore_isRefused() {
    CompletableFuture<Void> caller =
        run(
            client,
            (in, out) -> {
              byte[] nonce = Nonce.marked(SECRET).bytes();
              hello(out, nonce);
              out.write(SECRET.code(Purpose.CLIENT, nonce, readNonce(in)));
              client.shutdownOutput();
              read(in, Secret.CODE_LENGTH);
            });
    assertThatThrownBy(run(server, listensAt(CALLED))::join)
        .hasRootCauseInstanceOf(PeerProofException.class);
    assertThatThrownBy(caller::join).isInstanceOf(CompletionException.class);
  }

  /** A relay that takes the marks off has other nonces than the two ends. */
  @Test
  void relayThatMakesBothEndsLookOld_isRefused() throws Exception {
    CompletableFuture<Void> caller = run(client, calls(CALLED));
    InputStream in = server.getInputStream();
    readNonce(in);
    try (ServerSocket line = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket toNode = new Socket(line.getInetAddress(), line.getLocalPort());
        Socket node = line.accept()) {
      CompletableFuture<Void> called = run(node, listensAt(ELSEWHERE));
      hello(toNode.getOutputStream(), Nonce.plain().bytes());
      hello(server.getOutputStream(), readNonce(toNode.getInputStream()));
      toNode.getOutputStream().write(read(in, Secret.CODE_LENGTH));
      assertThatThrownBy(called::join).hasMessageContaining("it has another secret");
    }
    server.close();
    assertThatThrownBy(caller::join).isInstanceOf(CompletionException.class);
  }

  @Test
  void strangerWhoConnects_isShownNothingMadeWithTheSecret() throws Exception {
    CompletableFuture<Void> called = run(server, listensAt(CALLED));
    hello(client.getOutputStream(), new byte[Nonce.LENGTH]);
    assertThat(new Nonce(readNonce(client.getInputStream())).isMarkedBy(SECRET)).isFalse();
    client.close();
    assertThatThrownBy(called::join).hasRootCauseInstanceOf(PeerProofException.class);
  }
}
