package io.ehcached.monitor.jmx;

import net.sf.ehcache.management.CacheManager;

/**
 * Ehcache's MBean of the node's cache manager, in which clearing all is {@code flush_all}, and
 * shutting down makes the node leave.
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
