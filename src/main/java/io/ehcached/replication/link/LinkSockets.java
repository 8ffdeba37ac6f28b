package io.ehcached.replication.link;

import io.ehcached.replication.security.PeerTls;
import io.ehcached.replication.security.Secret;
import io.ehcached.replication.security.SecretProof;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.rmi.NotBoundException;
import java.rmi.Remote;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.RemoteObject;
import java.util.function.BooleanSupplier;

/**
 * Makes the connections of one link. They all go to the address that the peer's URL stands for,
 * whatever address the peer's stub names: a stub cannot send this node elsewhere, and a peer need
 * not know under which address others see it.
 */
final class LinkSockets implements RMIClientSocketFactory {
  private static final String WITH_FACTORY = "UnicastRef2"; // as the RMI runtime calls it

  private static final ThreadLocal<LinkSockets> UNMARSHALLING = new ThreadLocal<>();

  private final LinkSettings settings;
  private final InetAddress peer;
  private final BooleanSupplier over;
  private boolean given; // used by the thread that looks up

  static {
    ForeignSockets.refuse();
  }

  /**
   * Makes the sockets of a link.
   *
   * @param over whether no more are to be made
   */
  LinkSockets(LinkSettings settings, InetAddress peer, BooleanSupplier over) {
    this.settings = settings;
    this.peer = peer;
    this.over = over;
  }

  /**
   * Runs {@code lookup} so that the stub which it brings gets these sockets.
   *
   * @throws IOException when the stub has other sockets
   */
  RemoteRegion during(Lookup lookup) throws IOException, NotBoundException {
    UNMARSHALLING.set(this);
    given = false;
    try {
      Remote stub = lookup.get();
      if (!given || !(stub instanceof RemoteRegion region) || !hasFactory(stub)) {
        throw new IOException("it answers with a stub that is not a region's of this program");
      }
      return region;
    } finally {
      UNMARSHALLING.remove();
    }
  }

  private static boolean hasFactory(Remote stub) {
    return Proxy.isProxyClass(stub.getClass())
        && Proxy.getInvocationHandler(stub) instanceof RemoteObject handler
        && WITH_FACTORY.equals(handler.getRef().getRefClass(null));
  }

  /** Looks a stub up. */
  interface Lookup {
    Remote get() throws IOException, NotBoundException;
  }

  /** Returns the sockets for a stub that this thread is just reading, or null. */
  static LinkSockets unmarshalling() {
    LinkSockets sockets = UNMARSHALLING.get();
    if (sockets != null) {
      sockets.given = true;
    }
    return sockets;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    if (over.getAsBoolean()) {
      throw new ConnectException("the link was closed");
    }
    Deadline deadline = Deadline.current();
    if (deadline != null) {
      return connect(port, deadline);
    }
    try (Deadline own = Deadline.start(settings.timeoutMillis())) {
      return connect(port, own); // for the RMI runtime's own threads
    }
  }

  private Socket connect(int port, Deadline deadline) throws IOException {
    Secret secret = settings.security().secret();
    PeerTls tls = settings.security().tls();
    int generation = settings.security().generation();
    InetSocketAddress called = new InetSocketAddress(peer, port);
    PeerSocket socket =
        new LinkSocket(
            secret == null || tls != null
                ? null
                : (made, in, out) -> SecretProof.client(secret, called, in, out),
            settings.timeoutMillis(),
            tls == null
                ? CallBytes.ofAnswers(settings.maxFrameBytes() + 1, FrameRoom.ofProcess())
                : null,
            () -> settings.security().generation() != generation);
    try {
      deadline.uses(socket);
      bindToOwnAddress(socket);
      socket.connect(called, Math.min(deadline.remainingMillis(), settings.lookupMillis()));
      socket.setTcpNoDelay(true);
      socket.prove();
      return tls == null ? socket : tls.client(socket, peer.getHostAddress());
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Peers know this node by the address it listens at, so it calls them from there. */
  private void bindToOwnAddress(PeerSocket socket) throws IOException {
    InetAddress own = settings.bindAddress();
    if (own == null
        || own.isAnyLocalAddress()
        || own.isLoopbackAddress()
        || own.getAddress().length != peer.getAddress().length) {
      return;
    }
    socket.bind(new InetSocketAddress(own, 0));
  }
}
