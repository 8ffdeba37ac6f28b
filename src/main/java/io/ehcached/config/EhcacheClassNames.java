package io.ehcached.config;

import java.util.Map;

/**
 * The names of Ehcache's own clustering classes in {@code ehcache.xml}. A node does itself what
 * they stand for, with the same properties; Ehcache never makes one of them.
 */
public final class EhcacheClassNames {
  private static final String DISTRIBUTION = "net.sf.ehcache.distribution.";

  /** Finds peers. */
  public static final String PROVIDER = DISTRIBUTION + "RMICacheManagerPeerProviderFactory";

  /** Listens for peers. */
  public static final String LISTENER = DISTRIBUTION + "RMICacheManagerPeerListenerFactory";

  /** Replicates a region. */
  public static final String REPLICATOR = DISTRIBUTION + "RMICacheReplicatorFactory";

  /** Copies into a region at the start what peers hold. */
  public static final String BOOTSTRAP = DISTRIBUTION + "RMIBootstrapCacheLoaderFactory";

  private static final Map<String, String> BY_ELEMENT =
      Map.of(
          "cacheManagerPeerProviderFactory", PROVIDER,
          "cacheManagerPeerListenerFactory", LISTENER,
          "cacheEventListenerFactory", REPLICATOR,
          "bootstrapCacheLoaderFactory", BOOTSTRAP);

  private EhcacheClassNames() {}

  /** Tells whether a node does itself what a factory is for. */
  static boolean isReplaced(XmlElement factory) {
    String className = BY_ELEMENT.get(factory.name());
    return className != null && Factories.is(factory, className);
  }
}
