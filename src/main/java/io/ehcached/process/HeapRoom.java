package io.ehcached.process;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** The heap that a region needs, compared with this JVM's. */
public final class HeapRoom {
  private static final long MB = 1024 * 1024;

  /** The node itself: classes, connections, what waits for peers. */
  static final long BASE = 64 * MB;

  private HeapRoom() {}

  /** Returns the smallest old generation for a region, in bytes. */
  static long least(long filled) {
    return filled / 10 * 11 + BASE / 2;
  }

  /** Tells whether this JVM's heap has room for a region of this many bytes. */
  public static boolean holds(long filled) {
    return least(filled) <= old();
  }

  /** Returns the largest region for this JVM's heap, in bytes. */
  public static long max() {
    return Math.max(0, (old() - BASE / 2) / 11 * 10);
  }

  /** What items can fill: the largest part of the heap, or all of it where it has no parts. */
  private static long old() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getMax() < 0 ? usage.getCommitted() : usage.getMax())
        .max()
        .orElse(Runtime.getRuntime().maxMemory());
  }
}
