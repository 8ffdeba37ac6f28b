package io.ehcached.replication.link;

import io.ehcached.address.AddressText;
import io.ehcached.replication.settings.PeerSettingsException;
import io.ehcached.replication.spi.FrameHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's regions, as peers can call them: a registry of its own, and one object in it per
 * region, under the region's name. All listen at one address; the objects share the registry's port
 * unless they are given another.
 */
public final class RegionServer implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(RegionServer.class);
  private static final String SELF_TEST = "ehcached.self-test";
  private static final int SELF_TEST_MILLIS = 10_000;

  private final LinkSettings settings;
  private final int objectPort;
  private final StubSockets stubSockets = new StubSockets();
  private final List<PeerServerSocket> sockets = new CopyOnWriteArrayList<>();
  private final RMIServerSocketFactory serverSockets = this::open;
  private final Map<String, Exported> exported = new HashMap<>(); // guarded by this
  private final Registry registry;
  private boolean closed; // guarded by this

  private record Exported(ExportedRegion region, Remote stub) {}

  /**
   * Begins to listen.
   *
   * @param port of the registry; 0 for any that is free
   * @param objectPort of the regions; 0 for the registry's
   * @throws PeerSettingsException when this node cannot listen there, or cannot call itself there
   */
  public RegionServer(LinkSettings settings, int port, int objectPort) {
    this.settings = settings;
    this.objectPort = objectPort == 0 ? port : objectPort;
    SerialFilters.allowFrames(settings.maxFrameBytes());
    try {
      registry = LocateRegistry.createRegistry(port, stubSockets, serverSockets);
    } catch (RemoteException e) {
      throw cannotListen(port, e);
    }
    try {
      selfTest();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private PeerServerSocket open(int port) throws IOException {
    PeerServerSocket socket = new PeerServerSocket(settings, port);
    sockets.add(socket);
    return socket;
  }

  private PeerSettingsException cannotListen(int port, RemoteException e) {
    String where = AddressText.of(settings.bindAddress(), port);
    Throwable cause = e.getCause();
    String why;
    if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
      why =
          "the port is taken: stop what listens there, or give another port (or remoteObjectPort)";
    } else if (cause instanceof BindException
        && String.valueOf(cause.getMessage()).contains("assign")) {
      why = "that is not an address of this machine: correct hostName";
    } else {
      why = String.valueOf(cause == null ? e.getMessage() : cause);
    }
    return new PeerSettingsException(
        "Peers cannot be listened for at " + where + " (cacheManagerPeerListenerFactory): " + why,
        e);
  }

  /** Calls this node as a peer would, so that what stops peers is found now and not by them. */
  private void selfTest() {
    byte[] sent = {1, 2, 3};
    bind(SELF_TEST, frame -> frame);
    InetAddress bound = settings.bindAddress();
    InetAddress here = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
    settings.hosts().allowSelfTest(here);
    PeerUrl url = PeerUrl.of(here, port(), SELF_TEST);
    try (RmiPeerLink link = new RmiPeerLink(url, settings)) {
      byte[] back = link.call(sent, SELF_TEST_MILLIS);
      if (!Arrays.equals(sent, back)) {
        throw new IOException("the answer is another");
      }
    } catch (IOException e) {
      throw new PeerSettingsException(
          "This node cannot reach its own regions at "
              + url.hostAndPort()
              + ", so peers could not either: "
              + e.getMessage(),
          e);
    } finally {
      settings.hosts().allowSelfTest(null);
      unbind(SELF_TEST);
      for (PeerServerSocket socket : sockets) {
        socket.closeConnections();
      }
    }
  }

  /** Returns the registry's port. */
  public int port() {
    return sockets.get(0).getLocalPort();
  }

  /**
   * Lets peers call a region from now on.
   *
   * @throws PeerSettingsException when the regions' own port cannot be listened at
   */
  public synchronized void bind(String region, FrameHandler handler) {
    if (closed || exported.containsKey(region)) {
      throw new IllegalStateException(region + (closed ? ": closed" : " is bound already"));
    }
    ExportedRegion object = new ExportedRegion(region, handler);
    try {
      Remote stub =
          UnicastRemoteObject.exportObject(
              object,
              objectPort,
              stubSockets,
              serverSockets,
              SerialFilters.bytesOnly(settings.maxFrameBytes()));
      exported.put(region, new Exported(object, stub));
      registry.rebind(region, stub);
    } catch (RemoteException e) {
      throw cannotListen(objectPort, e);
    }
  }

  /** Puts right what another process of this machine may have done to the registry. */
  public synchronized void guard() {
    try {
      List<String> missing = new ArrayList<>(exported.keySet());
      missing.removeAll(List.of(registry.list()));
      for (String region : missing) {
        LOG.warn(
            "Another process on this machine removed region {} from the registry; it is registered again",
            region);
        registry.rebind(region, exported.get(region).stub());
      }
    } catch (RemoteException e) {
      throw new IllegalStateException(e); // a call within the process
    }
  }

  /** Hangs up on callers who have proved themselves by what may no longer be accepted. */
  public void closeUnaccepted() {
    sockets.forEach(PeerServerSocket::closeUnaccepted);
  }

  /** Lets peers call a region no longer. */
  public synchronized void unbind(String region) {
    Exported gone = exported.remove(region);
    if (gone == null) {
      return;
    }
    try {
      registry.unbind(region);
    } catch (RemoteException | NotBoundException e) {
      LOG.debug("Region {} was not in the registry", region, e);
    }
    unexport(gone.region());
  }

  private static void unexport(Remote object) {
    try {
      UnicastRemoteObject.unexportObject(object, true);
    } catch (NoSuchObjectException e) {
      LOG.debug("{} was not exported", object);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (String region : List.copyOf(exported.keySet())) {
      unbind(region);
    }
    unexport(registry);
    for (PeerServerSocket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        LOG.debug("Closing {}", socket, e);
      }
    }
  }
}
