package io.ehcached.process;

import io.ehcached.config.HeapSize;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.ServerOptions.Memory;
import io.ehcached.options.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The arguments of the node's JVM: the heap that its region needs, and further options. */
public final class JvmArguments {
  private static final long MB = 1024 * 1024;

  /** The number of the largest items that may be received or sent at once. */
  private static final long UNDER_WAY = 4;

  /** The heap beyond the old generation: at least, and at most. */
  private static final long LEAST_SPARE = 48 * MB;

  private static final long MAX_SPARE = 96 * MB;

  /** A collection copies what was stored since the last one: the more, the longer all wait. */
  private static final long YOUNG = 24 * MB;

  /**
   * How many of the largest items are stored between two collections, as far as there is room,
   * where these are above a megabyte.
   */
  private static final long LARGEST_IN_YOUNG = 32;

  private static final long LEAST_DIRECT = 256 * MB;

  private JvmArguments() {}

  /**
   * Returns the arguments; those of {@code JAVA_OPTS} and {@code EHCACHED_JAVA_OPTS} come last, and
   * so override the others.
   *
   * @param archive the archive of classes that fits this Java and this jar, or an empty name
   * @param feature which Java it is, 17 say
   * @param machine how much memory there is, in bytes
   * @throws UsageException when the heap given is too little for the region, or when the machine is
   */
  static List<String> of(
      ServerOptions options,
      Map<String, String> environment,
      String archive,
      int feature,
      long machine)
      throws UsageException {
    List<String> given =
        Stream.of("JAVA_OPTS", "EHCACHED_JAVA_OPTS")
            .flatMap(name -> Stream.of(environment.getOrDefault(name, "").split("\\s+", -1)))
            .filter(one -> !one.isEmpty())
            .toList();
    List<String> arguments = new ArrayList<>();
    if (!archive.isEmpty()) {
      arguments.add("-XX:SharedArchiveFile=" + archive);
      arguments.add("-Xlog:cds=off"); // options given may rule it out, which is nobody's concern
    }
    boolean collector = given.stream().noneMatch(one -> one.matches("-XX:\\+Use\\w+GC"));
    if (collector) {
      // The largest share of the time for the clients, and the least memory besides the items.
      arguments.add("-XX:+UseParallelGC");
      // What was written since the last collection is what is to be kept: it moves once, and
      // leaves the young generation to what comes next.
      arguments.add("-XX:MaxTenuringThreshold=0");
      arguments.add("-XX:-UseAdaptiveSizePolicy");
      arguments.add("-XX:SurvivorRatio=30");
    }
    boolean serves = options.action() == ServerOptions.Action.RUN; // else little memory will do
    if (serves && given.stream().noneMatch(one -> one.matches("-Xmx.*|-XX:Max(HeapSize|RAM).*"))) {
      arguments.addAll(heap(options, collector, machine));
    }
    // A node out of memory answers some and not others; its peers hold the data, so it leaves.
    arguments.add("-XX:+ExitOnOutOfMemoryError");
    // Netty's events for the flight recorder take a tenth of a second of the start.
    arguments.add("-Dio.netty.jfr.enabled=false");
    // Netty watches a sample of its buffers, by a stack trace each; our tests have it watch all.
    arguments.add("-Dio.netty.leakDetection.level=disabled");
    if (feature >= 24) { // Netty's way to memory, of which these Javas warn
      arguments.add("--enable-native-access=ALL-UNNAMED");
      arguments.add("--sun-misc-unsafe-memory-access=allow");
    }
    arguments.addAll(given);
    return arguments;
  }

  /**
   * Checks that the region fits into the heap, and the heap into this machine.
   *
   * @throws UsageException when one does not
   */
  public static void check(ServerOptions options) throws UsageException {
    List<String> unused = heap(options, true, Launch.memory());
  }

  private static List<String> heap(ServerOptions options, boolean parallel, long machine)
      throws UsageException {
    Memory memory = options.memory();
    OptionalLong filled =
        HeapSize.of(options.node().config(), options.node().region(), memory.limit());
    long max;
    long spare;
    if (memory.heap().isPresent()) {
      max = memory.heap().getAsLong();
      spare = Math.min(max / 4, MAX_SPARE);
      if (filled.isPresent()) {
        refuseTooLittle(max - spare, filled.getAsLong());
      }
    } else if (filled.isPresent()) {
      // Two fifths more than the items count, so that what was overwritten can wait to be
      // collected.
      long old = filled.getAsLong() / 5 * 7 + HeapRoom.BASE + UNDER_WAY * memory.maxItemSize();
      spare = Math.min(Math.max(old / 2, LEAST_SPARE), MAX_SPARE);
      max = old + spare;
      if (max > machine) {
        throw tooLarge(options, max, filled.getAsLong(), machine);
      }
    } else {
      return List.of(); // bounded by a count, or not at all: the JVM's own share of the machine
    }
    List<String> arguments = new ArrayList<>();
    // All of it from the start, which takes no memory before it is used: a heap that has to grow
    // is collected whole each time.
    arguments.add("-Xms" + megabytes(max));
    arguments.add("-Xmx" + megabytes(max));
    if (parallel) { // it would take a third, and the items would not find room in the rest
      long largest = memory.maxItemSize();
      String young = megabytes(Math.min(spare, largest > MB ? LARGEST_IN_YOUNG * largest : YOUNG));
      arguments.add("-XX:NewSize=" + young);
      arguments.add("-XX:MaxNewSize=" + young);
    }
    arguments.add("-XX:MaxDirectMemorySize=" + megabytes(Math.max(LEAST_DIRECT, max / 4)));
    return arguments;
  }

  private static void refuseTooLittle(long old, long filled) throws UsageException {
    long least = HeapRoom.least(filled);
    if (least > old) {
      throw UsageException.badValue(
          "--heap is too little for a region of %d MB; write --heap %dm or more, or leave it out"
              .formatted(
                  filled / MB, (Math.min(least / 3 * 4, least + MAX_SPARE) + MB - 1) / MB + 1));
    }
  }

  private static UsageException tooLarge(
      ServerOptions options, long heap, long filled, long machine) {
    String place =
        options.memory().limit().isPresent()
            ? "-m " + filled / MB
            : HeapSize.place(options.node().config(), options.node().region())
                .orElse(options.node().config().toString());
    return UsageException.badValue(
        "%s: a region of %d MB needs a heap of %d MB, and this machine has %d MB; write a smaller bound"
            .formatted(place, filled / MB, heap / MB, machine / MB));
  }

  private static String megabytes(long bytes) {
    return (bytes + MB - 1) / MB + "m";
  }
}
