package io.ehcached.store;

import io.ehcached.item.Key;
import net.sf.ehcache.pool.Size;
import net.sf.ehcache.pool.SizeOfEngine;
import net.sf.ehcache.pool.SizeOfEngineFactory;

/**
 * Tells a region bounded in bytes what an item takes, from its lengths alone. Ehcache finds it
 * through {@link java.util.ServiceLoader}; its own engine walks the object graph by reflection,
 * which costs several times as much as the put.
 */
public final class ItemSizes implements SizeOfEngineFactory, SizeOfEngine {
  /** The objects of an item besides its two arrays: element, key and the map's entry, in bytes. */
  private static final int OBJECTS = 96 + 24 + 40 + 8;

  /** What an item takes more when it is marked. */
  private static final int MARKS = 16;

  private static final int ARRAY_HEADER = 16;
  private static final int ALIGNMENT = 8;

  @Override
  public SizeOfEngine createSizeOfEngine(int maxObjectCount, boolean abort, boolean silent) {
    return this;
  }

  @Override
  public SizeOfEngine copyWith(int maxDepth, boolean abortWhenMaxDepthExceeded) {
    return this;
  }

  @Override
  public Size sizeOf(Object key, Object value, Object container) {
    long size = OBJECTS;
    if (key instanceof Key itemKey) {
      size += array(itemKey.length());
    }
    if (value instanceof byte[] bytes) {
      size += array(bytes.length);
    } else if (value instanceof StoredItem item) { // so does the store ask when it has no bound
      size += array(item.value().length) + marks(item);
    }
    return new Size(size, true);
  }

  /** Returns what an item takes in a region, in bytes. */
  static long of(StoredItem item) {
    return OBJECTS + marks(item) + array(item.key().length()) + array(item.value().length);
  }

  private static int marks(StoredItem item) {
    return item instanceof MarkedItem ? MARKS : 0;
  }

  private static long array(int length) {
    return (ARRAY_HEADER + length + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
  }
}
