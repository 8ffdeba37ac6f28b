package io.ehcached.replication;

import java.util.Map;

/**
 * The names of Ehcache's own clustering classes in {@code ehcache.xml}, and the classes that
 * replace them.
 */
public final class EhcacheClassNames {
  private static final String STOCK = "net.sf.ehcache.distribution.";

  /** Listens for peers. */
  public static final String LISTENER = STOCK + "RMICacheManagerPeerListenerFactory";

  /** Finds peers. */
  public static final String PROVIDER = STOCK + "RMICacheManagerPeerProviderFactory";

  /** Replicates a region. */
  public static final String REPLICATOR = STOCK + "RMICacheReplicatorFactory";

  private static final String OURS = "io.ehcached.replication.";

  private EhcacheClassNames() {}

  /** Returns by which class of ours each class that people write is replaced; same properties. */
  public static Map<String, String> replacements() {
    return Map.of(
        LISTENER,
        OURS + "network.PeerListenerFactory",
        PROVIDER,
        OURS + "network.PeerProviderFactory",
        REPLICATOR,
        OURS + "RegionReplicatorFactory",
        STOCK + "RMIBootstrapCacheLoaderFactory",
        OURS + "RegionBootstrapFactory");
  }
}
