package io.ehcached.node;

import io.ehcached.admin.NodeAdmin;
import io.ehcached.admin.NodeStatus;
import io.ehcached.monitor.AdminPort;
import io.ehcached.node.settings.FrontEnd;
import io.ehcached.reload.FileFollower;
import io.ehcached.server.MemcachedServer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node, as {@link NodeBuilder} starts it; what changes while it runs is in its parts. */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final FrontEnd front;
  private final MemcachedServer server;
  private final AdminPort adminPort;
  private final NodeAdmin admin;
  private final NodeStatus status;
  private final FileFollower follower;
  private final Housekeeper housekeeper;
  private final Replication replication;
  private final GracefulShutdown shutdown;
  private final OpenParts parts;

  Node(
      FrontEnd front,
      MemcachedServer server,
      AdminPort adminPort,
      NodeAdmin admin,
      NodeStatus status,
      FileFollower follower,
      Housekeeper housekeeper,
      Replication replication,
      GracefulShutdown shutdown,
      OpenParts parts) {
    this.front = front;
    this.server = server;
    this.adminPort = adminPort;
    this.admin = admin;
    this.status = status;
    this.follower = follower;
    this.housekeeper = housekeeper;
    this.replication = replication;
    this.shutdown = shutdown;
    this.parts = parts;
  }

  /** Returns how clients are served. */
  FrontEnd front() {
    return front;
  }

  /** Returns the node's status. */
  NodeStatus status() {
    return status;
  }

  /** Returns the TCP addresses that clients can connect to. */
  public List<InetSocketAddress> addresses() {
    return server.addresses();
  }

  /** Returns the UDP addresses that clients can send to. */
  List<InetSocketAddress> udpAddresses() {
    return server.udpAddresses();
  }

  /** Returns the address of the admin port; empty if there is none. */
  public Optional<InetSocketAddress> adminAddress() {
    return adminPort.address();
  }

  /**
   * Reads {@code ehcache.xml}, the users, certificates and secrets again, and applies what changed.
   */
  void reload() {
    follower.ask();
    housekeeper.refreshUsers();
    replication.refreshProofs();
    if (admin.refreshCertificates().isEmpty()) {
      LOG.info("certificates reloaded");
    }
  }

  /** Starts to let the node leave its cluster; see {@link NodeAdmin#leave}. */
  void leave() {
    admin.leave();
  }

  /**
   * Stops in order: takes no new clients, sends the answers that are due, hands what is queued to
   * the peers.
   */
  @Override
  public void close() {
    shutdown.begun();
    parts.close();
  }
}
