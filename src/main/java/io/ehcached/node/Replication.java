package io.ehcached.node;

import io.ehcached.admin.Membership;
import io.ehcached.admin.Membership.Member;
import io.ehcached.command.Cluster;
import io.ehcached.config.EhcacheNode;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.protocol.Stat;
import io.ehcached.replication.network.PeerNetwork;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.replication.status.NameStatus;
import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.store.Store;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The replication of a node's region. Without an override, a method does what {@link #NONE} does.
 */
interface Replication {
  /** The replication of a node without peers. */
  Replication NONE = new Replication() {};

  /**
   * Returns the replication of a node's region, as {@code ehcache.xml} says.
   *
   * @param name the node's
   */
  static Replication of(
      NodeConfiguration configuration,
      EhcacheNode node,
      Store store,
      int maxItemSize,
      String name) {
    PeerNetwork network = node.network();
    ReplicationSettings settings = configuration.replication();
    if (network == null || settings == null) {
      return NONE;
    }
    Replication replication =
        new RegionReplication(
            network,
            settings,
            configuration.bootstrap(),
            configuration.regionName(),
            store,
            new ComparedSettings(configuration, node.region().getCacheConfiguration(), maxItemSize),
            name);
    replication.expect(configuration.peers().discovery().expectedPeers());
    return replication;
  }

  /** Returns what commands need of the peers. */
  default Cluster cluster() {
    return Cluster.NONE;
  }

  /**
   * Lets peers call, and starts to call them. If the region is to be copied before clients are
   * served, this returns when it is, or when no peer within reach holds anything.
   */
  default void start() throws InterruptedException {}

  /** Waits until the peers have all that was written, but no longer than so many milliseconds. */
  default void awaitHandedOver(long maxMillis) throws InterruptedException {}

  /** Hands to the peers what they do not have yet, waiting no longer than so many milliseconds. */
  default void stop(long drainMillis) {}

  /** Notes that peers reach this node at another address or port. */
  default void moved() {}

  /** Replicates by other settings from now on. */
  default void change(ReplicationSettings settings) {}

  /** Tells the peers of the settings that have changed. */
  default void settingsChanged() {}

  /** Reads again what peers prove themselves by. */
  default void refreshProofs() {}

  /** Sets how many peers should be reachable from now on; 0 is any number. */
  default void expect(int peers) {}

  /** Returns the address by which peers know this node; empty if none can call it. */
  default Optional<InetAddress> address() {
    return Optional.empty();
  }

  /** Lets peers tell their clients where this node serves; empty if it does not. */
  default void advertise(Optional<Member> self) {}

  /** Returns the nodes that clients can connect to; empty if only this node knows where it is. */
  default Optional<Membership> membership() {
    return Optional.empty();
  }

  /** Returns what {@code stats replication} shows. */
  default List<Stat> stats() {
    return List.of();
  }

  /** Returns the state of this node and its peers; empty without peers. */
  default Optional<ReplicationStatus> status() {
    return Optional.empty();
  }

  /** Returns counters of heartbeats and of what was refused, and states of multicast, by name. */
  default Map<String, Long> networkCounts() {
    return Map.of();
  }

  /** Returns what the names in {@code rmiUrls} stand for. */
  default List<NameStatus> peerNames() {
    return List.of();
  }
}
