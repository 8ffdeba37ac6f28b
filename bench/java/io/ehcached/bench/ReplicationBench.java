package io.ehcached.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures two nodes of ours and two of stock Ehcache by turns, each time in new processes, and
 * prints the medians.
 */
public final class ReplicationBench {
  private static final String OURS = "ehcached";
  private static final String STOCK = "stock";
  private static final int RATE = 5000;
  private static final double NANOS_PER_SECOND = 1e9;

  /** What the region of a latency run may hold, in MB: as in the ehcache.xml that is shipped. */
  private static final int SHIPPED_MB = 256;

  private static final int LARGE_MB = 1024;
  private static final String LARGE_HEAP = "2g";

  /** The most that goes beside it in a heap of 1 GB, in MB. */
  private static final int OUTAGE_MB = 660;

  private static final String OUTAGE_HEAP = "1g";
  private static final int PATIENCE_SECONDS = 120;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(40);

  /** What others may take of the cores before and during a run, in percent, where it matters. */
  private static final double QUIET_PERCENT = 15;

  private static final double DISTURBED_PERCENT = 25;

  private final boolean quick;
  private final boolean quiet;
  private final Map<String, Map<String, List<Double>>> table = new LinkedHashMap<>();
  private final Map<String, Double> run = new LinkedHashMap<>();
  private int setAside;

  private ReplicationBench(boolean quick, boolean quiet) {
    this.quick = quick;
    this.quiet = quiet;
  }

  /** Runs it; {@code bench/replication --help} tells of the arguments. */
  public static void main(String[] args) {
    List<String> words = new ArrayList<>(Arrays.asList(args));
    boolean quick = words.remove("--quick");
    boolean quiet = words.remove("--quiet");
    int at = words.indexOf("--runs");
    int runs = at < 0 ? (quick ? 1 : 3) : Integer.parseInt(words.get(at + 1));
    if (at >= 0) {
      words.subList(at, at + 2).clear();
    }
    List<String> sides = words.remove("--ours") ? List.of(OURS) : List.of(OURS, STOCK);
    List<String> figures = words.isEmpty() ? List.of("visible", "drain", "outage") : words;
    ReplicationBench bench = new ReplicationBench(quick, quiet);
    for (String figure : figures) {
      for (int i = 0; i < runs; i++) {
        for (String side : sides) {
          bench.measure(figure, side);
        }
      }
    }
    bench.print();
  }

  private void measure(String figure, String side) {
    double others;
    do {
      if (quiet) {
        Machine.awaitQuiet(QUIET_PERCENT);
      }
      run.clear();
      others =
          switch (figure) {
            case "visible" -> visible(side);
            case "drain" -> drain(side);
            case "outage" -> outage(side);
            default -> throw new IllegalArgumentException("no such figure: " + figure);
          };
      note("others took of the cores meanwhile (" + figure + "), %", others);
      System.out.println(side);
      run.forEach(
          (name, value) -> System.out.printf(Locale.ROOT, "  %-55s %,14.2f%n", name, value));
    } while (isDisturbed(others));
    run.forEach(
        (name, value) ->
            table
                .computeIfAbsent(name, n -> new LinkedHashMap<>())
                .computeIfAbsent(side, n -> new ArrayList<>())
                .add(value));
  }

  private boolean isDisturbed(double others) {
    boolean disturbed = quiet && others > DISTURBED_PERCENT;
    setAside += disturbed ? 1 : 0;
    return disturbed;
  }

  private void note(String figure, double value) {
    run.put(figure, value);
  }

  private static Pair start(String side, int megabytes, String heap) {
    if (side.equals(STOCK)) {
      return new StockPair(megabytes, heap);
    }
    return heap.isEmpty() ? new NodePair(megabytes) : new NodePair(megabytes, "--heap", heap);
  }

  /** How long a put takes until the peer shows it, in nodes that hold some. */
  private double visible(String side) {
    try (Pair pair = start(side, SHIPPED_MB, "")) {
      pair.write(0, quick ? 200_000 : 600_000);
      int warmUp = quick ? 5 : 15;
      Latencies unused = pair.trickle(0, RATE, warmUp);
      Machine machine = new Machine(pair.nodes());
      Latencies latencies = pair.trickle(warmUp * RATE, RATE, quick ? 10 : 30);
      note("put until visible, p50, ms", latencies.millis(500));
      note("put until visible, p99, ms", latencies.millis(990));
      note("put until visible, p99.9, ms", latencies.millis(999));
      note("put until visible, most, ms", latencies.millis(1000));
      return machine.others();
    }
  }

