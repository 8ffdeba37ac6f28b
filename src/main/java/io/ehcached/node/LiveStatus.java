package io.ehcached.node;

import io.ehcached.admin.ConnectionLoad;
import io.ehcached.admin.ConnectionView;
import io.ehcached.admin.Counters;
import io.ehcached.admin.Latencies;
import io.ehcached.admin.Membership;
import io.ehcached.admin.Membership.Member;
import io.ehcached.admin.NodeStatus;
import io.ehcached.admin.RegionStatus;
import io.ehcached.admin.RequestMonitoring;
import io.ehcached.node.report.ReadinessReport;
import io.ehcached.node.report.SettingsReport;
import io.ehcached.node.settings.FrontEnd;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.Version;
import io.ehcached.protocol.Stat;
import io.ehcached.replication.status.NameStatus;
import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.server.MemcachedServer;
import io.ehcached.store.Store;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.config.CacheConfiguration;

/** The status of a node, which the builder tells of the node's parts as these open. */
final class LiveStatus implements NodeStatus {
  private final long startMillis = System.currentTimeMillis();
  private final Counters counters = new Counters();
  private final Latencies latencies = new Latencies();
  private final ServerOptions options;
  private final FrontEnd front;
  private final RequestMonitoring monitoring;
  private final GracefulShutdown shutdown;
  private final String name;
  private volatile int verbosity;
  private volatile Replication replication = Replication.NONE;
  private volatile Optional<OpenRegion> region = Optional.empty();
  private volatile Optional<MemcachedServer> server = Optional.empty();
  private volatile Optional<Member> self = Optional.empty(); // where clients find this node
  private volatile boolean serving;

  private record OpenRegion(Ehcache ehcache, Store store) {
    CacheConfiguration configuration() {
      return ehcache.getCacheConfiguration();
    }
  }

  LiveStatus(
      ServerOptions options,
      FrontEnd front,
      RequestMonitoring monitoring,
      GracefulShutdown shutdown) {
    this.options = options;
    this.front = front;
    this.monitoring = monitoring;
    this.shutdown = shutdown;
    this.name = NodeName.of(options);
    this.verbosity = options.running().verbosity();
  }

  /** Notes that the region is open, and its replication, which may not have started. */
  void opened(Ehcache ehcache, Store store, Replication peers) {
    replication = peers;
    region = Optional.of(new OpenRegion(ehcache, store));
  }

  /** Notes that the server listens. */
  void opened(MemcachedServer listening) {
    server = Optional.of(listening);
  }

  /**
   * Notes that clients are served.
   *
   * @param address where they are told to connect; empty if they cannot from another machine
   */
  void serves(Optional<Member> address) {
    self = address;
    serving = true;
  }

  /** Notes that the server stops, which still serves those who are connected. */
  void servesNoMore() {
    serving = false;
  }

  /** Notes how much is logged. */
  void logs(int level) {
    verbosity = level;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String version() {
    return Version.own();
  }

  @Override
  public String memcachedVersion() {
    return Version.MEMCACHED;
  }

  @Override
  public long startMillis() {
    return startMillis;
  }

  private ReadinessReport readiness() {
    Replication peers = replication;
    return new ReadinessReport(
        shutdown.isBegun(), peers.cluster().isCopying(), serving, peers.status());
  }

  @Override
  public String state() {
    return readiness().state();
  }

  @Override
  public List<String> unready() {
    return readiness().reasons();
  }

  @Override
  public List<String> warnings() {
    return readiness().warnings();
  }

  @Override
  public List<String> notes() {
    return readiness().notes();
  }

  @Override
  public List<Stat> settings() {
    return SettingsReport.of(options, memoryLimit(), verbosity, monitoring, front);
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
  public Counters counters() {
    return counters;
  }

  @Override
  public Latencies latencies() {
    return latencies;
  }

  @Override
  public int threads() {
    return options.network().threads();
  }

  @Override
  public Iterable<? extends Executor> eventLoops() {
    return serving ? server.orElseThrow().loops() : List.of();
  }

  @Override
  public List<InetSocketAddress> addresses() {
    return serving ? server.orElseThrow().addresses() : List.of();
  }

  @Override
  public int maxConnections() {
    return options.connections().max();
  }

  @Override
  public int clientCount() {
    return server.map(MemcachedServer::clientCount).orElse(0);
  }

  @Override
  public Collection<ConnectionView> connections() {
    return server.map(MemcachedServer::connections).orElse(List.of());
  }

  @Override
  public ConnectionLoad connectionLoad() {
    return server.map(MemcachedServer::load).orElse(ConnectionLoad.NONE);
  }

  @Override
  public OptionalLong secondsSinceCertificatesRead() {
    return front.tls().secondsSinceRead();
  }

  @Override
  public boolean resumesTlsSessions() {
    return front.tls().resumesSessions();
  }

  @Override
  public long memoryLimit() {
    return region.map(open -> open.configuration().getMaxBytesLocalHeap()).orElse(0L);
  }

  @Override
  public Optional<RegionStatus> region() {
    return region.map(
        open ->
            new RegionStatus(
                open.ehcache().getName(),
                open.store().size(),
                open.store().bytes(),
                open.configuration().getMaxEntriesLocalHeap(),
                open.configuration().getMaxBytesLocalHeap(),
                open.store().counts()));
  }

  @Override
  public Membership membership() {
    return region.isEmpty()
        ? new Membership(0, List.of())
        : replication.membership().orElseGet(this::alone);
  }

  private Membership alone() {
    return new Membership(
        TimeUnit.MILLISECONDS.toSeconds(startMillis), self.map(this::named).stream().toList());
  }

  private Member named(Member member) {
    return new Member(member.host(), member.ip(), member.port(), name, "");
  }

  @Override
  public Optional<ReplicationStatus> replication() {
    return replication.status();
  }

  @Override
  public List<Stat> replicationStats() {
    return replication.stats();
  }

  @Override
  public List<NameStatus> peerNames() {
    return replication.peerNames();
  }

  @Override
  public Map<String, Long> networkCounts() {
    return replication.networkCounts();
  }
}
