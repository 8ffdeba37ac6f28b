package io.ehcached.admin;

import io.ehcached.protocol.Stat;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The node as its own commands see it: what it was started with, and what may be changed. */
public interface NodeControl {
  /**
   * Returns the version that clients are told, {@code 1.6.45} say: that of the memcached matched.
   */
  String version();

  /** Returns when the node started, in milliseconds since the epoch. */
  long startMillis();

  /** Returns what {@code stats settings} shows. */
  List<Stat> settings();

  /** Returns what {@code stats replication} shows; nothing for a node that stands alone. */
  default List<Stat> replication() {
    return List.of();
  }

  /** Returns the sockets that are open now, those that listen first. */
  Collection<ConnectionView> connections();

  /** Returns how many clients are connected now. */
  int clientCount();

  /** Returns how clients bear on the node now. */
  default ConnectionLoad connectionLoad() {
    return ConnectionLoad.NONE;
  }

  /** Returns how many client connections may be open at once. */
  int maxConnections();

  /** Returns how many threads serve clients. */
  int threads();

  /** Returns the region's bound in bytes, or 0 when it has none in bytes. */
  long memoryLimit();

  /**
   * Changes the region's bound.
   *
   * @return false when the region is not bounded in bytes, and so stays as it is
   */
  boolean memoryLimit(long bytes);

  /** Sets how much is logged: 0 is what a person wants to know, more is more. */
  void verbosity(int level);

  /**
   * Reads the certificates again that clients are shown.
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

  /** Tells whether TLS clients may go on where their last connections were. */
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

  /** Returns the nodes that clients can connect to; this one alone if it has no peers. */
  Membership membership();

  /** Starts to stop the node; returns at once. */
  void shutdown();

  /**
   * Starts to let the node leave its cluster; returns at once, and a second time does nothing. It
   * is no longer ready from here on, goes on to serve for as long as it was told to ({@code
   * --leave-delay}), hands to its peers what they do not have yet, and stops.
   */
  void leave();

  /** Tells whether the node is on its way out: it serves yet, and is not to be sent new clients. */
  boolean isLeaving();
}
