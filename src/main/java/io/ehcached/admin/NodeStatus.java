package io.ehcached.admin;

import io.ehcached.protocol.Stat;
import io.ehcached.replication.status.NameStatus;
import io.ehcached.replication.status.ReplicationStatus;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/**
 * The state of a node, read-only, as statistics and the admin port show it. Any thread can ask, and
 * before the node serves.
 */
public interface NodeStatus {
  /** Returns the node's name, of letters, digits, dots, hyphens and underscores. */
  String name();

  /** Returns ehcached's version, such as {@code 0.1.0}. */
  String version();

  /**
   * Returns the version that clients see, such as {@code 1.6.45}: that of the memcached that is
   * matched.
   */
  String memcachedVersion();

  /** Returns when the node started, in milliseconds since the epoch. */
  long startMillis();

  /** Returns the node's state: starting, copying, catching_up, joining, ready or leaving. */
  String state();

  /** Returns the reasons why the node is not ready, a line each; empty when it is. */
  List<String> unready();

  /**
   * Returns what is wrong, though clients may be sent here all the same, a line each; empty if
   * nothing is.
   */
  List<String> warnings();

  /** Returns what operators should know and does not affect readiness, a line each. */
  List<String> notes();

  /** Returns the statistics of {@code stats settings}. */
  List<Stat> settings();

  /** Tells whether clients may stop the node ({@code -A}). */
  boolean shutdownAllowed();

  /** Tells whether clients may flush ({@code -F} forbids it). */
  boolean flushAllowed();

  /** Tells whether clients may list keys ({@code -X} forbids it). */
  boolean dumpAllowed();

  /** Tells whether clients may watch ({@code -W} forbids it). */
  boolean watchAllowed();

  /** Returns the counters. */
  Counters counters();

  /** Returns the latencies of requests; empty without an admin port. */
  Latencies latencies();

  /** Returns the number of threads that serve clients. */
  int threads();

  /** Returns the event loops that serve clients; empty while no clients are served. */
  Iterable<? extends Executor> eventLoops();

  /** Returns the TCP addresses that clients can connect to; empty while none are served. */
  List<InetSocketAddress> addresses();

  /** Returns the most client connections that may be open at once. */
  int maxConnections();

  /** Returns the number of connected clients. */
  int clientCount();

  /** Returns the sockets that are open now, those that listen first. */
  Collection<ConnectionView> connections();

  /** Returns the load that clients put on the node now. */
  ConnectionLoad connectionLoad();

  /** Returns how many seconds ago the certificates were read; empty if TLS is off. */
  OptionalLong secondsSinceCertificatesRead();

  /** Tells whether TLS clients may resume their earlier sessions. */
  boolean resumesTlsSessions();

  /** Returns the region's bound in bytes, or 0 if it has none in bytes. */
  long memoryLimit();

  /** Returns the region; empty before it is open. */
  Optional<RegionStatus> region();

  /** Returns the nodes that clients can connect to; only this one if it has no peers. */
  Membership membership();

  /** Returns the state of this node and its peers; empty without peers. */
  Optional<ReplicationStatus> replication();

  /** Returns the statistics of {@code stats replication}; empty without peers. */
  List<Stat> replicationStats();

  /** Returns what the names in {@code rmiUrls} stand for; empty without peers. */
  List<NameStatus> peerNames();

  /** Returns counters of heartbeats and of what was refused, and states of multicast, by name. */
  Map<String, Long> networkCounts();
}
