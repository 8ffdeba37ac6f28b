package io.ehcached.store;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import net.sf.ehcache.Element;
import net.sf.ehcache.pool.Size;
import net.sf.ehcache.pool.SizeOfEngine;
import net.sf.ehcache.pool.SizeOfEngineFactory;

/**
 * The sizes of items in memory, in bytes, calculated from their lengths; Ehcache uses them for a
 * region with tiers that is bounded in bytes. Ehcache finds it through {@link
 * java.util.ServiceLoader}; its own engine walks the object graph by reflection, which costs
 * several times as much as the put.
 */
public final class ItemSizes implements SizeOfEngineFactory, SizeOfEngine {
  /** What JDK 24 and later take off every object's header when they are told to, in bytes. */
  private static final int COMPACT = isCompact() ? 4 : 0;

  /** An item without its two arrays, and its share of the table's slots, 8 to 16, in bytes. */
  private static final int OBJECT = 64 + 12;

  /** What an item takes more when it is marked. */
  private static final int MARKS = 16;

  /** What an item takes more in a region with tiers: Ehcache's element and entry, and a key. */
  private static final int ELEMENT = 80 + 40 + 24;

  private static final int ARRAY_HEADER = 16 - COMPACT;
  private static final int ALIGNMENT = 8;

  /** The least that an item can take. */
  static final int LEAST = OBJECT + 2 * ARRAY_HEADER;

  private static boolean isCompact() {
    try {
      return Boolean.parseBoolean(
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption("UseCompactObjectHeaders")
              .getValue());
    } catch (IllegalArgumentException e) {
      return false; // a JDK that does not know them
    }
  }

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
    long size = ELEMENT;
    if (value instanceof Element element && element.getObjectValue() instanceof StoredItem item) {
      size += of(item);
    } else if (value instanceof StoredItem item) {
      size += of(item);
    }
    return new Size(size, true);
  }

  /** Returns what an item takes in a region in memory, in bytes. */
  static long of(StoredItem item) {
    int marks = item instanceof MarkedItem ? MARKS : 0;
    return OBJECT + marks + array(item.keyLength()) + array(item.value().length);
  }

  private static long array(int length) {
    return (ARRAY_HEADER + length + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
  }
}
