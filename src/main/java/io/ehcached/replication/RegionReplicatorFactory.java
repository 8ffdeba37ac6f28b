package io.ehcached.replication;

import io.ehcached.store.InertListener;
import java.util.Properties;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.event.CacheEventListener;
import net.sf.ehcache.event.CacheEventListenerFactory;

/**
 * Stands in for Ehcache's {@code RMICacheReplicatorFactory}: Ehcache makes what it makes with the
 * region, and the node finds the settings there. The listener itself hears nothing, since the store
 * tells the replicator under the key's lock, and Ehcache would after it.
 */
public final class RegionReplicatorFactory extends CacheEventListenerFactory {
  /** Carries a region's settings. */
  private static final class Carrier extends InertListener {
    private final ReplicationSettings settings;

    Carrier(ReplicationSettings settings) {
      this.settings = settings;
    }
  }

  @Override
  public CacheEventListener createCacheEventListener(Properties properties) {
    return new Carrier(RegionSettings.replicator(properties));
  }

  /** Returns the settings that these properties of the replicator stand for. */
  public static ReplicationSettings settings(Properties properties) {
    return RegionSettings.replicator(properties);
  }

  /** Returns the settings with which a region is replicated; null when it is not. */
  public static ReplicationSettings settings(Ehcache region) {
    for (CacheEventListener listener :
        region.getCacheEventNotificationService().getCacheEventListeners()) {
      if (listener instanceof Carrier carrier) {
        return carrier.settings;
      }
    }
    return null;
  }
}
