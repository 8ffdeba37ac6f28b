package io.ehcached.monitor;

import io.ehcached.admin.ConnectionLoad;
import io.ehcached.admin.Counters;
import io.ehcached.admin.Latencies;
import io.ehcached.admin.Membership;
import io.ehcached.replication.ReplicationStatus;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The node as the admin port shows it; can be asked from any thread, before it serves too. */
public interface NodeView {
  /** Returns ehcached's version, {@code 0.1.0} say. */
  String version();

  /** Returns the version of the memcached matched, {@code 1.6.45} say. */
  String memcachedVersion();

  /** Returns when the node started, in milliseconds since the epoch. */
  long startMillis();

  /** Returns in a word what it is at: starting, copying, catching_up, ready or leaving. */
  String state();

  /** Returns why clients are not to be sent here, a line each; nothing where they may be. */
  List<String> unready();

  /** Starts to let the node leave its cluster; returns at once. */
  void leave();

  /** Returns what is counted. */
  Counters counters();

  /** Returns how long requests take. */
  Latencies latencies();

  /** Returns how many client connections may be open at once. */
  int maxConnections();

  /** Returns how many are. */
  long connections();

  /** Returns how clients bear on the node now. */
  ConnectionLoad load();

  /** Returns the event loops that serve clients; none before they are. */
  Iterable<EventExecutor> loops();

  /** Returns the TCP addresses that clients can connect to; none before they are served. */
  List<InetSocketAddress> addresses();

  /** Returns the region as it is; empty before it is open. */
  Optional<RegionView> region();

  /** Returns how the node stands with its peers; empty for one that stands alone. */
  Optional<ReplicationStatus> replication();

  /** Returns what is counted of heartbeats, and of what was refused, by name. */
  Map<String, Long> networkCounts();

  /** Returns the nodes that clients can connect to. */
  Membership membership();
}
