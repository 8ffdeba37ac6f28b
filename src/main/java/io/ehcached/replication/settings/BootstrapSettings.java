package io.ehcached.replication.settings;

/**
 * How a node that joins copies what its peers hold, under Ehcache's names.
 *
 * @param asynchronous whether clients are let in before the copy is done
 * @param chunkBytes how much to ask for at once, in bytes
 */
public record BootstrapSettings(boolean asynchronous, int chunkBytes) {
  /** Ehcache's {@code maximumChunkSizeBytes} unless told otherwise. */
  public static final int DEFAULT_CHUNK_BYTES = 5_000_000;

  /** Returns the settings of a loader whose configuration says nothing. */
  public static BootstrapSettings defaults() {
    return new BootstrapSettings(true, DEFAULT_CHUNK_BYTES);
  }
}
