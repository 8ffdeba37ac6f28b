package io.ehcached.node;

import io.ehcached.admin.Membership;
import io.ehcached.admin.Membership.Member;
import io.ehcached.command.Cluster;
import io.ehcached.config.EhcacheNode;
import io.ehcached.item.Key;
import io.ehcached.options.Version;
import io.ehcached.protocol.Stat;
import io.ehcached.replication.BootstrapSettings;
import io.ehcached.replication.NodeThreads;
import io.ehcached.replication.RegionBootstrapFactory;
import io.ehcached.replication.RegionReplicatorFactory;
import io.ehcached.replication.ReplicationSettings;
import io.ehcached.replication.ReplicationStatus;
import io.ehcached.replication.Replicator;
import io.ehcached.replication.network.PeerNetwork;
import io.ehcached.replication.wire.Serving;
import io.ehcached.store.Store;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A region's replicator, joined to the network that carries it and the commands that wait for it.
 */
final class Replication implements Cluster {
  /** How long clients and other peers may have to wait for one that does not answer. */
  private static final int MAX_CALL_MILLIS = 2000;

  private final PeerNetwork network;
  private final Replicator replicator;
  private final BootstrapSettings copying;
  private final String region;

  private Replication(
      PeerNetwork network, Replicator replicator, BootstrapSettings copying, String region) {
    this.network = network;
    this.replicator = replicator;
    this.copying = copying;
    this.region = region;
  }

  /** Returns the replication of a node's region; null when {@code ehcache.xml} has none. */
  static Replication of(EhcacheNode node, Store store) {
    PeerNetwork network = node.network();
    ReplicationSettings settings = RegionReplicatorFactory.settings(node.region());
    if (network == null || settings == null) {
      return null;
    }
    String region = node.region().getName();
    Replicator replicator =
        new Replicator(
            region,
            network.url(region),
            settings.sending(
                settings.maxBatchItems(), Math.min(network.timeoutMillis(), MAX_CALL_MILLIS)),
            store,
            new NodeThreads(System::currentTimeMillis),
            Version.own());
    return new Replication(
        network, replicator, RegionBootstrapFactory.settings(node.region()), region);
  }

  /**
   * Lets peers call, and starts to call them. Where the region is to be copied before clients are
   * served, this returns when it is, or nobody within reach holds anything.
   */
  void start() throws InterruptedException {
    network.serve(region, replicator);
    replicator.start(network.peers(region), copying);
    if (copying != null && !copying.asynchronous()) {
      replicator.awaitCopy();
    }
  }

  /** Waits until the peers have all that was written, but no longer than so many milliseconds. */
  void awaitHandedOver(long maxMillis) throws InterruptedException {
    replicator.awaitDrained(maxMillis);
  }

  /** Hands to the peers what they do not have yet, waiting no longer than so many milliseconds. */
  void stop(long drainMillis) {
    try {
      replicator.drain(drainMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    replicator.close();
  }

  /** Notes that peers reach this node elsewhere by now. */
  void moved() {
    replicator.moved(network.url(region));
  }

  /** Replicates as other settings say from now on: see {@link Replicator#change}. */
  void change(ReplicationSettings settings) {
    replicator.change(settings);
  }

  /** Returns the address by which peers know this node; null when none can call it. */
  InetAddress address() {
    return network.address();
  }

  /** Lets peers tell their clients where this node serves; null when it does not any more. */
  void advertise(Member self) {
    replicator.advertise(
        self == null ? Serving.NONE : new Serving(self.host(), self.ip(), self.port(), 0));
  }

  /** Returns the nodes that clients can connect to. */
  Membership membership() {
    List<Serving> serving = replicator.serving();
    long version = serving.isEmpty() ? 0 : serving.get(0).version();
    return new Membership(
        version, serving.stream().map(s -> new Member(s.host(), s.ip(), s.port())).toList());
  }

  /** Returns what {@code stats replication} shows. */
  List<Stat> stats() {
    List<Stat> stats = new ArrayList<>();
    replicator.stats().forEach((name, value) -> stats.add(new Stat(name, value)));
    network.counts().forEach((name, value) -> stats.add(Stat.of(name, value)));
    return stats;
  }

  /** Returns how this node stands with its peers. */
  ReplicationStatus status() {
    return replicator.status();
  }

  /** Returns what is counted of heartbeats, and of what was refused, by name. */
  Map<String, Long> networkCounts() {
    return network.counts();
  }

  @Override
  public boolean isSynchronous() {
    return replicator.isSynchronous();
  }

  @Override
  public void whenReplicated(Runnable done) {
    replicator.whenReplicated(done);
  }

  @Override
  public boolean isCopying() {
    return replicator.isCopying();
  }

  @Override
  public void fetch(List<Key> keys, Runnable done) {
    replicator.fetch(keys, done);
  }
}
