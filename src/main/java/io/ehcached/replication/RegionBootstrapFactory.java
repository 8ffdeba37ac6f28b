package io.ehcached.replication;

import java.util.Properties;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.bootstrap.BootstrapCacheLoader;
import net.sf.ehcache.bootstrap.BootstrapCacheLoaderFactory;

/**
 * Stands in for Ehcache's {@code RMIBootstrapCacheLoaderFactory}: the loader only carries its
 * settings. Ehcache calls it before peers can call this node, which is too early: what is written
 * during the copy would be missed.
 */
public final class RegionBootstrapFactory
    extends BootstrapCacheLoaderFactory<BootstrapCacheLoader> {
  /** Carries a region's settings. */
  private record Carrier(BootstrapSettings settings) implements BootstrapCacheLoader {
    @Override
    public void load(Ehcache region) {
      // see Bootstrap
    }

    @Override
    public boolean isAsynchronous() {
      return true; // nothing to wait for here
    }

    @Override
    public Object clone() {
      return this;
    }
  }

  @Override
  public BootstrapCacheLoader createBootstrapCacheLoader(Properties properties) {
    return new Carrier(RegionSettings.bootstrap(properties));
  }

  /** Returns the settings with which a region is copied; null when it is not. */
  public static BootstrapSettings settings(Ehcache region) {
    return region.getBootstrapCacheLoader() instanceof Carrier carrier ? carrier.settings() : null;
  }
}
