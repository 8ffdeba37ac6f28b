package net.sf.ehcache;

import io.ehcached.store.RegionStores;

/** The class that Ehcache looks for by its name, and by which {@link RegionStores} comes in. */
public final class EnterpriseFeaturesManager extends RegionStores {
  /** Is called by Ehcache, for each manager of regions. */
  @SuppressWarnings("unused") // the manager: every region names its own
  public EnterpriseFeaturesManager(CacheManager manager) {
    super();
  }
}
