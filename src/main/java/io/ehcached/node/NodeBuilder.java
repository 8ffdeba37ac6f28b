package io.ehcached.node;

import io.ehcached.admin.Membership.Member;
import io.ehcached.admin.NodeAdmin;
import io.ehcached.admin.PrefixStats;
import io.ehcached.admin.RequestMonitoring;
import io.ehcached.admin.watch.WatchLog;
import io.ehcached.command.CommandExecutor;
import io.ehcached.command.Commands;
import io.ehcached.config.EhcacheNode;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.config.NodeStartException;
import io.ehcached.item.StampClock;
import io.ehcached.monitor.AdminPort;
import io.ehcached.monitor.jmx.RegionBeans;
import io.ehcached.node.settings.AdvertisedAddress;
import io.ehcached.node.settings.FrontEnd;
import io.ehcached.node.settings.PeerSecuritySettings;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.reload.FileFollower;
import io.ehcached.replication.link.SerialFilters;
import io.ehcached.server.MemcachedServer;
import io.ehcached.server.ServerSettings;
import io.ehcached.store.Store;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import javax.management.JMException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a node: opens its parts one after the other and connects them. What is opened first is
 * closed last, when the node stops or when a later part cannot be opened.
 */
public final class NodeBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(NodeBuilder.class);

  private final ServerOptions options;
  private final NodeConfiguration configuration;
  private final Supplier<NodeConfiguration> reader;
  private final GracefulShutdown shutdown;
  private final OpenParts parts = new OpenParts();

  /**
   * Makes a builder, for one node.
   *
   * @param configuration what {@code ehcache.xml} says
   * @param reader reads that file again
   */
  public NodeBuilder(
      ServerOptions options, NodeConfiguration configuration, Supplier<NodeConfiguration> reader) {
    this.options = options;
    this.configuration = configuration;
    this.reader = reader;
    this.shutdown =
        new GracefulShutdown(options.node().leaveSeconds(), options.node().drainSeconds());
  }

  /**
   * Starts the node; it serves when this returns.
   *
   * @throws UsageException when an option asks for what this machine does not have
   * @throws NodeStartException when the region cannot be opened
   * @throws IOException when an address cannot be listened on
   */
  public Node start() throws UsageException, NodeStartException, IOException {
    try {
      return open();
    } catch (UsageException | NodeStartException | IOException | RuntimeException e) {
      abandon();
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abandon();
      throw new IOException("told to stop while starting", e);
    }
  }

  private void abandon() {
    shutdown.begun();
    parts.close();
  }

  private Node open() throws UsageException, NodeStartException, IOException, InterruptedException {
    // 1. How clients are served: this finds a mistake before anything is listened on.
    FrontEnd front = FrontEnd.of(options);
    parts.add(front.tls()::close);
    ServerSettings settings = front.settings();
    MemcachedServer.checkAddresses(settings);
    front.tls().description().ifPresent(LOG::info);
    front.tls().warn();

    // 2. The admin port, which shows how the start goes on.
    RequestMonitoring monitoring = monitoring(options.observing());
    LiveStatus status = new LiveStatus(options, front, monitoring, shutdown);
    AdminPort adminPort = AdminPortOpener.open(options, status, shutdown::begin);
    parts.add(adminPort::close);

    // 3. The region, and the network of peers.
    if (options.admin().jmx()) {
      SerialFilters.allowManagement(); // before the RMI runtime is used
    }
    EhcacheNode ehcache = EhcacheNode.open(configuration, PeerSecuritySettings.of(options));
    parts.add(ehcache::close);
    Store store = store(ehcache);

    // 4. Replication: if clients are to wait for the copy of the region, the start waits here.
    Replication replication =
        Replication.of(
            configuration, ehcache, store, options.memory().maxItemSize(), status.name());
    shutdown.handOverTo(replication);
    NodeAdmin admin =
        new LiveAdmin(ehcache.region().getCacheConfiguration(), front.tls(), shutdown, status);
    Commands commands =
        new Commands(
            store,
            status,
            admin,
            status.counters(),
            settings.limits(),
            System::currentTimeMillis,
            replication.cluster(),
            monitoring);
    status.opened(ehcache.region(), store, replication);
    parts.add(() -> replication.stop(shutdown.handOverMillis()));
    replication.start();

    // 5. Regular work.
    Housekeeper housekeeper = Housekeeper.start(store, front.authenticator());
    parts.add(housekeeper::close);

    // 6. The server for clients; then its address is advertised to the peers.
    Supplier<CommandExecutor> executors =
        adminPort.address().isPresent()
            ? () -> commands.newTimedExecutor(status.latencies())
            : commands::newExecutor;
    MemcachedServer server =
        MemcachedServer.start(
            settings, executors, store::isStored, status.counters(), monitoring.log());
    status.opened(server);
    parts.add(server::stop);
    Optional<Member> self =
        AdvertisedAddress.of(options.node().advertise(), server.addresses(), replication.address());
    status.serves(self);
    parts.add(status::servesNoMore);
    replication.advertise(self);
    parts.add(() -> replication.advertise(Optional.empty()));

    // 7. The reload of ehcache.xml when it changes.
    FileFollower follower =
        new FileFollower(configuration, reader, new ReloadableNode(ehcache, store, replication));
    parts.add(follower::close);
    follower.start();

    // 8. JMX.
    if (options.admin().jmx()) {
      showBeans(ehcache, store, status, admin);
    }
    return new Node(
        front,
        server,
        adminPort,
        admin,
        status,
        follower,
        housekeeper,
        replication,
        shutdown,
        parts);
  }

  private static RequestMonitoring monitoring(ServerOptions.Observing observing) {
    return new RequestMonitoring(
        new WatchLog(observing.watcherBytes(), observing.workerBytes()),
        new PrefixStats(observing.prefixDelimiter(), observing.detail()),
        observing.sizes());
  }

  private Store store(EhcacheNode ehcache) {
    StampClock clock = new StampClock(System::currentTimeMillis, new SecureRandom().nextInt());
    Store store = new Store(ehcache.region(), clock, System::currentTimeMillis);
    if (!options.memory().evictions()) {
      store.refuseWhenFull();
    }
    return store;
  }

  private static void showBeans(
      EhcacheNode ehcache, Store store, LiveStatus status, NodeAdmin admin) throws IOException {
    try {
      RegionBeans.register(ehcache.manager(), ehcache.region(), store, status, admin);
    } catch (JMException e) {
      throw new IOException("--jmx: Ehcache's MBeans cannot be shown: " + e, e);
    }
  }
}
