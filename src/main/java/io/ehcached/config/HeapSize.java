package io.ehcached.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How much of the heap a node's region may fill, told from the file alone: before the node's JVM is
 * started, and so without loading Ehcache.
 */
public final class HeapSize {
  private static final String BOUND = "maxBytesLocalHeap";

  private HeapSize() {}

  /**
   * Returns where the file bounds a region, as in {@code ehcache.xml:7: <cache name="r">:
   * maxBytesLocalHeap="64g"}; empty if the file is of no use, or bounds it by nothing.
   */
  public static Optional<String> place(Path file, Optional<String> regionName) {
    Findings findings = new Findings(file);
    XmlElement root = XmlFile.read(file, findings);
    XmlElement region =
        root == null ? null : RegionChoice.choose(root, regionName.orElse(null), findings);
    if (region == null) {
      return Optional.empty();
    }
    return Stream.of(region, root)
        .filter(element -> element.attribute(BOUND) != null)
        .findFirst()
        .map(
            element ->
                "%s:%d: %s: %s=\"%s\""
                    .formatted(
                        file, element.lineOf(BOUND), element, BOUND, element.attribute(BOUND)));
  }

  /**
   * Returns the region's bound in bytes; empty when it is bounded by a number of items of unknown
   * size, or not at all. From a file that is of no use it is {@code memory}.
   *
   * @param regionName the region asked for, or the only one there is
   * @param memory the bound that takes the place of the file's
   */
  public static OptionalLong of(Path file, Optional<String> regionName, OptionalLong memory) {
    Findings findings = new Findings(file);
    XmlElement root = XmlFile.read(file, findings);
    XmlElement region =
        root == null ? null : RegionChoice.choose(root, regionName.orElse(null), findings);
    if (region == null) {
      return memory; // the node itself says what is wrong with the file
    }
    long bytes = RegionBound.of(root, region, memory.orElse(0)).bytes();
    boolean possible = bytes > 0 && bytes <= RegionBound.MAX_BYTES; // else the node says it
    return possible ? OptionalLong.of(bytes) : OptionalLong.empty();
  }
}
