package io.ehcached.node;

import io.ehcached.admin.Membership;
import io.ehcached.admin.Membership.Member;
import io.ehcached.command.Cluster;
import io.ehcached.item.Key;
import io.ehcached.options.Version;
import io.ehcached.protocol.Stat;
import io.ehcached.replication.NodeThreads;
import io.ehcached.replication.Replicator;
import io.ehcached.replication.network.PeerNetwork;
import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.replication.status.NameStatus;
import io.ehcached.replication.status.NodeIdentity;
import io.ehcached.replication.status.ReplicationReport;
import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.replication.wire.Serving;
import io.ehcached.store.Store;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A region's replicator, joined to the network that carries it and the commands that wait for it.
 */
final class RegionReplication implements Replication, Cluster {
  /** How long clients and other peers may have to wait for one that does not answer. */
  private static final int MAX_CALL_MILLIS = 2000;

  /** How long a node that stops may wait until its peers know that it does. */
  private static final long ANNOUNCE_MILLIS = 1000;

  private final PeerNetwork network;
  private final Replicator replicator;
  private final BootstrapSettings copying;
  private final String region;
  private volatile ReplicationSettings now;

  RegionReplication(
      PeerNetwork network,
      ReplicationSettings settings,
      BootstrapSettings copying,
      String region,
      Store store,
      ComparedSettings compared,
      String name) {
    this.now = settings;
    this.network = network;
    this.copying = copying;
    this.region = region;
    this.replicator =
        new Replicator(
            region,
            network.url(region),
            settings.sending(
                settings.maxBatchItems(), Math.min(network.timeoutMillis(), MAX_CALL_MILLIS)),
            store,
            new NodeThreads(System::currentTimeMillis),
            Version.own());
    replicator.describe(name, () -> compared.values(now));
  }

  @Override
  public Cluster cluster() {
    return this;
  }

  @Override
  public void start() throws InterruptedException {
    network.serve(region, replicator);
    replicator.start(network.peers(region), copying);
    if (copying != null && !copying.asynchronous()) {
      replicator.awaitCopy();
    }
  }

  @Override
  public void awaitHandedOver(long maxMillis) throws InterruptedException {
    replicator.awaitDrained(maxMillis);
  }

  @Override
  public void stop(long drainMillis) {
    try {
      replicator.drain(drainMillis);
      replicator.announceStop(ANNOUNCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    replicator.close();
  }

  @Override
  public void moved() {
    replicator.moved(network.url(region));
  }

  @Override
  public void change(ReplicationSettings settings) {
    now = settings;
    replicator.change(settings);
    replicator.describedAnew();
  }

  @Override
  public void settingsChanged() {
    replicator.describedAnew();
  }

  @Override
  public void refreshProofs() {
    network.refreshProofs();
  }

  @Override
  public void expect(int peers) {
    replicator.expect(peers);
  }

  @Override
  public Optional<InetAddress> address() {
    return Optional.of(network.address());
  }

  @Override
  public void advertise(Optional<Member> self) {
    replicator.advertise(
        self.map(one -> new Serving(one.host(), one.ip(), one.port(), 0)).orElse(Serving.NONE));
  }

  @Override
  public Optional<Membership> membership() {
    List<Serving> serving = replicator.serving();
    long version = serving.isEmpty() ? 0 : serving.get(0).version();
    return Optional.of(new Membership(version, serving.stream().map(this::member).toList()));
  }

  private Member member(Serving serving) {
    NodeIdentity node = replicator.nodeAt(serving);
    return new Member(serving.host(), serving.ip(), serving.port(), node.name(), node.id());
  }

  @Override
  public List<Stat> stats() {
    List<Stat> stats = new ArrayList<>();
    replicator.stats().forEach((name, value) -> stats.add(new Stat(name, value)));
    network.counts().forEach((name, value) -> stats.add(Stat.of(name, value)));
    network
        .multicastStates()
        .forEach(
            (state, now) -> {
              if (now == 1) {
                stats.add(new Stat("multicast_state", state));
              }
            });
    ReplicationReport.of(network.names())
        .forEach((name, value) -> stats.add(new Stat(name, value)));
    return stats;
  }

  @Override
  public Optional<ReplicationStatus> status() {
    return Optional.of(replicator.status());
  }

  @Override
  public Map<String, Long> networkCounts() {
    Map<String, Long> counts = network.counts();
    network.multicastStates().forEach((state, now) -> counts.put("multicast_" + state, now));
    return counts;
  }

  @Override
  public List<NameStatus> peerNames() {
    return network.names();
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
