package io.ehcached.admin;

import java.util.Optional;

/** The operations of a running node that operators can request. */
public interface NodeAdmin {
  /**
   * Changes the region's bound.
   *
   * @return false if the region is not bounded in bytes, and so stays as it is
   */
  boolean memoryLimit(long bytes);

  /** Sets how much is logged: 0 is what operators need to know, a higher number is more. */
  void verbosity(int level);

  /**
   * Reads the server's certificates again.
   *
   * @return why those from before are still in use, or empty
   */
  Optional<String> refreshCertificates();

  /** Stops the node; returns at once. */
  void shutdown();

  /**
   * Makes the node leave its cluster; returns at once, and a second call does nothing. From here on
   * the node is not ready. It still serves for as long as {@code --leave-delay} says, hands to its
   * peers what they do not have yet, and stops.
   */
  void leave();
}
