package io.ehcached.config;

import java.nio.file.Path;

/**
 * How much heap a node's JVM needs, told from the file alone: before that JVM is started, and so
 * without loading Ehcache.
 */
public final class HeapSize {
  /** Code's own objects, buffers, and what waits to be sent to peers. */
  private static final long BASE_BYTES = 96L << 20;

  private HeapSize() {}

  /**
   * Returns the heap for a file's region, in bytes; 0 when that is better left to the JVM, since
   * the region is bounded by a number of items of unknown size, or the file is of no use.
   *
   * @param regionName the region asked for, or null
   * @param memoryBytes what {@code -m} asks for; 0: nothing
   */
  public static long bytes(Path file, String regionName, long memoryBytes) {
    Findings findings = new Findings(file);
    XmlElement root = XmlFile.read(file, findings);
    XmlElement region = root == null ? null : RegionChoice.choose(root, regionName, findings);
    return region == null ? 0 : bytes(RegionBound.of(root, region, memoryBytes));
  }

  /** Returns the heap for a bound: the items, three tenths for the collector to work in, a base. */
  static long bytes(RegionBound bound) {
    return bound.bytes() == 0 ? 0 : bound.bytes() + bound.bytes() / 10 * 3 + BASE_BYTES;
  }
}
