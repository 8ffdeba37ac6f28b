package io.ehcached.reload;

import io.ehcached.config.Setting;

/** What of a node a setting is about, and so whether it can follow the file while it runs. */
public enum Part {
  /** How peers are found. */
  PEERS,
  /** What is replicated, how much at once, and whether clients wait for it. */
  REPLICATOR,
  /** How much the region may hold. */
  BOUND,
  /** How long the region keeps items that have no expiry of their own. */
  LIFESPAN,
  /** What matters when a node starts, and only then. */
  START,
  /** All else: it takes a restart. */
  FIXED;

  /** Returns the part that a setting is about. */
  public static Part of(Setting setting) {
    String path = setting.path();
    if (path.startsWith("cache/bootstrapCacheLoaderFactory")) {
      return START;
    }
    if (setting.name().isEmpty() || setting.name().equals("class")) {
      return FIXED;
    }
    if (path.startsWith("cacheManagerPeerProviderFactory ")
        && path.endsWith("RMICacheManagerPeerProviderFactory")) {
      return PEERS;
    }
    if (path.startsWith("cache/cacheEventListenerFactory ")
        && path.endsWith("RMICacheReplicatorFactory")) {
      return REPLICATOR;
    }
    return path.equals("cache") ? ofRegion(setting.name()) : FIXED;
  }

  private static Part ofRegion(String attribute) {
    return switch (attribute) {
      case "maxBytesLocalHeap", "maxEntriesLocalHeap" -> BOUND;
      case "timeToLiveSeconds", "timeToIdleSeconds", "eternal" -> LIFESPAN;
      default -> FIXED;
    };
  }
}
