package io.ehcached.monitor.jmx;

import net.sf.ehcache.Ehcache;
import net.sf.ehcache.management.Cache;
import net.sf.ehcache.management.CacheStatistics;

/** Ehcache's MBean of the served region, in which removing all is {@code flush_all}. */
public final class ServedRegion extends Cache {
  private static final long serialVersionUID = 1;

  private final transient Runnable flush;
  private final transient CacheStatistics statistics;

  ServedRegion(Ehcache region, CacheStatistics statistics, Runnable flush) {
    super(region);
    this.statistics = statistics;
    this.flush = flush;
  }

  @Override
  public void removeAll() {
    flush.run();
  }

  @Override
  public CacheStatistics getStatistics() {
    return statistics;
  }
}