  /** How fast items reach the peer: while they are written, and after they had to wait. */
  private double drain(String side) {
    int items = quick ? 300_000 : 900_000;
    try (Pair pair = start(side, LARGE_MB, LARGE_HEAP)) {
      pair.write(0, items); // to warm up
      pair.awaitOnPeer(items - 1, PATIENCE_SECONDS);
      Machine machine = new Machine(pair.nodes());
      WireBytes wire = new WireBytes(pair.peerPorts());
      long wireBefore = wire.sum();
      long busyBefore = Machine.busyNanos(pair.nodes());
      long start = System.nanoTime();
      pair.write(items, items);
      note("written, items/s", perSecond(items, start));
      pair.awaitOnPeer(2 * items - 1, PATIENCE_SECONDS);
      note("written until all are on the peer, items/s", perSecond(items, start));
      note(
          "CPU of both nodes, µs per item",
          (Machine.busyNanos(pair.nodes()) - busyBefore) / 1e3 / items);
      note("wire, B per item", (wire.sum() - wireBefore) / (double) items);

      pair.nodes()[1].pause();
      pair.write(2 * items, items);
      start = System.nanoTime();
      pair.nodes()[1].resume();
      pair.awaitOnPeer(3 * items - 1, PATIENCE_SECONDS);
      note("drained to a peer that had stood still, items/s", perSecond(items, start));
      double others = machine.others();
      note("lost on the way, items", 3.0 * items - pair.countOnPeer(3 * items));
      return others;
    }
  }

  /** What becomes of writes while the peer is away: standing still, or gone. */
  private double outage(String side) {
    double others = 0;
    int items = quick ? 500_000 : 2_000_000;
    for (boolean gone : new boolean[] {false, true}) {
      String how = gone ? "peer killed and started anew: " : "peer stood still: ";
      try (Pair pair = start(side, OUTAGE_MB, OUTAGE_HEAP)) {
        Machine machine = new Machine(pair.nodes());
        if (gone) {
          pair.killPeer();
        } else {
          pair.nodes()[1].pause();
        }
        long start = System.nanoTime();
        pair.write(0, items);
        note(how + "written, items/s", perSecond(items, start));
        start = System.nanoTime();
        if (gone) {
          pair.restartPeer();
        } else {
          pair.nodes()[1].resume();
        }
        int found = awaitAll(pair, items);
        note(how + "caught up after, s", (System.nanoTime() - start) / NANOS_PER_SECOND);
        note(how + "lost, items", (double) items - found);
        note(how + "most memory of the writer, MB", (double) pair.nodes()[0].peakMegabytes());
        others = Math.max(others, machine.others());
      }
    }
    return others;
  }

  /** Returns how many items the peer has once it has all, or gets no more. */
  private static int awaitAll(Pair pair, int items) {
    int found = 0;
    long gained = System.nanoTime();
    while (found < items && System.nanoTime() - gained < STANDSTILL_NANOS) {
      LockSupport.parkNanos(LOOK_NANOS);
      int now = pair.countOnPeer(items);
      if (now > found) {
        found = now;
        gained = System.nanoTime();
      }
    }
    return found;
  }

  private static double perSecond(int items, long start) {
    return items * NANOS_PER_SECOND / (System.nanoTime() - start);
  }

  private void print() {
    System.out.println();
    System.out.println("| figure: median (least to most) | ehcached | stock |");
    System.out.println("|---|---|---|");
    table.forEach(
        (figure, sides) ->
            System.out.printf(
                "| %s | %s | %s |%n", figure, summary(sides.get(OURS)), summary(sides.get(STOCK))));
    if (setAside > 0) {
      System.out.println("\nRuns left out, since others were at work on this machine: " + setAside);
    }
  }

  private static String summary(List<Double> values) {
    if (values == null) {
      return "";
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return number(median)
        + (sorted.length == 1
            ? ""
            : " (" + number(sorted[0]) + " to " + number(sorted[sorted.length - 1]) + ")");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1000 && value % 1 != 0 ? "%.2f" : "%,.0f", value);
  }
}
