package io.ehcached.replication.link;

import io.ehcached.replication.security.PeerProofException;
import io.ehcached.replication.security.PeerTls;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Secret;
import io.ehcached.replication.security.SecretProof;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSocket;

/**
 * Where peers connect. It hands the RMI runtime connections from allowed hosts only, or ones that
 * give nothing away before their proof. The proof is gone through in the connection's own thread,
 * so that whoever connects and says nothing holds up nobody.
 */
final class PeerServerSocket extends ServerSocket {
  private static final int BACKLOG = 128;
  private static final int MAX_OPEN = 1024;
  private static final int MAX_UNPROVED = 64;
  private static final int MAX_CLOSE_MILLIS = 1_000;
  private static final int IDLE_MILLIS = 60_000; // the RMI runtime's callers hang up after 15 s

  private final LinkSettings settings;
  private final ReentrantLock accepting = new ReentrantLock();
  private final Set<Accepted> open = ConcurrentHashMap.newKeySet();
  private final Set<Accepted> unproved = new LinkedHashSet<>(); // oldest first; guarded by itself

  PeerServerSocket(LinkSettings settings, int port) throws IOException {
    this.settings = settings;
    setReuseAddress(true);
    try {
      bind(new InetSocketAddress(settings.bindAddress(), port), BACKLOG);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public Socket accept() throws IOException {
    while (true) {
      Accepted socket = new Accepted(settings.security().secret(), settings.security().tls());
      acceptInto(socket);
      if (admit(socket)) {
        try {
          return socket.layered();
        } catch (IOException | RuntimeException e) {
          socket.close(); // this one's trouble only: to throw would stop the RMI runtime for 10 s
        }
      }
    }
  }

  private void acceptInto(Accepted socket) throws IOException {
    accepting.lock();
    try {
      implAccept(socket);
    } finally {
      accepting.unlock();
    }
  }

  private boolean admit(Accepted socket) throws IOException {
    if (!settings.security().provesPeers() && !settings.hosts().allows(socket.getInetAddress())) {
      if (!settings.hosts().mayBecomeKnown()) { // or else it calls again
        refuse(
            socket,
            Refusal.CONNECTION_HOST,
            "it is not a host of the peers: name it in rmiUrls, or set a secretFile on all nodes");
      }
      socket.close();
      return false;
    }
    if (open.size() >= MAX_OPEN) {
      refuse(socket, Refusal.CONNECTION_SURPLUS, MAX_OPEN + " connections are open already");
      socket.close();
      return false;
    }
    open.add(socket);
    if (settings.security().provesPeers()) {
      awaitProof(socket);
    }
    return true;
  }

  private void awaitProof(Accepted socket) throws IOException {
    Accepted surplus = null;
    synchronized (unproved) {
      if (unproved.size() >= MAX_UNPROVED) {
        surplus = unproved.iterator().next();
      }
      unproved.add(socket);
    }
    if (surplus != null) {
      expire(surplus);
    }
    ScheduledFuture<?> unused = LinkThreads.schedule(() -> expire(socket), settings.lookupMillis());
  }

  private void expire(Accepted socket) {
    if (removeUnproved(socket)) {
      refuse(socket, Refusal.CONNECTION_UNPROVED, "it did not prove that it is a peer in time");
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone, which is all that was wanted.
      }
    }
  }

  private boolean removeUnproved(Accepted socket) {
    synchronized (unproved) {
      return unproved.remove(socket);
    }
  }

  private void refuse(Accepted socket, Refusal refusal, String why) {
    String host = socket.getInetAddress().getHostAddress();
    settings
        .refusals()
        .add(
            refusal,
            host,
            "Refused a connection from " + host + " to " + getLocalSocketAddress() + ": " + why);
  }

  /** Hangs up on everyone. */
  void closeConnections() {
    for (Accepted socket : open) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone, which is all that was wanted.
      }
    }
  }

  /** Hangs up on everyone, and returns when the port is free again. */
  @Override
  public void close() throws IOException {
    super.close();
    if (accepting == null) { // the superclass closes while it is being made
      return;
    }
    closeConnections();
    try {
      // The port is taken for as long as a thread is inside the system's accept.
      if (accepting.tryLock(MAX_CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        accepting.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A connection that a peer, or a stranger, has opened. */
  private final class Accepted extends PeerSocket {
    private final PeerTls tls;

    Accepted(Secret secret, PeerTls tls) {
      super(
          secret == null || tls != null ? null : (in, out) -> SecretProof.server(secret, in, out),
          IDLE_MILLIS);
      this.tls = tls;
    }

    Socket layered() throws IOException {
      if (tls == null) {
        return this;
      }
      SSLSocket layer = tls.server(this);
      layer.addHandshakeCompletedListener(event -> onProved());
      return layer;
    }

    @Override
    void prove() throws IOException {
      try {
        super.prove();
      } catch (PeerProofException e) {
        if (removeUnproved(this)) {
          refuse(
              this,
              e.isWrong() ? Refusal.CONNECTION_FALSE_PROOF : Refusal.CONNECTION_UNPROVED,
              e.getMessage());
        }
        throw e;
      }
    }

    @Override
    void onProved() {
      removeUnproved(this);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the superclass locks for itself
    public void close() throws IOException {
      open.remove(this);
      if (removeUnproved(this)) {
        refuse(this, Refusal.CONNECTION_UNPROVED, "it hung up, or failed, before its proof");
      }
      super.close();
    }
  }
}
