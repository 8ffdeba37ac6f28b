package io.ehcached.monitor.jmx;

import net.sf.ehcache.management.CacheManager;

/**
 * Ehcache's MBean of the node's cache manager: to clear all is what {@code flush_all} is, and to
 * shut down is to let the node leave.
 */
public final class ServedManager extends CacheManager {
  private final Runnable flush;
  private final Runnable leave;

  ServedManager(net.sf.ehcache.CacheManager manager, Runnable flush, Runnable leave) {
    super(manager);
    this.flush = flush;
    this.leave = leave;
  }

  @Override
  public void clearAll() {
    flush.run();
  }

  @Override
  public void shutdown() {
    leave.run();
  }
}
