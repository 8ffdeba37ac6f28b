package io.ehcached.store;

import net.sf.ehcache.config.AbstractCacheConfigurationListener;

/** A listener for changes to a region's bounds and lifespans at run time. */
final class BoundsListener extends AbstractCacheConfigurationListener {
  private final Runnable changed;

  BoundsListener(Runnable changed) {
    this.changed = changed;
  }

  @Override
  public void memoryCapacityChanged(int before, int now) {
    changed.run();
  }

  @Override
  public void maxBytesLocalHeapChanged(long before, long now) {
    changed.run();
  }

  @Override
  public void timeToLiveChanged(long before, long now) {
    changed.run();
  }

  @Override
  public void timeToIdleChanged(long before, long now) {
    changed.run();
  }
}
