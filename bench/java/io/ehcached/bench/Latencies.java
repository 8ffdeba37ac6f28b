package io.ehcached.bench;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How long things took, in nanoseconds. */
final class Latencies {
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] sorted;

  Latencies(long[] nanos) {
    sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  /** Reads what {@link #toString} wrote. */
  static Latencies parse(String text) {
    return new Latencies(
        Arrays.stream(text.strip().split(" ", -1)).mapToLong(Long::parseLong).toArray());
  }

  /** Returns the time that so many of a thousand did not exceed, in milliseconds. */
  double millis(int perMille) {
    int at = (int) Math.ceil(sorted.length * perMille / 1000.0) - 1;
    return sorted[Math.max(0, at)] / NANOS_PER_MILLI;
  }

  @Override
  public String toString() {
    return Arrays.stream(sorted).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }
}
