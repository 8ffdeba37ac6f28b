package io.ehcached.options;

import static io.ehcached.options.CommandLineOption.DISABLE_EVICTIONS;
import static io.ehcached.options.CommandLineOption.HEAP;
import static io.ehcached.options.CommandLineOption.MAX_ITEM_SIZE;
import static io.ehcached.options.CommandLineOption.MEMORY_LIMIT;

import io.ehcached.options.ServerOptions.Memory;
import java.util.OptionalLong;

/** The reader of the options of memory. */
final class MemoryOptions {
  private static final long MB = 1024 * 1024;
  private static final long SMALLEST_ITEM = 1024;
  private static final long LARGEST_ITEM = 1024 * MB;
  private static final long LEAST_HEAP = 16 * MB;

  private final Given given;

  MemoryOptions(Given given) {
    this.given = given;
  }

  Memory read() {
    OptionalLong limit = regionLimit();
    String size = given.last(MAX_ITEM_SIZE, "1m");
    long itemSize = Numbers.size(size, "km");
    if (itemSize < SMALLEST_ITEM || itemSize > LARGEST_ITEM) {
      given.fault("-I (largest item) cannot be '" + size + "'; write from 1k to 1024m, such as 2m");
      itemSize = MB;
    } else if (limit.isPresent() && itemSize > limit.getAsLong() / 2) {
      given.fault(
          "-I (largest item) is more than half of -m (the region); write at least -m "
              + (2 * itemSize + MB - 1) / MB);
    }
    return new Memory(limit, !given.has(DISABLE_EVICTIONS), (int) itemSize, heap());
  }

  /** Returns the bound in bytes. A bare number counts megabytes, as memcached's does. */
  private OptionalLong regionLimit() {
    String size = given.last(MEMORY_LIMIT, null);
    if (size == null) {
      return OptionalLong.empty();
    }
    String bare = size.strip();
    long bytes = Numbers.size(bare.matches("\\d+") ? bare + "m" : bare, "mg");
    if (bytes < MB) {
      given.fault(
          "-m (megabytes) cannot be '"
              + size
              + "'; write a number from 1 up, such as 64, or a size such as 64m or 2g");
      return OptionalLong.empty();
    }
    return OptionalLong.of(bytes);
  }

  private OptionalLong heap() {
    if (!given.has(HEAP)) {
      return OptionalLong.empty();
    }
    String size = given.last(HEAP, "");
    long bytes = Numbers.size(size, "kmg");
    if (bytes < LEAST_HEAP) {
      given.fault("--heap cannot be '" + size + "'; write 16m or more, such as 512m or 2g");
      return OptionalLong.empty();
    }
    return OptionalLong.of(bytes);
  }
}
