package io.ehcached.replication.network;

import io.ehcached.replication.discovery.Discovery;
import io.ehcached.replication.discovery.Discovery.DiscoveryOptions;
import io.ehcached.replication.discovery.HeartbeatCounts;
import io.ehcached.replication.discovery.Incarnation;
import io.ehcached.replication.discovery.KnownPeers;
import io.ehcached.replication.discovery.ListedPeers;
import io.ehcached.replication.discovery.MulticastSettings;
import io.ehcached.replication.discovery.MulticastState;
import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.names.NameService;
import io.ehcached.replication.settings.PeerSettingsException;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.status.NameStatus;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node looks for its peers: by a list, by heartbeats, or by both; which may change while it
 * runs.
 *
 * <p>On a change, a peer that is found the new way as well goes on as if nothing were. So that it
 * can be found, whoever was known the old way is kept for {@value #GRACE_MILLIS} ms, in which nodes
 * whose files change at about the same time hear each other. Good-byes to a group that was left are
 * sent only after that, too: by then, who went along does not hear them.
 */
final class PeerSearch {
  static final int GRACE_MILLIS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(PeerSearch.class);
  private static final int HEARTBEAT_MILLIS = 3_000;
  private static final String UNNAMED = "ehcached";

  private final String name; // of the cluster where the settings have none; null for none at all
  private final Incarnation incarnation;
  private final KnownPeers peers;
  private final LinkSettings links;
  private final Supplier<List<String>> regions;
  private final ScheduledExecutorService timer;
  private final NameService names;
  private final Environment environment;
  private final SerialExecutor executor;
  private final HeartbeatCounts counts = new HeartbeatCounts();
  private int port; // guarded by this, as are the next
  private Sought sought = Sought.NOBODY;
  private ListedPeers listed;
  private Discovery discovery; // null where peers are not heard
  private boolean closed;

  /**
   * What is looked for, its names looked up.
   *
   * @param multicast null where peers are not heard
   */
  private record Sought(
      List<PeerUrl> listed, MulticastSettings multicast, String cluster, boolean acceptUnlisted) {
    static final Sought NOBODY = new Sought(List.of(), null, null, true);

    static Sought by(DiscoverySettings settings, String name) {
      DiscoverySettings.Group group = settings.isAutomatic() ? settings.group() : null;
      return new Sought(
          settings.listed(),
          group == null ? null : multicast(group),
          cluster(settings, name),
          settings.acceptUnlisted());
    }

    /** Heartbeats that stay on this machine are heard by its other users, who are no peers. */
    private static String cluster(DiscoverySettings settings, String name) {
      if (settings.clusterName() != null || name != null) {
        return settings.clusterName() != null ? settings.clusterName() : name;
      }
      boolean here = settings.isAutomatic() && settings.group().timeToLive() == 0;
      return here ? UNNAMED + " of " + System.getProperty("user.name") : UNNAMED;
    }

    private static MulticastSettings multicast(DiscoverySettings.Group group) {
      return new MulticastSettings(
          HostLookup.GROUP.address(group.address()),
          group.port(),
          group.timeToLive(),
          group.hostName() == null ? null : HostLookup.PROVIDER.oneAddress(group.hostName()));
    }

    /** Returns what tells those who hear each other from others. */
    List<Object> group() {
      return List.of(multicast.group(), multicast.port(), cluster);
    }
  }

  /**
   * Makes the search of a node, which looks for nobody yet.
   *
   * @param name of the cluster where the settings have none; null: one of this program's
   * @param port of this node's registry
   * @param regions which regions this node has
   * @param names tells what the names of the list stand for
   * @param environment on which they are asked for again
   */
  PeerSearch(
      String name,
      Incarnation incarnation,
      KnownPeers peers,
      LinkSettings links,
      int port,
      Supplier<List<String>> regions,
      ScheduledExecutorService timer,
      NameService names,
      Environment environment) {
    this.name = name;
    this.incarnation = incarnation;
    this.peers = peers;
    this.links = links;
    this.port = port;
    this.regions = regions;
    this.timer = timer;
    this.names = names;
    this.environment = environment;
    this.executor = environment.executor("peer-list");
    this.listed = list(sought);
  }

  private ListedPeers list(Sought wanted) {
    return new ListedPeers(wanted.listed(), links, port, peers, names, environment, executor);
  }

  /** Returns what the names of the list stand for. */
  synchronized List<NameStatus> names() {
    return listed.names();
  }

  synchronized MulticastState state() {
    return discovery == null ? MulticastState.OFF : discovery.state();
  }

  HeartbeatCounts counts() {
    return counts;
  }

  /**
   * Looks for peers as these settings say, in the place of those before.
   *
   * @throws PeerSettingsException when the group cannot be joined; then nothing has changed
   */
  void change(DiscoverySettings wanted) {
    Sought next = Sought.by(wanted, name); // asks the name service, which may take its time
    synchronized (this) {
      change(next, port);
    }
  }

  /**
   * Is found at another port from now on.
   *
   * @throws PeerSettingsException when the group cannot be joined; then nothing has changed
   */
  synchronized void move(int newPort) {
    change(sought, newPort);
  }

  private void change(Sought wanted, int newPort) {
    if (closed) {
      return;
    }
    boolean hears = wanted.multicast() != null;
    Discovery before = discovery;
    boolean leaves =
        hears && before != null && !(newPort == port && wanted.group().equals(sought.group()));
    boolean moves = leaves || !Objects.equals(wanted.multicast(), sought.multicast());
    if (moves && hears) {
      discovery = open(wanted, newPort);
    }
    port = newPort;
    if (moves && before != null) {
      before.fallSilent();
      peers.doubt();
    }
    if (!hears) {
      discovery = null;
      links.hosts().allowNoSubnets();
    }
    peers.hearing(hears);
    peers.acceptUnlisted(wanted.acceptUnlisted());
    sought = wanted;
    ListedPeers old = listed;
    listed = list(wanted);
    listed.replace(old);
    if (moves && hears) {
      discovery.announce();
    }
    later(() -> settle(moves ? before : null, leaves));
  }

  private void settle(Discovery before, boolean leaves) {
    peers.leaveDoubted();
    if (before != null) {
      if (leaves) { // where it only hears nobody any longer, others may go on to hear of it
        before.sayGoodBye();
      }
      before.close();
    }
  }

  private void later(Runnable task) {
    try {
      var unused = timer.schedule(task, GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The node leaves", e);
    }
  }

  private Discovery open(Sought wanted, int newPort) {
    peers.hearing(true);
    try {
      return new Discovery(
          new DiscoveryOptions(
              wanted.multicast(), wanted.cluster(), incarnation, newPort, HEARTBEAT_MILLIS),
          links,
          peers,
          regions,
          counts,
          timer);
    } catch (PeerSettingsException e) {
      peers.hearing(discovery != null);
      throw e;
    }
  }

  /** Tells peers of this node now, where they are to hear of it. */
  synchronized void announce() {
    if (discovery != null) {
      discovery.announce();
    }
  }

  /** Takes leave of the peers that hear this node, and looks for none any longer. */
  synchronized void close() {
    closed = true;
    executor.stop();
    names.close();
    if (discovery != null) {
      discovery.sayGoodBye();
      discovery.close();
    }
  }
}
