package io.ehcached.replication.link;

import io.ehcached.address.AddressText;
import io.ehcached.replication.security.Refusal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where peers connect. It hands the RMI runtime connections from allowed hosts only, or ones that
 * give nothing away before their proof. The proof is gone through in the connection's own thread,
 * so that whoever connects and says nothing holds up nobody.
 */
final class PeerServerSocket extends ServerSocket implements AcceptedSocket.Watcher {
  private static final int BACKLOG = 128;
  private static final int MAX_UNPROVED = 64;
  private static final int MAX_CLOSE_MILLIS = 1_000;

  private final LinkSettings settings;
  private final ReentrantLock accepting = new ReentrantLock();
  private final PeerSlots slots = new PeerSlots();
  private final Set<AcceptedSocket> unproved =
      new LinkedHashSet<>(); // oldest first; guarded by itself

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
      AcceptedSocket socket = AcceptedSocket.of(settings, this);
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

  private void acceptInto(AcceptedSocket socket) throws IOException {
    accepting.lock();
    try {
      implAccept(socket);
    } finally {
      accepting.unlock();
    }
  }

  private boolean admit(AcceptedSocket socket) throws IOException {
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
    AcceptedSocket goes = slots.admit(socket, isKnown(socket));
    if (goes != null) {
      removeUnproved(goes);
      refuse(
          goes,
          Refusal.CONNECTION_SURPLUS,
          PeerSlots.MOST + " connections are open, and it is the least used");
      goes.close();
    }
    if (goes == socket) {
      return false;
    }
    if (settings.security().provesPeers()) {
      awaitProof(socket);
    } else {
      ScheduledFuture<?> unused =
          LinkThreads.schedule(() -> expireSilent(socket), settings.lookupMillis());
    }
    return true;
  }

  /** Where peers prove themselves, so many at most have not yet done so that all are known. */
  private boolean isKnown(AcceptedSocket socket) {
    return settings.security().provesPeers() || settings.hosts().isKnown(socket.host());
  }

  private void expireSilent(AcceptedSocket socket) {
    if (!socket.isClosed() && !socket.hasSpoken()) {
      refuse(socket, Refusal.CONNECTION_SILENT, "it said nothing");
      hangUp(socket);
    }
  }

  private void awaitProof(AcceptedSocket socket) throws IOException {
    AcceptedSocket surplus = null;
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

  private void expire(AcceptedSocket socket) {
    if (removeUnproved(socket)) {
      refuse(socket, Refusal.CONNECTION_UNPROVED, "it did not prove that it is a peer in time");
      hangUp(socket);
    }
  }

  private static void hangUp(AcceptedSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone, which is all that was wanted.
    }
  }

  private boolean removeUnproved(AcceptedSocket socket) {
    synchronized (unproved) {
      return unproved.remove(socket);
    }
  }

  private void refuse(AcceptedSocket socket, Refusal refusal, String why) {
    String host = AddressText.of(socket.getInetAddress());
    settings
        .refusals()
        .add(
            refusal,
            host,
            "Refused a connection from "
                + host
                + " to "
                + AddressText.of(getInetAddress(), getLocalPort())
                + ": "
                + why);
  }

  @Override
  public void proved(AcceptedSocket socket) {
    removeUnproved(socket);
  }

  @Override
  public void refused(AcceptedSocket socket, Refusal refusal, String why) {
    if (removeUnproved(socket) || refusal == Refusal.CONNECTION_OVERSIZED) {
      refuse(socket, refusal, why);
    }
  }

  @Override
  public void closed(AcceptedSocket socket) {
    slots.remove(socket);
    if (removeUnproved(socket)) {
      refuse(socket, Refusal.CONNECTION_UNPROVED, "it hung up, or failed, before its proof");
    }
  }

  /** Hangs up on those who have proved themselves by what may no longer be accepted. */
  void closeUnaccepted() {
    slots.all().stream()
        .filter(socket -> socket.isProvedByOtherThan(settings.security().secret()))
        .forEach(PeerServerSocket::hangUp);
  }

  /** Hangs up on everyone. */
  void closeConnections() {
    slots.all().forEach(PeerServerSocket::hangUp);
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
}
