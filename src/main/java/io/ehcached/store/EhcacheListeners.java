package io.ehcached.store;

import net.sf.ehcache.Ehcache;
import net.sf.ehcache.event.CacheEventListener;
import net.sf.ehcache.event.RegisteredEventListeners;

/**
 * The listeners that {@code ehcache.xml} configures for a region, called as Ehcache itself would
 * call them.
 */
final class EhcacheListeners {
  private final RegisteredEventListeners listeners;

  private EhcacheListeners(RegisteredEventListeners listeners) {
    this.listeners = listeners;
  }

  /** Returns a region's listeners, or null when all of them ignore events. */
  static EhcacheListeners of(Ehcache region) {
    RegisteredEventListeners listeners = region.getCacheEventNotificationService();
    for (CacheEventListener listener : listeners.getCacheEventListeners()) {
      if (!(listener instanceof InertListener)) {
        return new EhcacheListeners(listeners);
      }
    }
    return null;
  }

  void put(StoredItem item, boolean update) {
    if (update) {
      listeners.notifyElementUpdated(Elements.of(item), /* remoteEvent= */ false);
    } else {
      listeners.notifyElementPut(Elements.of(item), /* remoteEvent= */ false);
    }
  }

  void removed(StoredItem item) {
    listeners.notifyElementRemoved(Elements.of(item), /* remoteEvent= */ false);
  }

  void evicted(StoredItem item) {
    listeners.notifyElementEvicted(Elements.of(item), /* remoteEvent= */ false);
  }
}
