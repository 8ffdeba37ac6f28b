package io.ehcached.replication.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.PeerLink;
import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Refusals;
import io.ehcached.support.RawCall;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RemoteObject;
import java.security.MessageDigest;
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
    LinkSockets sockets = new LinkSockets(settings, HERE);
    Registry registry = LocateRegistry.getRegistry("127.0.0.1", server.port(), sockets);
    return (RemoteRegion) sockets.during(() -> registry.lookup("a"));
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

  @Test
  void aHostThatMayBeAPeerNotKnownYet_isHungUpOnAndLookedFor() {
    LinkSettings strict = strict();
    AtomicInteger lookups = new AtomicInteger();
    strict.hosts().awaitMore(lookups::incrementAndGet);
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
