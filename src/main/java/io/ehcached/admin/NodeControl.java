package io.ehcached.admin;

import io.ehcached.protocol.Stat;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The node as its commands see it: its settings, and what can be changed. */
public interface NodeControl {
  /**
   * Returns the version that clients see: that of the memcached that is matched, for example {@code
   * 1.6.45}.
   */
  String version();

  /** Returns when the node started, in milliseconds since the epoch. */
  long startMillis();

  /** Returns the statistics of {@code stats settings}. */
  List<Stat> settings();

  /** Returns the statistics of {@code stats replication}; empty without replication. */
  default List<Stat> replication() {
    return List.of();
  }

  /** Returns the sockets that are open now, those that listen first. */
  Collection<ConnectionView> connections();

  /** Returns the number of connected clients. */
  int clientCount();

  /** Returns the present load of connections. */
  default ConnectionLoad connectionLoad() {
    return ConnectionLoad.NONE;
  }

  /** Returns the most client connections that may be open at once. */
  int maxConnections();

  /** Returns the number of threads that serve clients. */
  int threads();

  /** Returns the region's bound in bytes, or 0 when it has none in bytes. */
  long memoryLimit();

  /**
   * Changes the region's bound.
   *
   * @return false when the region is not bounded in bytes, and so stays as it is
   */
  boolean memoryLimit(long bytes);

  /** Sets the verbosity of the log; 0 is the default. */
  void verbosity(int level);

  /**
   * Reads the server's certificates again.
   *
   * @return why those from before are still in use, or empty
   */
  default Optional<String> refreshCertificates() {
    return Optional.of("TLS not enabled");
  }

  /** Returns how many seconds ago the certificates were read; empty where TLS is off. */
  default OptionalLong secondsSinceCertificatesRead() {
    return OptionalLong.empty();
  }

  /** Tells whether TLS clients may resume sessions. */
  default boolean resumesTlsSessions() {
    return false;
  }

  /** Tells whether clients may stop the node ({@code -A}). */
  boolean shutdownAllowed();

  /** Tells whether clients may flush ({@code -F} forbids it). */
  boolean flushAllowed();

  /** Tells whether clients may list keys ({@code -X} forbids it). */
  boolean dumpAllowed();

  /** Tells whether clients may watch ({@code -W} forbids it). */
  boolean watchAllowed();

  /** Returns the nodes that clients can connect to; only this one if it has no peers. */
  Membership membership();

  /** Stops the node; returns at once. */
  void shutdown();

  /**
   * Makes the node leave its cluster; returns at once, and does nothing the second time. It is no
   * longer ready, serves for the time of {@code --leave-delay}, sends its peers what they do not
   * have yet, and stops.
   */
  void leave();

  /** Tells whether the node is leaving: it still serves, but should get no new clients. */
  boolean isLeaving();
}
