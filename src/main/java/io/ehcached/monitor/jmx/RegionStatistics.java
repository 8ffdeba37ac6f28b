package io.ehcached.monitor.jmx;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.store.Store;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.management.CacheStatistics;

/**
 * Ehcache's statistics of the served region, with the node's own counts: clients' requests do not
 * pass through Ehcache, which therefore does not count them. Its counts for the tiers of a region
 * with a disk are unchanged.
 */
public final class RegionStatistics extends CacheStatistics {
  private static final long serialVersionUID = 1;

  private final transient Store store;
  private final transient Counters counters;
  private final transient boolean inMemory;

  @SuppressWarnings("deprecation") // isOverflowToDisk, which Ehcache itself goes by
  RegionStatistics(Ehcache region, Store store, Counters counters) {
    super(region);
    this.store = store;
    this.counters = counters;
    this.inMemory = !region.getCacheConfiguration().isOverflowToDisk();
  }

  @Override
  public long getCacheHits() {
    return counters.total(Counter.GET_HITS);
  }

  @Override
  public long getCacheMisses() {
    return counters.total(Counter.GET_MISSES);
  }

  @Override
  public double getCacheHitPercentage() {
    return share(getCacheHits(), getCacheMisses());
  }

  @Override
  public double getCacheMissPercentage() {
    return share(getCacheMisses(), getCacheHits());
  }

  @Override
  public long getInMemoryHits() {
    return inMemory ? getCacheHits() : super.getInMemoryHits();
  }

  @Override
  public long getInMemoryMisses() {
    return inMemory ? getCacheMisses() : super.getInMemoryMisses();
  }

  @Override
  public double getInMemoryHitPercentage() {
    return inMemory ? getCacheHitPercentage() : super.getInMemoryHitPercentage();
  }

  @Override
  public long getObjectCount() {
    return store.size();
  }

  @Override
  public long getMemoryStoreObjectCount() {
    return inMemory ? store.size() : super.getMemoryStoreObjectCount();
  }

  /** Returns a ratio as Ehcache does: a percentage between 0 and 1. */
  private static double share(long part, long rest) {
    return part + rest == 0 ? 0 : (double) part / (part + rest);
  }
}
