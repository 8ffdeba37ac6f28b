package io.ehcached.config;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * How much a region may hold. At most one of the two numbers is not 0; with both 0 it holds
 * everything until the heap is full.
 *
 * @param bytes of heap that its items take
 * @param entries items, whatever their sizes
 */
public record RegionBound(long bytes, long entries) {
  /** The least that a region bounded in bytes may hold: as much as {@code -m} can say. */
  static final long LEAST_BYTES = 1L << 20;

  /** The most: so much that what follows from it can still be reckoned. */
  static final long MAX_BYTES = 1L << 60;

  private static final long KILO = 1024;
  private static final long HUNDRED_PERCENT = 100;

  /**
   * Returns the bound that holds, by what Ehcache makes of the attributes.
   *
   * @param memoryBytes what {@code -m} asks for in the place of the region's bound; 0: nothing
   */
  static RegionBound of(XmlElement root, XmlElement region, long memoryBytes) {
    if (memoryBytes > 0) {
      return new RegionBound(memoryBytes, 0);
    }
    long pool = bytes(root.attribute("maxBytesLocalHeap"), 0);
    String own = region.attribute("maxBytesLocalHeap");
    long bytes = own == null ? 0 : bytes(own, pool);
    if (bytes > 0) {
      return new RegionBound(bytes, 0);
    }
    long entries = number(entries(region));
    if (entries > 0) {
      return new RegionBound(0, entries);
    }
    for (XmlElement other : root.children("cache")) {
      pool -= other == region ? 0 : bytes(other.attribute("maxBytesLocalHeap"), pool);
    }
    return new RegionBound(Math.max(0, pool), 0);
  }

  /** Returns what the file says of the number of items, or null. */
  static String entries(XmlElement region) {
    String entries = region.attribute("maxEntriesLocalHeap");
    return entries == null ? region.attribute("maxElementsInMemory") : entries;
  }

  /**
   * Reads {@code 256m}, {@code 50%} and the like; 0 when it is none: Ehcache says why. What is more
   * than a long can hold is the most that it can.
   */
  static long bytes(String size, long pool) {
    if (size == null || size.isBlank()) {
      return 0;
    }
    String digits = size.substring(0, size.length() - 1).trim();
    return switch (size.toLowerCase(Locale.ROOT).charAt(size.length() - 1)) {
      case 'k' -> times(number(digits), KILO);
      case 'm' -> times(number(digits), KILO * KILO);
      case 'g' -> times(number(digits), KILO * KILO * KILO);
      case '%' -> times(pool, number(digits)) / HUNDRED_PERCENT;
      default -> number(size);
    };
  }

  private static long times(long number, long unit) {
    return Math.multiplyHigh(number, unit) == 0 && number * unit >= 0
        ? number * unit
        : Long.MAX_VALUE;
  }

  private static long number(String digits) {
    try {
      return digits == null ? 0 : Long.decode(digits.trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Returns the bound as people read it. */
  @Override
  public String toString() {
    if (bytes > 0) {
      BigDecimal mebibytes = BigDecimal.valueOf(bytes / (double) (KILO * KILO));
      return mebibytes
              .setScale(1, java.math.RoundingMode.HALF_UP)
              .stripTrailingZeros()
              .toPlainString()
          + " MB of heap";
    }
    return entries > 0 ? entries + " items" : "none";
  }
}
