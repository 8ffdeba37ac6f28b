package io.ehcached;

import io.ehcached.admin.ConnectionLoad;
import io.ehcached.admin.ConnectionView;
import io.ehcached.admin.Counters;
import io.ehcached.admin.Membership;
import io.ehcached.admin.Membership.Member;
import io.ehcached.admin.NodeControl;
import io.ehcached.admin.Observation;
import io.ehcached.admin.PrefixStats;
import io.ehcached.admin.watch.WatchLog;
import io.ehcached.auth.Gate;
import io.ehcached.auth.PasswordFileException;
import io.ehcached.command.CommandExecutor;
import io.ehcached.command.Commands;
import io.ehcached.config.EhcacheNode;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.config.NodeStartException;
import io.ehcached.item.StampClock;
import io.ehcached.monitor.jmx.RegionBeans;
import io.ehcached.options.ListenAddress;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.options.Version;
import io.ehcached.process.Logging;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Stat;
import io.ehcached.reload.FileFollower;
import io.ehcached.replication.PeerSettingsException;
import io.ehcached.replication.link.SerialFilters;
import io.ehcached.replication.network.PeerOptions;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.server.ConnectionLimits;
import io.ehcached.server.MemcachedServer;
import io.ehcached.server.Protocols;
import io.ehcached.server.ServerSettings;
import io.ehcached.server.TcpEndpoint;
import io.ehcached.server.Transport;
import io.ehcached.server.tls.Tls;
import io.ehcached.server.tls.TlsException;
import io.ehcached.store.Store;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
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
final class Node implements NodeControl, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final long FIRST_RECLAIM_SECONDS = 5; // until then no item's age is known
  private static final long RECLAIM_SECONDS = 60;
  private static final long REFRESH_SECONDS = 1;
  private static final int MB = 1024 * 1024;

  private final ServerOptions options;
  private final NodeConfiguration configuration;
  private final long startMillis = System.currentTimeMillis();
  private final Counters counters = new Counters();
  private final Observation observation;
  private final ScheduledExecutorService housekeeper =
      Executors.newSingleThreadScheduledExecutor(
          new DefaultThreadFactory("ehcached-housekeeper", true));
  private final Transport transport;
  private final ConnectionLimits limits;
  private final Gate gate;
  private final Tls tls;
  private volatile int verbosity;
  private Future<?> reclaiming;
  private EhcacheNode ehcache;
  private Replication replication;
  private volatile MemcachedServer server;
  private Monitoring monitoring; // null without an admin port
  private final Leaving leaving;
  private FileFollower follower;
  private volatile Member self; // where clients find this node; null where none can

  private Node(ServerOptions options, NodeConfiguration configuration) throws UsageException {
    this.options = options;
    this.configuration = configuration;
    this.verbosity = options.running().verbosity();
    this.observation = observation(options.observing());
    this.transport = transport(options.network().transport());
    this.limits = ClientLimits.of(options);
    this.gate = gate(options);
    this.tls = options.tls().isPresent() ? ClientTls.open(options.tls().get()) : null;
    this.leaving = new Leaving(options.node().leaveSeconds(), options.node().drainSeconds());
  }

  /**
   * Starts a node; it serves when this returns.
   *
   * @throws UsageException when an option asks for what this machine does not have
   * @throws NodeStartException when the region cannot be opened
   * @throws IOException when an address cannot be listened on
   */
  static Node start(ServerOptions options, NodeConfiguration configuration)
      throws UsageException, NodeStartException, IOException {
    Node node = new Node(options, configuration);
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

  private static Observation observation(ServerOptions.Observing observing) {
    return new Observation(
        new WatchLog(observing.watcherBytes(), observing.workerBytes()),
        new PrefixStats(observing.prefixDelimiter(), observing.detail()),
        observing.sizes());
  }

  private void open() throws UsageException, NodeStartException, IOException, InterruptedException {
    ServerSettings settings = serverSettings();
    MemcachedServer.checkAddresses(settings);
    if (tls != null) {
      LOG.info(tls.describe());
      tls.warn();
    }
    if (options.admin().port() != 0) {
      monitoring = Monitoring.open(options.admin(), this, counters);
    }
    ehcache = EhcacheNode.open(configuration, peerOptions());
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
    if (gate != null) {
      Future<?> unused =
          housekeeper.scheduleWithFixedDelay(
              gate::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }
    server = MemcachedServer.start(settings, executors(commands), counters, observation.log());
    InetAddress address = replication == null ? null : replication.address();
    self = AdvertisedAddress.of(options.node().advertise(), server.addresses(), address);
    if (replication != null) {
      replication.advertise(self);
    }
    if (monitoring != null) {
      monitoring.serves(server);
    }
    follower =
        new FileFollower(
            configuration, () -> Main.read(options), new LiveNode(ehcache, store, replication));
    follower.start();
    if (options.admin().jmx()) {
      showBeans(store);
    }
  }

  private void showBeans(Store store) throws IOException {
    try {
      SerialFilters.allowManagement();
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
  void reread() {
    follower.ask();
    if (gate != null) {
      housekeeper.execute(gate::refresh);
    }
    if (tls != null && refreshCertificates().isEmpty()) {
      LOG.info("the certificates were read again");
    }
  }

  private PeerOptions peerOptions() throws UsageException {
    ServerOptions.Node node = options.node();
    int frame = Math.max(PeerOptions.DEFAULT_MAX_FRAME_BYTES, options.memory().maxItemSize() + MB);
    return new PeerOptions(peerSecurity(options), node.requirePeerAuth(), frame);
  }

  /**
   * Returns how peers prove themselves, as far as the command line says it.
   *
   * @throws UsageException when the file with the secret cannot be used
   */
  static PeerSecurity peerSecurity(ServerOptions options) throws UsageException {
    try {
      return options
          .node()
          .peerSecret()
          .map(PeerSecurity::fromSecretFile)
          .orElse(PeerSecurity.none());
    } catch (PeerSettingsException e) {
      throw UsageException.badValue("--peer-secret: " + e.getMessage());
    }
  }

  private static void reclaim(Store store) {
    try {
      store.reclaim();
    } catch (RuntimeException e) {
      LOG.error("could not give back the memory of dead items; tried again in a minute", e);
    }
  }

  private ServerSettings serverSettings() throws UsageException {
    ServerOptions.Network network = options.network();
    List<TcpEndpoint> endpoints = new ArrayList<>();
    if (network.unixSocket().isEmpty() && network.port() != 0) {
      int port = network.port() == ServerOptions.Network.ANY_PORT ? 0 : network.port();
      for (ListenAddress address : network.listen()) {
        endpoints.add(new TcpEndpoint(address.resolve(port), tls != null && !address.notls()));
      }
    }
    return new ServerSettings(
        endpoints,
        tls,
        UdpAddresses.of(network),
        network.unixSocket().orElse(null),
        network.unixMask(),
        network.backlog(),
        limits,
        network.threads(),
        options.features().requestsPerEvent(),
        switch (network.protocol()) {
          case AUTO -> Protocols.ANY;
          case ASCII -> Protocols.TEXT;
          case BINARY -> Protocols.BINARY;
        },
        transport,
        new Limits(options.memory().maxItemSize(), options.features().cas()),
        gate);
  }

  /**
   * Returns who is let in, or null where nobody is asked.
   *
   * @throws UsageException when the file of users cannot be used
   */
  static Gate gate(ServerOptions options) throws UsageException {
    Optional<Path> users = options.features().users();
    try {
      return users.isEmpty() ? null : Gate.of(users.get());
    } catch (PasswordFileException e) {
      throw UsageException.badValue("-Y: " + e.getMessage());
    }
  }

  private static Transport transport(ServerOptions.Transport wanted) throws UsageException {
    Transport transport =
        switch (wanted) {
          case AUTO -> Transport.best();
          case IO_URING -> Transport.IO_URING;
          case EPOLL -> Transport.EPOLL;
          case NIO -> Transport.NIO;
        };
    if (!transport.isAvailable()) {
      throw UsageException.badValue(
          "--transport " + transport + " is not there on this machine; leave it out, or write nio");
    }
    return transport;
  }

  /** Returns the TCP addresses that clients can connect to. */
  List<InetSocketAddress> addresses() {
    return server.addresses();
  }

  /** Returns the address of the admin port; null where there is none. */
  InetSocketAddress adminAddress() {
    return monitoring == null ? null : monitoring.address();
  }

  /** Returns what there is to say of the start, for the log. */
  List<String> summary(String listening) {
    return StartSummary.of(
        options,
        configuration,
        listening,
        transport.toString(),
        tls == null ? null : tls.describe(),
        limits,
        monitoring == null ? null : monitoring.address());
  }

  /** Returns the UDP addresses that clients can send to. */
  List<InetSocketAddress> udpAddresses() {
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
    if (tls != null) {
      tls.close();
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
        options, memoryLimit(), verbosity, observation, transport, limits, tls);
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
  public ConnectionLoad connectionLoad() {
    MemcachedServer current = server; // a client may ask before start() has returned it
    return current == null ? ConnectionLoad.NONE : current.load();
  }

  @Override
  public int maxConnections() {
    return options.connections().most();
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
    if (tls == null) {
      return NodeControl.super.refreshCertificates();
    }
    try {
      tls.refresh();
      return Optional.empty();
    } catch (TlsException e) {
      LOG.warn("the certificates from before stay in use: {}", e.getMessage());
      return Optional.of("loading the certificates: " + e.getMessage());
    }
  }

  @Override
  public OptionalLong secondsSinceCertificatesRead() {
    return tls == null ? OptionalLong.empty() : OptionalLong.of(tls.secondsSinceLoaded());
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
