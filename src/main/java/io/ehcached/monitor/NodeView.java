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

/**
 * The node as the admin port shows it. Safe for use by many threads, also before the node serves
 * clients.
 */
public interface NodeView {
  /** Returns ehcached's version, for example {@code 0.1.0}. */
  String version();

  /** Returns the version of the memcached that is matched, for example {@code 1.6.45}. */
  String memcachedVersion();

  /** Returns when the node started, in milliseconds since the epoch. */
  long startMillis();

  /** Returns the node's state: starting, copying, catching_up, ready or leaving. */
  String state();

  /** Returns the reasons why the node is not ready, a line each; empty when it is. */
  List<String> unready();

  /** Makes the node leave its cluster; returns at once. */
  void leave();

  /** Returns the counters. */
  Counters counters();

  /** Returns the latencies of requests. */
  Latencies latencies();

  /** Returns the most client connections that may be open at once. */
  int maxConnections();

  /** Returns the number of open client connections. */
  long connections();

  /** Returns the present load of connections. */
  ConnectionLoad load();

  /** Returns the event loops that serve clients; empty before clients are served. */
  Iterable<EventExecutor> loops();

  /** Returns the TCP addresses that clients can connect to; empty before clients are served. */
  List<InetSocketAddress> addresses();

  /** Returns the region; empty before it is open. */
  Optional<RegionView> region();

  /** Returns the status of replication; empty for a node without replication. */
  Optional<ReplicationStatus> replication();

  /** Returns the counts of heartbeats and of refused messages, by name. */
  Map<String, Long> networkCounts();

  /** Returns the nodes that clients can connect to. */
  Membership membership();
}
