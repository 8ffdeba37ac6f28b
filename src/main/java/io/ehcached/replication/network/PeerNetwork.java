package io.ehcached.replication.network;

import io.ehcached.replication.NodeThreads;
import io.ehcached.replication.discovery.HeartbeatCounts;
import io.ehcached.replication.discovery.Incarnation;
import io.ehcached.replication.discovery.KnownPeers;
import io.ehcached.replication.discovery.ListedPeers;
import io.ehcached.replication.discovery.MulticastState;
import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.LinkThreads;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.link.RegionServer;
import io.ehcached.replication.link.RmiRuntime;
import io.ehcached.replication.names.DnsNames;
import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Refusals;
import io.ehcached.replication.settings.PeerSettingsException;
import io.ehcached.replication.spi.FrameHandler;
import io.ehcached.replication.spi.PeerDirectory;
import io.ehcached.replication.status.NameStatus;
import java.io.Closeable;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's end of the network of peers: lets peers call its regions, and knows whom it can call.
 */
public final class PeerNetwork implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);
  private static final int GUARD_SECONDS = 5;
  private static final int REFRESH_SECONDS = 1;

  private final PeerOptions options;
  private final Incarnation incarnation = Incarnation.begin();
  private final HostRules hosts = new HostRules();
  private final Refusals refusals = new Refusals();
  private final KnownPeers peers = new KnownPeers();
  private final Map<String, FrameHandler> handlers = new LinkedHashMap<>(); // guarded by this
  private final LinkSettings links;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(LinkThreads.named("peer-discovery"));
  private final PeerSearch search;
  private ListenerSettings listener; // guarded by this, as is the next
  private boolean closed;
  private String complaint = ""; // of the last look at the files of proofs; used by the timer
  private volatile List<String> served = List.of();
  private volatile RegionServer server;

  private PeerNetwork(String name, PeerSettings settings, PeerOptions options) {
    this.options = options;
    this.listener = settings.listener();
    this.links = linkSettings(settings);
    peers.start(links);
    ListedPeers.expect(settings.discovery().listed(), hosts);
    server = new RegionServer(links, listener.port(), listener.remoteObjectPort());
    every(GUARD_SECONDS, () -> server.guard());
    if (links.security().provesPeers()) {
      every(REFRESH_SECONDS, () -> refreshProofs(false));
    }
    search =
        new PeerSearch(
            name,
            incarnation,
            peers,
            links,
            server.port(),
            () -> served,
            timer,
            new DnsNames(links.address() instanceof Inet6Address, LinkThreads.slow()),
            new NodeThreads(System::currentTimeMillis));
  }

  /**
   * Begins to listen for peers and to look for them.
   *
   * @param name of the cluster where the settings have none; null: one of this program's, with the
   *     user's name where heartbeats stay on this machine
   * @throws PeerSettingsException when that is not possible as configured
   */
  public static PeerNetwork open(String name, PeerSettings settings, PeerOptions options) {
    PeerNetwork network = new PeerNetwork(name, settings, options);
    try {
      network.search.change(settings.discovery());
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private LinkSettings linkSettings(PeerSettings settings) {
    InetAddress address = HostLookup.LISTENER.oneAddress(listener.hostName());
    InetAddress bindAddress = HostLookup.BIND_ADDRESS.address(listener.bindAddress());
    PeerSecurity security = options.security().and(settings.proofs().read());
    RmiRuntime.prepare(address.getHostAddress());
    PeerSafety.check(
        security,
        options.requirePeerAuth(),
        bindAddress,
        listener.port(),
        settings.discovery().isAutomatic());
    if (bindAddress.isLoopbackAddress()) {
      hosts.allowLoopback();
    }
    return new LinkSettings(
        address,
        bindAddress,
        listener.socketTimeoutMillis(),
        options.maxFrameBytes(),
        security,
        hosts,
        refusals);
  }

  /**
   * Looks for peers by other settings, which replace those before. Peers that both the old and the
   * new settings find stay connected.
   *
   * @throws PeerSettingsException when that is not possible; then nothing has changed
   */
  public void findBy(DiscoverySettings wanted) {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("not open");
      }
      PeerSafety.check(
          links.security(),
          options.requirePeerAuth(),
          links.bindAddress(),
          listener.port(),
          wanted.isAutomatic());
    }
    search.change(wanted);
  }

  /**
   * Listens at the ports that other settings name. For a moment peers can call at the old ones,
   * too.
   *
   * @throws PeerSettingsException when that is not possible; then nothing has changed
   */
  public void listenAt(ListenerSettings wanted) {
    RegionServer before;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("not open");
      }
      if (wanted.port() == 0 || wanted.port() == server.port()) { // or else anywhere will do
        if (wanted.remoteObjectPort() != listener.remoteObjectPort()) {
          throw new PeerSettingsException(
              "remoteObjectPort moves with port alone: restart the node");
        }
        return;
      }
      RegionServer next = new RegionServer(links, wanted.port(), wanted.remoteObjectPort());
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

  /**
   * Reads the secret and the certificates of peers again, soon; that is also done once a second.
   * What peers prove themselves by when they connect counts at once.
   */
  public void refreshProofs() {
    if (!timer.isShutdown()) {
      timer.execute(guarded(() -> refreshProofs(true)));
    }
  }

  private void refreshProofs(boolean asked) {
    try {
      PeerSecurity security = links.security();
      PeerSecurity.Change change = security.refresh();
      complaint = "";
      if (change != PeerSecurity.Change.NONE) {
        LOG.info("What peers prove themselves by has changed: {} accepted", security.accepted());
      } else if (asked && security.provesPeers()) {
        LOG.info("What peers prove themselves by is unchanged: {} accepted", security.accepted());
      }
      if (change == PeerSecurity.Change.REMOVED) {
        server.closeUnaccepted();
      }
    } catch (PeerSettingsException e) {
      complain(e.getMessage(), asked);
    }
  }

  /** Logs a fault that persists, once: a file may only be half written. */
  private void complain(String fault, boolean asked) {
    boolean told = complaint.equals("told " + fault);
    if (!told && (asked || complaint.equals(fault))) {
      LOG.warn("{}; what was read before stays in effect", fault);
      complaint = "told " + fault;
    } else if (!told) {
      complaint = fault;
    }
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

  /** Lets peers call a region. */
  public void serve(String region, FrameHandler handler) {
    synchronized (this) {
      if (handlers.putIfAbsent(region, handler) != null) {
        throw new IllegalStateException(region + " is served already");
      }
      server.bind(region, handler);
      served = List.copyOf(handlers.keySet());
    }
    search.announce();
  }

  /** Returns the peers of a region. */
  public PeerDirectory peers(String region) {
    return peers.region(region);
  }

  /** Returns by which URL peers know a region of this node. */
  public String url(String region) {
    return PeerUrl.of(links.address(), server.port(), region).toString();
  }

  /** Returns the address by which peers know this node. */
  public InetAddress address() {
    return links.address();
  }

  /** Returns the port of this node's registry. */
  public int port() {
    return server.port();
  }

  /** Returns a number that tells this life of the node from others, drawn at random. */
  public long incarnation() {
    return incarnation.number();
  }

  /** Returns {@code socketTimeoutMillis}. */
  public int timeoutMillis() {
    return links.timeoutMillis();
  }

  /** Returns the longest frame, and answer, there may be, in bytes. */
  public int maxFrameBytes() {
    return options.maxFrameBytes();
  }

  /** Returns what the names in {@code rmiUrls} stand for. */
  public List<NameStatus> names() {
    return search.names();
  }

  /** Returns 1 for the state of multicast, and 0 for all others, by their names in statistics. */
  public Map<String, Long> multicastStates() {
    MulticastState now = search.state();
    Map<String, Long> states = new LinkedHashMap<>();
    for (MulticastState state : MulticastState.values()) {
      states.put(state.statName(), state == now ? 1L : 0L);
    }
    return states;
  }

  /** Returns what was counted, under the names that statistics have for it. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    HeartbeatCounts heartbeats = search.counts();
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
      search.close();
      timer.shutdownNow();
      server.close();
    }
    peers.clear();
  }
}
