package io.ehcached.node;

import io.ehcached.admin.ConnectionLoad;
import io.ehcached.admin.ConnectionView;
import io.ehcached.admin.Counters;
import io.ehcached.admin.Membership;
import io.ehcached.admin.Membership.Member;
import io.ehcached.admin.NodeControl;
import io.ehcached.admin.PrefixStats;
import io.ehcached.admin.RequestMonitoring;
import io.ehcached.admin.watch.WatchLog;
import io.ehcached.command.CommandExecutor;
import io.ehcached.command.Commands;
import io.ehcached.config.EhcacheNode;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.config.NodeStartException;
import io.ehcached.item.StampClock;
import io.ehcached.logging.Logging;
import io.ehcached.monitor.jmx.RegionBeans;
import io.ehcached.node.report.SettingsReport;
import io.ehcached.node.report.StartSummary;
import io.ehcached.node.settings.AdvertisedAddress;
import io.ehcached.node.settings.FrontEnd;
import io.ehcached.node.settings.PeerSecuritySettings;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.options.Version;
import io.ehcached.protocol.Stat;
import io.ehcached.reload.FileFollower;
import io.ehcached.replication.link.SerialFilters;
import io.ehcached.server.MemcachedServer;
import io.ehcached.server.ServerSettings;
import io.ehcached.server.tls.TlsException;
import io.ehcached.store.Store;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.management.JMException;
import net.sf.ehcache.config.CacheConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: the region, its peers, and the front end, put together. */
public final class Node implements NodeControl, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final long FIRST_RECLAIM_SECONDS = 5; // until then no item's age is known
  private static final long RECLAIM_SECONDS = 60;
  private static final long REFRESH_SECONDS = 1;

  private final ServerOptions options;
  private final NodeConfiguration configuration;
  private final Supplier<NodeConfiguration> reader;
  private final long startMillis = System.currentTimeMillis();
  private final Counters counters = new Counters();
  private final RequestMonitoring observation;
  private final ScheduledExecutorService housekeeper =
      Executors.newSingleThreadScheduledExecutor(
          new DefaultThreadFactory("ehcached-housekeeper", true));
  private final FrontEnd front;
  private volatile int verbosity;
  private Future<?> reclaiming;
  private EhcacheNode ehcache;
  private Replication replication;
  private volatile MemcachedServer server;
  private Monitoring monitoring; // null without an admin port
  private final GracefulShutdown leaving;
  private FileFollower follower;
  private volatile Member self; // where clients find this node; null where none can

  private Node(
      ServerOptions options, NodeConfiguration configuration, Supplier<NodeConfiguration> reader)
      throws UsageException {
    this.options = options;
    this.configuration = configuration;
    this.reader = reader;
    this.verbosity = options.running().verbosity();
    this.observation = observation(options.observing());
    this.front = FrontEnd.of(options);
    this.leaving =
        new GracefulShutdown(options.node().leaveSeconds(), options.node().drainSeconds());
  }

  /**
   * Starts a node; it serves when this returns.
   *
   * @param reader reads {@code ehcache.xml} again
   * @throws UsageException when an option asks for what this machine does not have
   * @throws NodeStartException when the region cannot be opened
   * @throws IOException when an address cannot be listened on
   */
  public static Node start(
      ServerOptions options, NodeConfiguration configuration, Supplier<NodeConfiguration> reader)
      throws UsageException, NodeStartException, IOException {
    Node node = new Node(options, configuration, reader);
    try {
      node.open();
      return node;
    } catch (UsageException | NodeStartException | IOException | RuntimeException e) {
      node.close();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      node.close();
      throw new IOException("told to stop while starting", e);
    }
  }

  private static RequestMonitoring observation(ServerOptions.Observing observing) {
    return new RequestMonitoring(
        new WatchLog(observing.watcherBytes(), observing.workerBytes()),
        new PrefixStats(observing.prefixDelimiter(), observing.detail()),
        observing.sizes());
  }

  private void open() throws UsageException, NodeStartException, IOException, InterruptedException {
    ServerSettings settings = front.settings();
    MemcachedServer.checkAddresses(settings);
    if (front.tls() != null) {
      LOG.info(front.tls().describe());
      front.tls().warn();
    }
    if (options.admin().port() != 0) {
      monitoring = Monitoring.open(options, this, counters);
    }
    if (options.admin().jmx()) {
      SerialFilters.allowManagement(); // before the RMI runtime is used
    }
    ehcache = EhcacheNode.open(configuration, PeerSecuritySettings.of(options));
    StampClock clock = new StampClock(System::currentTimeMillis, new SecureRandom().nextInt());
    Store store = new Store(ehcache.region(), clock, System::currentTimeMillis);
    if (!options.memory().evictions()) {
      store.refuseWhenFull();
    }
    replication = Replication.of(ehcache, store);
    Commands commands =
        new Commands(
            store,
            this,
            counters,
            settings.limits(),
            System::currentTimeMillis,
            replication,
            observation);
    if (monitoring != null) {
      monitoring.opened(ehcache.region(), store, replication);
    }
    if (replication != null) {
      replication.start();
    }
    reclaiming =
        housekeeper.scheduleWithFixedDelay(
            () -> reclaim(store), FIRST_RECLAIM_SECONDS, RECLAIM_SECONDS, TimeUnit.SECONDS);
    if (front.authenticator() != null) {
      Future<?> unused =
          housekeeper.scheduleWithFixedDelay(
              front.authenticator()::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }
    server =
        MemcachedServer.start(
            settings, executors(commands), store::isStored, counters, observation.log());
    InetAddress address = replication == null ? null : replication.address();
    self = AdvertisedAddress.of(options.node().advertise(), server.addresses(), address);
    if (replication != null) {
      replication.advertise(self);
    }
    if (monitoring != null) {
      monitoring.serves(server);
    }
    follower =
        new FileFollower(configuration, reader, new ReloadableNode(ehcache, store, replication));
    follower.start();
    if (options.admin().jmx()) {
      showBeans(store);
    }
  }

  private void showBeans(Store store) throws IOException {
    try {
      RegionBeans.register(ehcache.manager(), ehcache.region(), store, counters, this);
    } catch (JMException e) {
      throw new IOException("--jmx: Ehcache's MBeans cannot be shown: " + e, e);
    }
  }

  private Supplier<CommandExecutor> executors(Commands commands) {
    return monitoring == null
        ? commands::newExecutor
        : () -> commands.newTimedExecutor(monitoring.latencies());
  }

  /** Reads again what the node was told in files, and takes over what is new in them. */
  public void reread() {
    follower.ask();
    if (front.authenticator() != null && !housekeeper.isShutdown()) {
      housekeeper.execute(front.authenticator()::refresh);
    }
    if (front.tls() != null && refreshCertificates().isEmpty()) {
      LOG.info("certificates reloaded");
    }
  }

  private static void reclaim(Store store) {
    try {
      store.reclaim();
    } catch (RuntimeException e) {
      LOG.error("could not free the memory of expired items; trying again in a minute", e);
    }
  }

  /** Returns the TCP addresses that clients can connect to. */
  public List<InetSocketAddress> addresses() {
    return server.addresses();
  }

  /** Returns the address of the admin port; null where there is none. */
  public InetSocketAddress adminAddress() {
    return monitoring == null ? null : monitoring.address();
  }

  /** Returns what there is to say of the start, for the log. */
  public List<String> summary(String listening) {
    return StartSummary.of(
        options,
        configuration,
        listening,
        front.transport().toString(),
        front.tls() == null ? null : front.tls().describe(),
        front.limits(),
        monitoring == null ? null : monitoring.address());
  }

  /** Returns the UDP addresses that clients can send to. */
  public List<InetSocketAddress> udpAddresses() {
    return server.udpAddresses();
  }

  /**
   * Stops in order: no new clients, what they were answered is sent, what is queued is handed to
   * the peers.
   */
  @Override
  public void close() {
    leaving.begun();
    if (follower != null) {
      follower.close();
    }
    if (replication != null) {
      replication.advertise(null);
    }
    if (monitoring != null) {
      monitoring.serves(null);
    }
    if (server != null) {
      server.stop();
    }
    if (front.tls() != null) {
      front.tls().close();
    }
    if (reclaiming != null) {
      reclaiming.cancel(false);
    }
    housekeeper.shutdown();
    if (replication != null) {
      replication.stop(leaving.handOverMillis());
    }
    if (ehcache != null) {
      ehcache.close();
    }
    if (monitoring != null) {
      monitoring.close();
    }
  }

  @Override
  public String version() {
    return Version.MEMCACHED;
  }

  @Override
  public long startMillis() {
    return startMillis;
  }

  @Override
  public List<Stat> settings() {
    return SettingsReport.of(
        options,
        memoryLimit(),
        verbosity,
        observation,
        front.transport(),
        front.limits(),
        front.tls());
  }

  @Override
  public List<Stat> replication() {
    return replication == null ? List.of() : replication.stats();
  }

  @Override
  public Collection<ConnectionView> connections() {
    MemcachedServer current = server; // a client may ask before start() has returned it
    return current == null ? List.of() : current.connections();
  }

  @Override
  public int clientCount() {
    MemcachedServer current = server; // a client may ask before start() has returned it
    return current == null ? 0 : current.clientCount();
  }

  @Override
  public ConnectionLoad connectionLoad() {
    MemcachedServer current = server; // a client may ask before start() has returned it
    return current == null ? ConnectionLoad.NONE : current.load();
  }

  @Override
  public int maxConnections() {
    return options.connections().max();
  }

  @Override
  public int threads() {
    return options.network().threads();
  }

  private CacheConfiguration region() {
    return ehcache.region().getCacheConfiguration();
  }

  @Override
  public long memoryLimit() {
    return region().getMaxBytesLocalHeap();
  }

  @Override
  public boolean memoryLimit(long bytes) {
    if (region().getMaxBytesLocalHeap() <= 0) {
      return false;
    }
    region().setMaxBytesLocalHeap(bytes);
    return true;
  }

  @Override
  public void verbosity(int level) {
    verbosity = level;
    Logging.verbosity(level);
  }

  @Override
  public Optional<String> refreshCertificates() {
    if (front.tls() == null) {
      return NodeControl.super.refreshCertificates();
    }
    try {
      front.tls().refresh();
      return Optional.empty();
    } catch (TlsException e) {
      LOG.warn("keeping the previous certificates: {}", e.getMessage());
      return Optional.of("loading the certificates: " + e.getMessage());
    }
  }

  @Override
  public OptionalLong secondsSinceCertificatesRead() {
    return front.tls() == null
        ? OptionalLong.empty()
        : OptionalLong.of(front.tls().secondsSinceLoaded());
  }

  @Override
  public boolean resumesTlsSessions() {
    return front.tls() != null && front.tls().resumesSessions();
  }

  @Override
  public boolean shutdownAllowed() {
    return options.features().shutdown();
  }

  @Override
  public boolean flushAllowed() {
    return options.features().flush();
  }

  @Override
  public boolean dumpAllowed() {
    return options.features().dump();
  }

  @Override
  public boolean watchAllowed() {
    return options.features().watch();
  }

  @Override
  public Membership membership() {
    if (replication != null) {
      return replication.membership();
    }
    Member current = self;
    return new Membership(
        TimeUnit.MILLISECONDS.toSeconds(startMillis),
        current == null ? List.of() : List.of(current));
  }

  @Override
  public void shutdown() {
    // On a thread of its own: the stop waits for the event loop that this is called on.
    new Thread(() -> System.exit(0), "ehcached-shutdown").start();
  }

  @Override
  public void leave() {
    leaving.begin(replication);
  }

  @Override
  public boolean isLeaving() {
    return leaving.isBegun();
  }
}
