package io.ehcached.replication.link;

import io.ehcached.replication.security.PeerTls;
import io.ehcached.replication.security.Secret;
import io.ehcached.replication.security.SecretProof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.rmi.server.RMIClientSocketFactory;

/**
 * Makes the connections of one link. They all go to the address that the peer's URL stands for,
 * whatever address the peer's stub names: a stub cannot send this node elsewhere, and a peer need
 * not know under which address others see it.
 */
final class LinkSockets implements RMIClientSocketFactory {
  private static final ThreadLocal<LinkSockets> UNMARSHALLING = new ThreadLocal<>();

  private final LinkSettings settings;
  private final InetAddress peer;

  LinkSockets(LinkSettings settings, InetAddress peer) {
    this.settings = settings;
    this.peer = peer;
  }

  /** Runs {@code lookup} so that the stub which it brings gets these sockets. */
  <T, E extends Exception> T during(Lookup<T, E> lookup) throws E, IOException {
    UNMARSHALLING.set(this);
    try {
      return lookup.get();
    } finally {
      UNMARSHALLING.remove();
    }
  }

  /** Looks a stub up. */
  interface Lookup<T, E extends Exception> {
    T get() throws E, IOException;
  }

  /** Returns the sockets for a stub that this thread is just reading, or null. */
  static LinkSockets unmarshalling() {
    return UNMARSHALLING.get();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
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
    PeerSocket socket =
        new LinkSocket(
            secret == null || tls != null ? null : (in, out) -> SecretProof.client(secret, in, out),
            settings.timeoutMillis());
    try {
      deadline.uses(socket);
      bindToOwnAddress(socket);
      socket.connect(
          new InetSocketAddress(peer, port),
          Math.min(deadline.remainingMillis(), settings.lookupMillis()));
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
