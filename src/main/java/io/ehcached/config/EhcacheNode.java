package io.ehcached.config;

import io.ehcached.replication.RmiEnvironment;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.atomic.AtomicInteger;
import net.sf.ehcache.CacheException;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.config.Configuration;

/** The Ehcache side of a running node: its region, open, and among its peers. */
public final class EhcacheNode implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final CacheManager manager;
  private final Ehcache region;
  private final int rmiPort;

  private EhcacheNode(CacheManager manager, Ehcache region, int rmiPort) {
    this.manager = manager;
    this.region = region;
    this.rmiPort = rmiPort;
  }

  /**
   * Opens the region. Fails at once where a port is taken: Ehcache by itself would put its region
   * in the place of the other process's, whose peers would then write here.
   *
   * @throws NodeStartException when a port is taken, or Ehcache refuses
   */
  public static EhcacheNode open(NodeConfiguration node) throws NodeStartException {
    Configuration configuration = node.configuration();
    checkHeap(node);
    int count = COUNT.incrementAndGet();
    String name = configuration.getName() == null ? "ehcached" : configuration.getName();
    configuration.setName(count == 1 ? name : name + "-" + count); // two of one name are refused
    FactoryClasses.replace(configuration);
    try {
      int port = node.rmi() == null ? 0 : prepare(node, configuration);
      CacheManager manager = new CacheManager(configuration);
      return new EhcacheNode(manager, manager.getEhcache(node.regionName()), port);
    } catch (CacheException e) {
      throw new NodeStartException(node.file() + ": Ehcache cannot start: " + e.getMessage(), e);
    } finally {
      RmiEnvironment.release();
    }
  }

  private static void checkHeap(NodeConfiguration node) throws NodeStartException {
    long heap = Runtime.getRuntime().maxMemory();
    if (node.bound().bytes() > heap) {
      throw new NodeStartException(
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

  private static int prepare(NodeConfiguration node, Configuration configuration)
      throws NodeStartException {
    RmiSettings rmi = node.rmi();
    try {
      RmiEnvironment.prepare(rmi.hostName(), rmi.bindAddress(), rmi.socketTimeoutMillis());
    } catch (IOException e) {
      throw new NodeStartException(
          node.file() + ": hostName=" + rmi.hostName() + " is of no use: " + e.getMessage(), e);
    }
    int port = reserve(node, "port", rmi.port());
    if (rmi.remoteObjectPort() != 0) {
      reserve(node, "remoteObjectPort", rmi.remoteObjectPort());
    }
    configuration
        .getCacheManagerPeerListenerFactoryConfigurations()
        .forEach(
            listener -> {
              if (Factories.LISTENER.equals(listener.getFullyQualifiedClassPath())) {
                listener.setProperties(EffectiveFile.listenerProperties(rmi, port));
              }
            });
    return port;
  }

  private static int reserve(NodeConfiguration node, String property, int port)
      throws NodeStartException {
    try {
      return RmiEnvironment.reserve(port);
    } catch (BindException e) {
      boolean taken = String.valueOf(e.getMessage()).contains("in use");
      throw new NodeStartException(
          node.file()
              + ": <cacheManagerPeerListenerFactory>: "
              + property
              + "="
              + port
              + " of "
              + node.rmi().bindAddress()
              + (taken
                  ? " is taken by " + PortOwner.of(port) + "; stop that, or write another "
                  : " cannot be had (" + e.getMessage() + "); write another ")
              + property,
          e);
    } catch (IOException e) {
      throw new NodeStartException(
          node.file() + ": cannot listen for peers at port " + port + ": " + e.getMessage(), e);
    }
  }

  public Ehcache region() {
    return region;
  }

  public CacheManager manager() {
    return manager;
  }

  /** Returns the port of the RMI registry; 0 when the node stands alone. */
  public int rmiPort() {
    return rmiPort;
  }

  /** Leaves the peers, to whom what is queued is handed, and gives up the region. */
  @Override
  public void close() {
    manager.shutdown();
  }
}
