package io.ehcached.replication.network;

import io.ehcached.replication.FrameHandler;
import io.ehcached.replication.PeerDirectory;
import io.ehcached.replication.PeerSettingsException;
import io.ehcached.replication.discovery.HeartbeatCounts;
import io.ehcached.replication.discovery.Incarnation;
import io.ehcached.replication.discovery.KnownPeers;
import io.ehcached.replication.discovery.ListedPeers;
import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.LinkThreads;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.link.RegionServer;
import io.ehcached.replication.link.RmiRuntime;
import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Refusals;
import java.io.Closeable;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.sf.ehcache.CacheManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's end of the network of peers: lets peers call its regions, and knows whom it can call.
 *
 * <p>Ehcache makes the parts of it from {@code ehcache.xml}, so it is found by the name of the
 * cache manager: {@link #open} it, make the cache manager, and {@link #serve} its regions; when the
 * cache manager is shut down, this is closed.
 */
public final class PeerNetwork implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);
  private static final Map<String, PeerNetwork> OPEN = new ConcurrentHashMap<>();
  private static final int GUARD_SECONDS = 5;

  private final String name;
  private final PeerOptions options;
  private final Incarnation incarnation = Incarnation.begin();
  private final HostRules hosts = new HostRules();
  private final Refusals refusals = new Refusals();
  private final KnownPeers peers = new KnownPeers();
  private final Map<String, FrameHandler> handlers = new LinkedHashMap<>(); // guarded by this
  private ListenerSettings listener; // guarded by this, as are the next
  private ProviderSettings provider = ProviderSettings.NONE;
  private boolean started;
  private boolean closed;
  private ScheduledExecutorService timer;
  private volatile List<String> served = List.of();
  private volatile LinkSettings links;
  private volatile RegionServer server;
  private volatile PeerSearch search;

  private PeerNetwork(String name, PeerOptions options) {
    this.name = name;
    this.options = options;
  }

  /**
   * Opens a node's network; to be called before its cache manager is made.
   *
   * @param cacheManagerName as in {@code ehcache.xml}; null for an unnamed one
   * @throws IllegalStateException when that cache manager has an open one
   */
  public static PeerNetwork open(String cacheManagerName, PeerOptions options) {
    String name = cacheManagerName == null ? CacheManager.DEFAULT_NAME : cacheManagerName;
    PeerNetwork network = new PeerNetwork(name, options);
    if (OPEN.putIfAbsent(name, network) != null) {
      throw new IllegalStateException("cache manager " + name + " has a network of peers already");
    }
    return network;
  }

  /** Returns a cache manager's network; opens one with nothing special when it has none. */
  static PeerNetwork of(String name) {
    return OPEN.computeIfAbsent(name, key -> new PeerNetwork(key, PeerOptions.defaults()));
  }

  synchronized void listen(ListenerSettings settings) {
    listener = settings;
  }

  synchronized void find(ProviderSettings settings) {
    provider = provider.and(settings);
  }

  synchronized boolean listens() {
    return listener != null;
  }

  /**
   * Begins to listen for peers and to look for them.
   *
   * @throws PeerSettingsException when that is not possible as configured
   */
  void start() {
    ProviderSettings sought;
    synchronized (this) {
      if (started || closed) {
        return;
      }
      started = true;
      sought = provider;
      try {
        begin();
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }
    try {
      search.change(sought);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Looks for peers as other properties of {@code cacheManagerPeerProviderFactory} say, in the
   * place of those before. Peers that are found both ways do not notice.
   *
   * @throws PeerSettingsException when that is not possible; then nothing has changed
   */
  public void findBy(Properties properties) {
    ProviderSettings wanted = ProviderSettings.of(properties);
    synchronized (this) {
      if (!started || closed) {
        throw new IllegalStateException("not open");
      }
      PeerSafety.check(links.security(), options.requirePeerAuth(), listener, wanted);
    }
    search.change(wanted);
  }

  /**
   * Listens at the ports that other properties of {@code cacheManagerPeerListenerFactory} name. For
   * a moment peers can call at the old ones, too.
   *
   * @throws PeerSettingsException when that is not possible; then nothing has changed
   */
  public void listenAt(Properties properties) {
    ListenerSettings wanted = ListenerSettings.of(properties);
    RegionServer before;
    synchronized (this) {
      if (server == null || closed) {
        throw new IllegalStateException("not open");
      }
      if (wanted.port() == 0 || wanted.port() == server.port()) { // or else anywhere will do
        if (wanted.objectPort() != listener.objectPort()) {
          throw new PeerSettingsException(
              "remoteObjectPort moves with port alone: restart the node");
        }
        return;
      }
      RegionServer next = new RegionServer(links, wanted.port(), wanted.objectPort());
      try {
        handlers.forEach(next::bind);
        search.move(next.port());
      } catch (RuntimeException e) {
        next.close();
        throw e;
      }
      before = server;
      server = next;
      listener = wanted;
    }
    var unused =
        timer.schedule(guarded(before::close), 2L * PeerSearch.GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void begin() {
    links = linkSettings();
    peers.start(links);
    timer = Executors.newSingleThreadScheduledExecutor(LinkThreads.named("peer-discovery"));
    int port = 0;
    if (listener != null) {
      ListedPeers.expect(provider.listed(), hosts);
      server = new RegionServer(links, listener.port(), listener.objectPort());
      port = server.port();
      handlers.forEach(server::bind);
      every(GUARD_SECONDS, () -> server.guard());
    }
    search = new PeerSearch(name, incarnation, peers, links, port, () -> served, timer);
  }

  private LinkSettings linkSettings() {
    PeerSecurity security = options.security().and(provider.security());
    InetAddress address = null;
    InetAddress bindAddress = null;
    int timeout = ListenerSettings.DEFAULT_TIMEOUT_MILLIS;
    if (listener != null) {
      security = security.and(listener.security());
      address = listener.address();
      bindAddress = listener.bindAddress();
      timeout = listener.timeoutMillis();
      RmiRuntime.prepare(address.getHostAddress());
    }
    PeerSafety.check(security, options.requirePeerAuth(), listener, provider);
    if (bindAddress == null || bindAddress.isLoopbackAddress()) {
      hosts.allowLoopback();
    }
    return new LinkSettings(
        address, bindAddress, timeout, options.maxFrameBytes(), security, hosts, refusals);
  }

  private void every(int seconds, Runnable task) {
    var unused = timer.scheduleWithFixedDelay(guarded(task), seconds, seconds, TimeUnit.SECONDS);
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("Looking after peers", e); // and again next time
      }
    };
  }

  /** Lets peers call a region, as soon as this node listens. */
  public void serve(String region, FrameHandler handler) {
    synchronized (this) {
      if (handlers.putIfAbsent(region, handler) != null) {
        throw new IllegalStateException(region + " is served already");
      }
      if (server != null) {
        server.bind(region, handler);
      }
      served = List.copyOf(handlers.keySet());
    }
    PeerSearch current = search;
    if (current != null) {
      current.announce();
    }
  }

  /** Lets peers call a region no longer. */
  public synchronized void withdraw(String region) {
    if (handlers.remove(region) != null) {
      served = List.copyOf(handlers.keySet());
      if (server != null) {
        server.unbind(region);
      }
    }
  }

  /** Returns the peers of a region. */
  public PeerDirectory peers(String region) {
    return peers.region(region);
  }

  /** Returns by which URL peers know a region of this node; null when it does not listen. */
  public String url(String region) {
    RegionServer current = server;
    return current == null ? null : PeerUrl.of(links.address(), current.port(), region).toString();
  }

  /** Returns the address by which peers know this node; null when it does not listen. */
  public InetAddress address() {
    LinkSettings current = links;
    return current == null ? null : current.address();
  }

  /** Returns the port of this node's registry; 0 when it does not listen. */
  public int port() {
    RegionServer current = server;
    return current == null ? 0 : current.port();
  }

  /** Returns a number that tells this life of the node from others, drawn at random. */
  public long incarnation() {
    return incarnation.number();
  }

  /** Returns {@code socketTimeoutMillis}. */
  public int timeoutMillis() {
    LinkSettings current = links;
    return current == null ? ListenerSettings.DEFAULT_TIMEOUT_MILLIS : current.timeoutMillis();
  }

  /** Returns the longest frame, and answer, there may be, in bytes. */
  public int maxFrameBytes() {
    return options.maxFrameBytes();
  }

  /** Returns what was counted, under the names that statistics have for it. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    PeerSearch current = search;
    HeartbeatCounts heartbeats = current == null ? new HeartbeatCounts() : current.counts();
    counts.put("heartbeats_sent", heartbeats.sent().sum());
    counts.put("heartbeats_received", heartbeats.received().sum());
    for (Refusal refusal : Refusal.values()) {
      counts.put("refused_" + refusal.statName(), refusals.count(refusal));
    }
    return counts;
  }

  /** Takes leave of the peers, and lets none call any longer. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      OPEN.remove(name, this);
      if (search != null) {
        search.close();
      }
      if (timer != null) {
        timer.shutdownNow();
      }
      if (server != null) {
        server.close();
      }
    }
    peers.clear();
  }
}
