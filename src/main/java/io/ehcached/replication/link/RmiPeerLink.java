package io.ehcached.replication.link;

import io.ehcached.replication.security.PeerProofException;
import io.ehcached.replication.spi.OtherSecretException;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.RegionAbsentException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A peer's region, called over RMI. The stub is looked up by a thread of its own, once, and again
 * after a call has failed; callers only wait for it, and no longer than they want to.
 */
public final class RmiPeerLink implements PeerLink, Closeable {
  private final PeerUrl url;
  private final LinkSettings settings;
  private volatile boolean closed;
  private CompletableFuture<RemoteRegion> stub; // guarded by this; null when there is none

  public RmiPeerLink(PeerUrl url, LinkSettings settings) {
    this.url = url;
    this.settings = settings;
  }

  @Override
  public String url() {
    return url.toString();
  }

  @Override
  public byte[] call(byte[] frame, long timeoutMillis) throws IOException {
    if (frame.length > settings.maxFrameBytes()) {
      throw new IOException(
          "a frame of "
              + frame.length
              + " bytes is above the bound of "
              + settings.maxFrameBytes());
    }
    try (Deadline deadline = Deadline.start(timeoutMillis)) {
      try {
        return exchange(frame, deadline);
      } catch (NoSuchObjectException e) {
        return exchange(frame, deadline); // it restarted, and has not seen the frame
      }
    }
  }

  private byte[] exchange(byte[] frame, Deadline deadline) throws IOException {
    CompletableFuture<RemoteRegion> looked = stub();
    RemoteRegion region = await(looked, deadline);
    byte[] reply;
    try {
      reply = region.exchange(frame);
    } catch (NoSuchObjectException e) {
      forget(looked);
      throw e;
    } catch (RemoteException e) {
      forget(looked);
      throw deadline.hasPassed() ? silence(e) : failure(e);
    } catch (RuntimeException e) {
      forget(looked);
      throw new IOException(e.toString(), e); // what the other runtime threw, if not ours
    }
    return CallResult.decode(reply);
  }

  private RemoteRegion await(CompletableFuture<RemoteRegion> looked, Deadline deadline)
      throws IOException {
    try {
      return looked.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw (IOException) new SocketTimeoutException("no answer yet").initCause(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      forget(looked);
      throw failure(e.getCause());
    }
  }

  /** Drops the stub, so that the next call looks it up: its peer is known to have started anew. */
  public synchronized void forget() {
    if (stub != null && stub.isDone()) {
      stub = null;
    }
  }

  /**
   * Connects no more. As long as a stub is in memory, the RMI runtime goes on to call where it came
   * from, in threads of its own, to tell that it is in use.
   */
  @Override
  public void close() {
    closed = true;
  }

  private synchronized void forget(CompletableFuture<RemoteRegion> failed) {
    if (stub == failed) {
      stub = null;
    }
  }

  private synchronized CompletableFuture<RemoteRegion> stub() {
    if (stub == null) {
      stub = CompletableFuture.supplyAsync(this::lookup, LinkThreads.slow());
    }
    return stub;
  }

  private RemoteRegion lookup() {
    try {
      // The name is asked for before the clock runs: only the name service knows how long it takes.
      LinkSockets sockets =
          new LinkSockets(settings, InetAddress.getByName(url.host()), () -> closed);
      try (Deadline deadline = Deadline.start(settings.lookupMillis())) {
        return lookup(sockets, deadline);
      }
    } catch (NotBoundException e) {
      throw new CompletionException(new RegionAbsentException());
    } catch (IOException | RuntimeException e) {
      throw new CompletionException(e);
    }
  }

  private RemoteRegion lookup(LinkSockets sockets, Deadline deadline)
      throws IOException, NotBoundException {
    try {
      Registry registry = LocateRegistry.getRegistry(url.host(), url.port(), sockets);
      return sockets.during(() -> registry.lookup(url.region()));
    } catch (RemoteException e) {
      throw deadline.hasPassed() ? silence(e) : e;
    }
  }

  private static IOException silence(Throwable e) {
    return (IOException) new SocketTimeoutException("no answer").initCause(e);
  }

  /**
   * Finds what is worth telling in RMI's nested exceptions. The text does not name the peer, since
   * the caller's message does.
   */
  private static IOException failure(Throwable e) {
    if (e instanceof RegionAbsentException absent) {
      return absent;
    }
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof PeerProofException)) {
      cause = cause.getCause();
    }
    if (cause instanceof PeerProofException proof && proof.isOtherSecret()) {
      return new OtherSecretException(proof.getMessage(), e);
    }
    if (cause instanceof SocketTimeoutException) {
      return silence(e);
    }
    String text = cause.getMessage();
    if (cause instanceof EOFException) {
      text = "it hung up"; // Java says nothing else of it than the exception's name
    } else if (text == null || !(cause instanceof IOException)) {
      text = cause.toString();
    }
    boolean unreached =
        e instanceof ConnectException
            || e instanceof java.rmi.ConnectException
            || e instanceof java.rmi.ConnectIOException;
    return (IOException)
        (unreached ? new ConnectException(text) : new IOException(text)).initCause(e);
  }
}
