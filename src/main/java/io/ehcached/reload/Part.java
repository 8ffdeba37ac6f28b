package io.ehcached.reload;

import io.ehcached.config.EhcacheClassNames;
import io.ehcached.config.Setting;

/** What of a node a setting is about, and so whether it can follow the file while it runs. */
public enum Part {
  /** The ports at which peers call. */
  LISTENER,
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
    String name = setting.name();
    if (path.startsWith("cache/bootstrapCacheLoaderFactory")) {
      return START;
    }
    if (name.isEmpty() || name.equals("class")) {
      return FIXED;
    }
    return switch (path) {
      case "cacheManagerPeerListenerFactory " + EhcacheClassNames.LISTENER -> ofListener(name);
      case "cacheManagerPeerProviderFactory " + EhcacheClassNames.PROVIDER -> PEERS;
      case "cache/cacheEventListenerFactory " + EhcacheClassNames.REPLICATOR -> REPLICATOR;
      case "cache" -> ofRegion(name);
      default -> FIXED;
    };
  }

  private static Part ofListener(String property) {
    return switch (property) {
      case "port", "remoteObjectPort" -> LISTENER;
      case "socketTimeoutMillis" -> START;
      default -> FIXED;
    };
  }

  private static Part ofRegion(String attribute) {
    return switch (attribute) {
      case "maxBytesLocalHeap", "maxEntriesLocalHeap" -> BOUND;
      case "timeToLiveSeconds", "timeToIdleSeconds", "eternal" -> LIFESPAN;
      default -> FIXED;
    };
  }
}
