package io.ehcached.store;

import io.ehcached.item.Key;
import net.sf.ehcache.CacheException;
import net.sf.ehcache.Element;

/** Conversion between items and Ehcache's elements: key, value, and the stamp as the version. */
final class Elements {
  private Elements() {}

  static Element of(StoredItem item) {
    return new Element(
        item.key(),
        item.value(),
        item.stamp(),
        item.written(),
        item.lastUse(),
        item.isUsed() ? 1 : 0,
        /* cacheDefaultLifespan= */ false,
        /* timeToLive= */ 0,
        /* timeToIdle= */ 0,
        item.arrived());
  }

  static StoredItem toItem(Element element) {
    if (element.getObjectKey() instanceof Key key
        && element.getObjectValue() instanceof byte[] value) {
      return StoredItem.written(key, value, 0, 0, element.getVersion(), element.getCreationTime());
    }
    throw new CacheException(
        "a region of memcached's items takes no other keys and values than theirs");
  }
}
