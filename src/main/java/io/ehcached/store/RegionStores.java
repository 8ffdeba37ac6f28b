package io.ehcached.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheException;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.FeaturesManager;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.PersistenceConfiguration;
import net.sf.ehcache.config.PersistenceConfiguration.Strategy;
import net.sf.ehcache.pool.Pool;
import net.sf.ehcache.store.MemoryStore;
import net.sf.ehcache.store.Store;
import net.sf.ehcache.store.disk.DiskStore;
import net.sf.ehcache.transaction.SoftLockFactory;
import net.sf.ehcache.transaction.SoftLockManager;
import net.sf.ehcache.transaction.SoftLockManagerImpl;
import net.sf.ehcache.transaction.TransactionIDFactory;
import net.sf.ehcache.transaction.TransactionIDFactoryImpl;
import net.sf.ehcache.writer.writebehind.WriteBehind;

/**
 * The factory of regions' stores: {@link ItemTable} for a region in memory, Ehcache's own stores
 * for the others. It uses the extension point of Ehcache's enterprise edition.
 */
public class RegionStores implements FeaturesManager {
  private final Map<String, HeapStore> stores = new ConcurrentHashMap<>();

  /** Returns the table under a region, or null when Ehcache's own store keeps it. */
  static ItemTable table(Ehcache region) {
    FeaturesManager features = region.getCacheManager().getFeaturesManager();
    HeapStore store =
        features instanceof RegionStores ours ? ours.stores.get(region.getName()) : null;
    return store == null ? null : store.table();
  }

  @Override
  @SuppressWarnings("deprecation") // isOverflowToDisk, which Ehcache itself goes by
  public Store createStore(Cache region, Pool heap, Pool disk) {
    CacheConfiguration configuration = region.getCacheConfiguration();
    PersistenceConfiguration persistence = configuration.getPersistenceConfiguration();
    if (configuration.isOverflowToOffHeap()
        || (persistence != null && persistence.getStrategy() == Strategy.LOCALRESTARTABLE)) {
      throw enterprise(region);
    }
    if (configuration.isOverflowToDisk()) {
      return DiskStore.createCacheStore(region, heap, disk);
    }
    if (configuration.isSearchable()
        || configuration.getPinningConfiguration() != null
        || configuration.getTransactionalMode().isTransactional()) {
      return MemoryStore.create(region, heap);
    }
    HeapStore store = new HeapStore(region);
    stores.put(region.getName(), store);
    return store;
  }

  private static CacheException enterprise(Cache region) {
    return new CacheException(
        "cache "
            + region.getName()
            + ": overflowToOffHeap and localRestartable are of Ehcache's enterprise edition;"
            + " leave them out");
  }

  @Override
  public WriteBehind createWriteBehind(Cache region) {
    throw enterprise(region); // for localRestartable only
  }

  @Override
  public TransactionIDFactory createTransactionIDFactory() {
    return new TransactionIDFactoryImpl();
  }

  @Override
  public SoftLockManager createSoftLockManager(Ehcache region, SoftLockFactory locks) {
    return new SoftLockManagerImpl(region.getName(), locks);
  }

  @Override
  public void startup() {
    // nothing to start
  }

  @Override
  public void dispose() {
    stores.clear();
  }
}
