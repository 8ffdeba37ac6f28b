package io.ehcached.replication.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Refusals;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.support.RawCall;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectStreamConstants;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.dgc.Lease;
import java.rmi.dgc.VMID;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.ObjID;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.RemoteObject;
import java.rmi.server.UnicastRemoteObject;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody can do who reaches the port of a node whose peers prove nothing. */
@Timeout(60)
class StrangerTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int LONG = 20_000;
  private static final long ENDLESS = 64 << 20; // more than what is bounded and under way

  private final AtomicInteger handled = new AtomicInteger();
  private LinkSettings settings;
  private RegionServer server;

  @BeforeEach
  void start() {
    Gadget.wasRead = false;
    settings = TestLinks.settings();
    server = new RegionServer(settings, 0, 0);
    server.bind(
        "a",
        frame -> {
          handled.incrementAndGet();
          return frame;
        });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private PeerLink link() {
    return new RmiPeerLink(PeerUrl.of(HERE, server.port(), "a"), settings);
  }

  /** Looks the region's stub up as a link does, and hands it to the attack. */
  private RemoteRegion stub() throws Exception {
    LinkSockets sockets = new LinkSockets(settings, HERE, () -> false);
    Registry registry = LocateRegistry.getRegistry("127.0.0.1", server.port(), sockets);
    return sockets.during(() -> registry.lookup("a"));
  }

  private static Object send(RemoteRegion stub, Object argument) throws Exception {
    RemoteObject handler = (RemoteObject) Proxy.getInvocationHandler(stub);
    return handler
        .getRef()
        .invoke(
            stub,
            RemoteRegion.class.getMethod("exchange", byte[].class),
            new Object[] {argument},
            hash("exchange([B)[B"));
  }

  /** The number by which RMI knows a method (Java RMI specification, 8.3). */
  private static long hash(String signature) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).writeUTF(signature);
    byte[] sha = MessageDigest.getInstance("SHA").digest(bytes.toByteArray());
    long hash = 0;
    for (int i = 0; i < 8; i++) {
      hash += (long) (sha[i] & 0xff) << (i * 8);
    }
    return hash;
  }

  @Test
  void anObjectInPlaceOfAFrame_isNotRead() throws Exception {
    RemoteRegion stub = stub();
    assertThat(send(stub, new byte[] {1})).isEqualTo(new byte[] {0, 1}); // so the attack hits
    assertThatThrownBy(() -> send(stub, new Gadget())).isInstanceOf(RemoteException.class);
    assertThatThrownBy(() -> send(stub, new Object[] {new Gadget()}))
        .isInstanceOf(RemoteException.class);
    assertThat(Gadget.wasRead).isFalse();
    assertThat(handled).hasValue(1);
  }

  /** As the well-known tools do it: to the registry (0) and to the runtime's own collector (2). */
  @Test
  void anObjectInARawCall_isNotRead() throws Exception {
    rawCall(0, 0, 4905912898345647071L);
    rawCall(0, 2, 4905912898345647071L);
    rawCall(2, 0, -669196253586618813L);
    rawCall(2, 1, -669196253586618813L);
    assertThat(Gadget.wasRead).isFalse();
    assertThat(link().call(new byte[1], LONG)).hasSize(1);
  }

  private void rawCall(long object, int operation, long hash) throws Exception {
    try (Socket socket = new Socket(HERE, server.port())) {
      RawCall.send(socket, object, operation, hash, new Gadget());
    }
  }

  @Test
  void aFrameAboveTheBound_isNotRead() throws Exception {
    RemoteRegion stub = stub();
    byte[] frame = new byte[TestLinks.MAX_FRAME + 1];
    assertThatThrownBy(() -> send(stub, frame)).isInstanceOf(RemoteException.class);
    assertThat(handled).hasValue(0);
  }

  private static LinkSettings strict() {
    return new LinkSettings(
        HERE,
        HERE,
        5_000,
        TestLinks.MAX_FRAME,
        PeerSecurity.none(),
        new HostRules(),
        new Refusals());
  }

  @Test
  void aHostThatIsNotAllowed_isHungUpOnAndCounted() {
    LinkSettings strict = strict();
    try (RegionServer closed = new RegionServer(strict, 0, 0)) {
      closed.bind("a", frame -> frame);
      PeerLink link = new RmiPeerLink(PeerUrl.of(HERE, closed.port(), "a"), settings);
      assertThatThrownBy(() -> link.call(new byte[1], LONG)).isInstanceOf(IOException.class);
      await()
          .untilAsserted(
              () -> assertThat(strict.refusals().count(Refusal.CONNECTION_HOST)).isPositive());
    }
  }

  /** The runtime reads a name to its end, however long it is, before any filter sees it. */
  @Test
  void nameWithoutEnd_isHungUpOn() throws Exception {
    assertThat(sendEndlessText(0, 2, 4905912898345647071L)).isLessThan(ENDLESS);
    assertThat(settings.refusals().count(Refusal.CONNECTION_OVERSIZED)).isEqualTo(1);
    assertThat(link().call(new byte[1], LONG)).hasSize(1);
  }

  /** Sends text of which there is no end in place of an argument; returns how much went out. */
  private long sendEndlessText(long object, int operation, long hash) throws Exception {
    try (Socket socket = new Socket(HERE, server.port())) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      RawCall.begin(out, object, operation, hash);
      out.writeByte(ObjectStreamConstants.TC_LONGSTRING);
      out.writeLong(1L << 40);
      byte[] some = new byte[1 << 16];
      Arrays.fill(some, (byte) 'a');
      long sent = 0;
      try {
        for (; sent < ENDLESS; sent += some.length) {
          out.write(some);
        }
      } catch (IOException e) {
        return sent; // hung up on
      }
      return sent;
    }
  }

  @Test
  void answerWithoutEnd_isNotReadOn() throws Exception {
    try (ServerSocket called = new ServerSocket(0, 1, HERE)) {
      CompletableFuture<Long> answering =
          CompletableFuture.supplyAsync(() -> answerWithoutEnd(called));
      PeerLink link = new RmiPeerLink(PeerUrl.of(HERE, called.getLocalPort(), "a"), settings);
      assertThatThrownBy(() -> link.call(new byte[1], LONG))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bytes that are no frame of a region");
      assertThat(answering.join()).isLessThan(ENDLESS);
    }
  }

  private static long answerWithoutEnd(ServerSocket called) {
    long sent = 0;
    try (Socket socket = called.accept()) {
      socket.getInputStream().readNBytes(7);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeByte(0x4e); // what the runtime begins with
      out.writeUTF("127.0.0.1");
      out.writeInt(0);
      out.flush();
      byte[] unused = socket.getInputStream().readNBytes(50);
      out.writeByte(0x51); // an answer
      out.writeInt(0xaced0005);
      out.write(new byte[] {0x77, 15, 1});
      out.write(new byte[14]);
      out.writeByte(ObjectStreamConstants.TC_LONGSTRING);
      out.writeLong(1L << 40);
      for (byte[] some = new byte[1 << 16]; sent < ENDLESS; sent += some.length) {
        out.write(some);
      }
    } catch (IOException e) {
      return sent; // hung up on
    }
    return sent;
  }

  /** A lease takes memory for minutes, and nobody needs any. */
  @Test
  void lease_isNotGiven() throws Exception {
    try (Socket socket = new Socket(HERE, server.port())) {
      byte[] answer =
          RawCall.ask(
              socket,
              2,
              1,
              -669196253586618813L,
              out -> {
                out.writeObject(new ObjID[] {new ObjID()});
                out.writeLong(1);
                out.writeObject(new Lease(new VMID(), 600_000));
              });
      assertThat(new String(answer, ISO_8859_1)).contains("REJECTED");
    }
  }

  /** The runtime calls the host that a stub names as soon as it has read the stub. */
  @Test
  void stubThatNamesAnotherPlace_isNotFollowed() throws Exception {
    AtomicInteger called = new AtomicInteger();
    RemoteRegion victim = frame -> CallResult.served(frame);
    RMIServerSocketFactory counting =
        port ->
            new ServerSocket(port, 50, HERE) {
              @Override
              public Socket accept() throws IOException {
                Socket socket = super.accept();
                called.incrementAndGet();
                return socket;
              }
            };
    Remote stub = UnicastRemoteObject.exportObject(victim, 0, null, counting);
    Registry registry =
        LocateRegistry.createRegistry(0, Socket::new, port -> new ServerSocket(port, 50, HERE));
    try {
      registry.rebind("a", stub);
      int port = Integer.parseInt(registry.toString().replaceAll("(?s).*?:(\\d+).*", "$1"));
      PeerLink link = new RmiPeerLink(PeerUrl.of(HERE, port, "a"), settings);
      assertThatThrownBy(() -> link.call(new byte[1], LONG))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a stub that is not a region's of this program");
      assertThat(called).hasValue(0);
    } finally {
      UnicastRemoteObject.unexportObject(victim, true);
      UnicastRemoteObject.unexportObject(registry, true);
    }
  }

  @Test
  void whoeverSaysNothing_isHungUpOn() throws Exception {
    LinkSettings brief = TestLinks.settings(PeerSecurity.none(), 300);
    try (RegionServer hasty = new RegionServer(brief, 0, 0);
        Socket silent = new Socket(HERE, hasty.port())) {
      silent.setSoTimeout(LONG);
      assertThat(silent.getInputStream().read()).isNegative();
      assertThat(brief.refusals().count(Refusal.CONNECTION_SILENT)).isEqualTo(1);
    }
  }

  /** More than there may be, each of which has said hello, so that it is not hung up on soon. */
  @Test
  void allConnectionsTaken_aPeerGetsOne() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < PeerSlots.MOST; i++) {
        Socket socket = new Socket(HERE, server.port());
        idle.add(socket);
        socket.getOutputStream().write(new byte[] {0x4a, 0x52, 0x4d, 0x49, 0, 2, 0x4b});
      }
      await()
          .atMost(Duration.ofSeconds(30)) // they would be idle for a minute
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> link().call(new byte[1], LONG).length == 1);
      assertThat(settings.refusals().count(Refusal.CONNECTION_SURPLUS)).isPositive();
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void aHostThatMayBeAPeerNotKnownYet_isHungUpOnAndLookedFor() {
    LinkSettings strict = strict();
    AtomicInteger lookups = new AtomicInteger();
    strict.hosts().search(lookups::incrementAndGet, /* more= */ true);
    try (RegionServer closed = new RegionServer(strict, 0, 0)) {
      closed.bind("a", frame -> frame);
      PeerLink link = new RmiPeerLink(PeerUrl.of(HERE, closed.port(), "a"), settings);
      assertThatThrownBy(() -> link.call(new byte[1], LONG)).isInstanceOf(IOException.class);
      assertThat(lookups).hasPositiveValue();
      assertThat(strict.refusals().count(Refusal.CONNECTION_HOST)).isZero();
    }
  }

  @Test
  void manyWhoSayNothing_holdUpNobody() throws Exception {
    Socket[] silent = new Socket[200];
    try {
      for (int i = 0; i < silent.length; i++) {
        silent[i] = new Socket(HERE, server.port());
      }
      assertThat(link().call(new byte[1], LONG)).hasSize(1);
    } finally {
      for (Socket socket : silent) {
        if (socket != null) {
          socket.close();
        }
      }
    }
  }
}
