package io.ehcached.node;

import io.ehcached.admin.ConnectionLoad;
import io.ehcached.admin.Counters;
import io.ehcached.admin.Latencies;
import io.ehcached.admin.Membership;
import io.ehcached.admin.NodeControl;
import io.ehcached.monitor.AdminPort;
import io.ehcached.monitor.NodeView;
import io.ehcached.monitor.RegionView;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.options.Version;
import io.ehcached.replication.ReplicationStatus;
import io.ehcached.replication.ReplicationStatus.Copying;
import io.ehcached.replication.ReplicationStatus.Pauses;
import io.ehcached.server.ListenFault;
import io.ehcached.server.MemcachedServer;
import io.ehcached.store.Store;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sf.ehcache.Ehcache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the admin port shows of a node. It is open before the node serves, and knows the node's
 * parts as they come; nothing of it is loaded in a node without an admin port.
 */
final class Monitoring implements NodeView, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);

  private final NodeControl node;
  private final Counters counters;
  private final Latencies latencies = new Latencies();
  private final AdminPort port;
  private volatile Ehcache ehcache;
  private volatile Store store;
  private volatile Replication replication; // null for a node that stands alone
  private volatile MemcachedServer server; // null while clients are not served

  private Monitoring(
      InetSocketAddress address, NodeControl node, Counters counters, Collection<String> names)
      throws IOException {
    this.node = node;
    this.counters = counters;
    this.port = AdminPort.open(address, this, names);
  }

  /**
   * Opens the admin port of a node that starts.
   *
   * @throws UsageException when there is no such address
   * @throws IOException when it cannot be listened on
   */
  static Monitoring open(ServerOptions options, NodeControl node, Counters counters)
      throws UsageException, IOException {
    ServerOptions.Admin admin = options.admin();
    int wanted = ServerOptions.Network.toBind(admin.port());
    InetSocketAddress address = admin.listen().resolveAdmin(wanted);
    String host = admin.listen().host();
    try {
      Monitoring monitoring = new Monitoring(address, node, counters, names(options));
      LOG.info("the admin port is http://{}/", shown(host, monitoring.address().getPort()));
      if (!address.getAddress().isLoopbackAddress()) {
        LOG.warn(
            "--admin-listen {}: anyone who can connect to the admin port can read what it shows, because it does not authenticate; use it only in a network that you trust",
            host);
      }
      return monitoring;
    } catch (IOException e) {
      throw ListenFault.of(
          shown(host, wanted) + " for the admin port", "--admin-port", "--admin-listen", e);
    }
  }

  /** Returns the names that are this node's: those it was told, and the machine's own. */
  private static List<String> names(ServerOptions options) {
    List<String> names = new ArrayList<>(options.admin().hosts());
    names.add(options.admin().listen().host());
    options.node().advertise().ifPresent(address -> names.add(address.host()));
    try {
      names.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      LOG.debug("this machine does not know its own name", e);
    }
    return names;
  }

  private static String shown(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Takes note of the region, and of the peers where there may be any. */
  void opened(Ehcache region, Store items, Replication peers) {
    ehcache = region;
    replication = peers;
    store = items;
  }

  /** Takes note that clients are served; null is not any more. */
  void serves(MemcachedServer front) {
    server = front;
  }

  /** Returns where the admin port is, really. */
  InetSocketAddress address() {
    return port.address();
  }

  @Override
  public void close() {
    port.close();
  }

  @Override
  public String version() {
    return Version.own();
  }

  @Override
  public String memcachedVersion() {
    return node.version();
  }

  @Override
  public long startMillis() {
    return node.startMillis();
  }

  @Override
  public String state() {
    if (node.isLeaving()) {
      return "leaving";
    } else if (replication != null && replication.isCopying()) {
      return "copying";
    } else if (server == null) {
      return "starting";
    }
    return isCatchingUp() ? "catching_up" : "ready";
  }

  private boolean isCatchingUp() {
    return replication().map(status -> status.pauses().catchingUp()).orElse(false);
  }

  @Override
  public List<String> unready() {
    List<String> reasons = new ArrayList<>();
    if (node.isLeaving()) {
      reasons.add("leaving: hands to its peers what they do not have yet, and stops");
    }
    replication()
        .ifPresent(
            status -> {
              addCopying(status.copying(), reasons);
              addCatchingUp(status.pauses(), reasons);
            });
    if (server == null) {
      reasons.add("clients are not served " + (node.isLeaving() ? "any more" : "yet"));
    }
    return reasons;
  }

  private void addCopying(Copying copying, List<String> reasons) {
    if (copying.failed()) {
      reasons.add("the copy of what the peers hold failed, see the log; start the node again");
    } else if (replication.isCopying()) {
      reasons.add(
          copying.state().equals("seeking")
              ? "looks for a peer to copy from"
              : "copies from " + copying.source() + ": " + copying.percent() + " %");
    }
  }

  private static void addCatchingUp(Pauses pauses, List<String> reasons) {
    if (pauses.catchingUp()) {
      reasons.add(
          "stood still for "
              + pauses.lastMillis() / 1000
              + " s, and has not compared since then with "
              + (pauses.awaited().isEmpty() ? "its peers" : String.join(", ", pauses.awaited())));
    }
  }

  @Override
  public void leave() {
    node.leave();
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
  public int maxConnections() {
    return node.maxConnections();
  }

  @Override
  public long connections() {
    MemcachedServer current = server;
    return current == null ? 0 : current.clientCount();
  }

  @Override
  public ConnectionLoad load() {
    return node.connectionLoad();
  }

  @Override
  public Iterable<EventExecutor> loops() {
    MemcachedServer current = server;
    return current == null ? List.of() : current.loops();
  }

  @Override
  public List<InetSocketAddress> addresses() {
    MemcachedServer current = server;
    return current == null ? List.of() : current.addresses();
  }

  @Override
  public Optional<RegionView> region() {
    Store items = store;
    return items == null
        ? Optional.empty()
        : Optional.of(
            new RegionView(
                ehcache.getName(),
                items.size(),
                items.bytes(),
                ehcache.getCacheConfiguration().getMaxEntriesLocalHeap(),
                node.memoryLimit(),
                items.counts()));
  }

  @Override
  public Optional<ReplicationStatus> replication() {
    Replication peers = replication;
    return peers == null ? Optional.empty() : Optional.of(peers.status());
  }

  @Override
  public Map<String, Long> networkCounts() {
    Replication peers = replication;
    return peers == null ? Map.of() : peers.networkCounts();
  }

  @Override
  public Membership membership() {
    return store == null ? new Membership(0, List.of()) : node.membership();
  }
}
