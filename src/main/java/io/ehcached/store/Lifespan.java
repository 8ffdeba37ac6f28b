package io.ehcached.store;

import io.ehcached.item.Expiry;
import java.util.concurrent.TimeUnit;
import net.sf.ehcache.config.CacheConfiguration;

/**
 * The lifespan of items that have no expiry of their own, in milliseconds; 0: for ever.
 *
 * @param toLive from when an item was written
 * @param toIdle from when it was last used
 */
record Lifespan(long toLive, long toIdle) {
  static Lifespan of(CacheConfiguration region) {
    return region.isEternal()
        ? new Lifespan(0, 0)
        : new Lifespan(
            TimeUnit.SECONDS.toMillis(region.getTimeToLiveSeconds()),
            TimeUnit.SECONDS.toMillis(region.getTimeToIdleSeconds()));
  }

  boolean isEternal() {
    return toLive == 0 && toIdle == 0;
  }

  /** Returns when an item dies, in milliseconds since the epoch; {@code Long.MAX_VALUE}: never. */
  long end(StoredItem item) {
    long expiry = item.expiry();
    if (expiry != Expiry.REGION) {
      return expiry;
    }
    long end = toLive == 0 ? Long.MAX_VALUE : item.written() + toLive;
    if (toIdle == 0) {
      return end;
    }
    long used = Math.max(item.lastUse(), item.written());
    return Math.min(end, used + toIdle);
  }
}
