package io.ehcached.config;

import io.ehcached.config.NodeStartException.Reason;
import io.ehcached.replication.network.PeerNetwork;
import io.ehcached.replication.network.PeerOptions;
import io.ehcached.replication.settings.PeerSettingsException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.config.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Ehcache side of a running node: its region, open, and the network of its peers. */
public final class EhcacheNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EhcacheNode.class);

  /**
   * Linux lets root alone listen below this port, if the system's settings do not say otherwise.
   */
  private static final int PRIVILEGED_PORTS = 1024;

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final CacheManager manager;
  private final Ehcache region;
  private final PeerNetwork network;

  private EhcacheNode(CacheManager manager, Ehcache region, PeerNetwork network) {
    this.manager = manager;
    this.region = region;
    this.network = network;
  }

  /**
   * Opens the region, and listens for peers where the file says so. Fails at once where a port is
   * taken.
   *
   * @throws NodeStartException when a port is taken, or Ehcache refuses
   */
  public static EhcacheNode open(NodeConfiguration node, PeerOptions options)
      throws NodeStartException {
    Configuration configuration = node.configuration();
    checkHeap(node);
    checkPorts(node);
    int count = COUNT.incrementAndGet();
    boolean unnamed = configuration.getName() == null;
    String name = unnamed ? "ehcached" : configuration.getName();
    configuration.setName(count == 1 ? name : name + "-" + count); // two of one name are refused
    String cluster = unnamed && count == 1 ? null : configuration.getName();
    PeerNetwork network = openNetwork(node, cluster, options);
    try {
      checkOwnName();
      CacheManager manager = new CacheManager(configuration);
      return new EhcacheNode(manager, manager.getEhcache(node.regionName()), network);
    } catch (RuntimeException | LinkageError e) {
      if (network != null) {
        network.close();
      }
      throw new NodeStartException(Reason.FILE, node.file() + ": " + reason(e), e);
    }
  }

  private static PeerNetwork openNetwork(NodeConfiguration node, String name, PeerOptions options)
      throws NodeStartException {
    try {
      return node.peers() == null ? null : PeerNetwork.open(name, node.peers(), options);
    } catch (PeerSettingsException e) {
      throw new NodeStartException(Reason.OTHER, node.file() + ": " + e.getMessage(), e);
    }
  }

  /** Ehcache asks for this machine's address, too, and would log a stack trace. */
  private static void checkOwnName() {
    try {
      InetAddress.getLocalHost();
    } catch (UnknownHostException e) {
      LOG.warn(
          "this machine cannot resolve its own name, for which the start waits ({}); add the name to /etc/hosts",
          e.getMessage());
      initialize(Cache.class); // now, while the JVM remembers the answer, not to wait again
    }
  }

  private static void initialize(Class<?> type) {
    try {
      MethodHandles.lookup().ensureInitialized(type);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // one that is public
    }
  }

  private static String reason(Throwable e) {
    return FactoryCheck.lack(e)
        .map(lack -> "a class that it names " + lack + "; --check-config says which, take it out")
        .orElse("Ehcache cannot start: " + e.getMessage());
  }

  private static void checkHeap(NodeConfiguration node) throws NodeStartException {
    long heap = Runtime.getRuntime().maxMemory();
    if (node.bound().bytes() > heap) {
      throw new NodeStartException(
          Reason.FILE,
          node.file()
              + ": the region "
              + node.regionName()
              + " may take "
              + node.bound()
              + ", and the JVM has "
              + new RegionBound(heap, 0)
              + "; give it more with --heap, or write a smaller maxBytesLocalHeap");
    }
  }

  /** Tells who has a port, which whoever listens later could not. */
  private static void checkPorts(NodeConfiguration node) throws NodeStartException {
    if (node.peers() != null) {
      checkPort(node, "port", node.peers().listener().port());
      checkPort(node, "remoteObjectPort", node.peers().listener().remoteObjectPort());
    }
  }

  private static void checkPort(NodeConfiguration node, String property, int port)
      throws NodeStartException {
    if (port == 0) {
      return;
    }
    String address = node.peers().listener().bindAddress();
    try {
      new ServerSocket(port, 1, InetAddress.getByName(address)).close();
    } catch (BindException e) {
      String said = String.valueOf(e.getMessage());
      boolean taken = said.contains("in use");
      boolean permission = said.contains("Permission denied");
      throw new NodeStartException(
          permission ? Reason.PERMISSION : Reason.OTHER,
          node.file()
              + ": <cacheManagerPeerListenerFactory>: "
              + property
              + "="
              + port
              + " of "
              + address
              + (taken
                  ? " is taken by " + PortOwner.of(port) + "; stop that, or write another "
                  : " cannot be listened on ("
                      + said
                      + (permission && port < PRIVILEGED_PORTS
                          ? "): only root may listen at ports below "
                              + PRIVILEGED_PORTS
                              + "; write another "
                          : "); write another "))
              + property,
          e);
    } catch (IOException e) {
      throw new NodeStartException(
          Reason.OTHER,
          node.file() + ": cannot listen for peers at port " + port + ": " + e.getMessage(),
          e);
    }
  }

  public Ehcache region() {
    return region;
  }

  public CacheManager manager() {
    return manager;
  }

  /** Returns the network of peers; null when the node stands alone. */
  public PeerNetwork network() {
    return network;
  }

  /** Leaves the peers, and gives up the region. */
  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
    manager.shutdown();
  }
}
