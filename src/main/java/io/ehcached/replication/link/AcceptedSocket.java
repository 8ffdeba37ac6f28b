package io.ehcached.replication.link;

import io.ehcached.replication.security.PeerProofException;
import io.ehcached.replication.security.PeerTls;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Secret;
import io.ehcached.replication.security.SecretProof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;

/** A connection that a peer, or a stranger, has opened to this node. */
final class AcceptedSocket extends PeerSocket {
  private static final int IDLE_MILLIS = 60_000; // the RMI runtime's callers hang up after 15 s

  private final PeerTls tls;
  private final CallBytes calls;
  private final Watcher watcher;
  private final AtomicReference<Secret> provedBy;
  private volatile long usedAt = System.nanoTime();

  /** Is told what becomes of connections; by any thread. */
  interface Watcher {
    /** The other end has proved that it is a peer. */
    void proved(AcceptedSocket socket);

    /** The other end has sent something that no peer sends; the connection is about to close. */
    void refused(AcceptedSocket socket, Refusal refusal, String why);

    /** The connection is closed, maybe not for the first time. */
    void closed(AcceptedSocket socket);
  }

  /** Makes one that is to be accepted into. */
  static AcceptedSocket of(LinkSettings settings, Watcher watcher) {
    PeerTls tls = settings.security().tls();
    CallBytes calls =
        tls == null ? CallBytes.ofCalls(settings.maxFrameBytes(), FrameRoom.ofProcess()) : null;
    return new AcceptedSocket(settings, tls, calls, watcher, new AtomicReference<>());
  }

  private AcceptedSocket(
      LinkSettings settings,
      PeerTls tls,
      CallBytes calls,
      Watcher watcher,
      AtomicReference<Secret> provedBy) {
    super(proof(settings, tls, provedBy), IDLE_MILLIS, calls);
    this.provedBy = provedBy;
    this.tls = tls;
    this.calls = calls;
    this.watcher = watcher;
  }

  private static Proof proof(LinkSettings settings, PeerTls tls, AtomicReference<Secret> provedBy) {
    Secret secret = settings.security().secret();
    if (secret == null || tls != null) {
      return null;
    }
    return (socket, in, out) -> {
      int port = socket.getLocalPort();
      List<InetSocketAddress> own =
          List.of(
              new InetSocketAddress(socket.getLocalAddress(), port),
              new InetSocketAddress(settings.address(), port));
      provedBy.set(SecretProof.server(secret, own, in, out));
    };
  }

  /** Returns what the RMI runtime is to read from and write to. */
  Socket layered() throws IOException {
    if (tls == null) {
      return this;
    }
    SSLSocket layer = tls.server(this);
    layer.addHandshakeCompletedListener(event -> onProved());
    return layer;
  }

  /**
   * Tells whether the other end has proved itself by something that may no longer be accepted: by
   * another secret, or by a certificate, of which this does not know which authority signed it.
   */
  boolean isProvedByOtherThan(Secret accepted) {
    Secret by = provedBy.get();
    return tls != null || (by != null && !accepted.accepts(by));
  }

  InetAddress host() {
    return getInetAddress();
  }

  /** Returns when something was last read or written, as {@link System#nanoTime} has it. */
  long usedAt() {
    return usedAt;
  }

  /** Tells whether the other end has sent anything; with TLS, that is known of the proof alone. */
  boolean hasSpoken() {
    return calls == null || calls.hasSpoken();
  }

  /** Tells whether the other end has called a region. */
  boolean hasCalled() {
    return calls != null && calls.hasFrames();
  }

  @Override
  void onUsed() {
    usedAt = System.nanoTime();
  }

  @Override
  void prove() throws IOException {
    try {
      super.prove();
    } catch (PeerProofException e) {
      watcher.refused(
          this,
          e.isWrong() ? Refusal.CONNECTION_FALSE_PROOF : Refusal.CONNECTION_UNPROVED,
          e.getMessage());
      throw e;
    }
  }

  @Override
  void onProved() {
    watcher.proved(this);
  }

  @Override
  void onOversized(OversizedException why) {
    watcher.refused(this, Refusal.CONNECTION_OVERSIZED, why.getMessage());
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the superclass locks for itself
  public void close() throws IOException {
    if (watcher != null) { // the superclass may close while it is being made
      watcher.closed(this);
    }
    super.close();
  }
}
