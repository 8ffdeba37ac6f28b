package io.ehcached.admin;

import io.ehcached.protocol.Command;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The latencies of requests, a histogram for each command. The latency of a request runs from the
 * start of its event loop's iteration until the request is answered, or the last request that its
 * client sent with it. Each thread that measures has a cell of its own, as in {@link Counters}.
 */
@SuppressWarnings("EnumOrdinal") // a command is an index here, and nowhere else
public final class Latencies {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int COMMANDS = Command.values().length;

  /** The most nanoseconds that count in each bucket; there is one more for all the others. */
  private static final long[] BOUNDS = {
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    25_000_000,
    50_000_000,
    100_000_000,
    250_000_000,
    500_000_000,
    1_000_000_000,
    2_500_000_000L
  };

  private static final int BUCKETS = BOUNDS.length + 1;
  private static final int ROW = BUCKETS + 1; // and the sum of nanoseconds

  private final List<Cell> cells = new CopyOnWriteArrayList<>();
  private final Cell late = newCell();

  /** One thread's share: any thread may read it, one alone measures for it. */
  public static final class Cell {
    private static final int PADDING = 16; // keeps two threads' cells off one cache line

    private final long[] longs = new long[PADDING + COMMANDS * ROW + PADDING];

    private Cell() {}

    /**
     * Counts one request.
     *
     * @param bucket the {@link Latencies#bucket} of the nanoseconds
     */
    public void add(Command command, int bucket, long nanos) {
      int row = PADDING + command.ordinal() * ROW;
      int i = row + bucket;
      LONGS.setOpaque(longs, i, longs[i] + 1);
      int sum = row + BUCKETS;
      LONGS.setOpaque(longs, sum, longs[sum] + nanos);
    }

    private long get(int command, int column) {
      return (long) LONGS.getOpaque(longs, PADDING + command * ROW + column);
    }
  }

  /**
   * The latencies of one command.
   *
   * @param counts how many requests there were in each bucket; the last one has no bound
   * @param nanos how long all of them took together
   */
  public record Histogram(List<Long> counts, long nanos) {
    /** Copies the counts. */
    public Histogram {
      counts = List.copyOf(counts);
    }
  }

  /** Returns the bucket of a latency in nanoseconds. */
  public static int bucket(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  /** Returns the upper bounds of the buckets, in nanoseconds; the last bucket has none. */
  public static long[] bounds() {
    return BOUNDS.clone();
  }

  /** Returns a new cell, for one thread to measure for. */
  public Cell newCell() {
    Cell cell = new Cell();
    cells.add(cell);
    return cell;
  }

  /** Counts a request that was answered on another thread. */
  public void addLate(Command command, long nanos) {
    synchronized (late) {
      late.add(command, bucket(nanos), nanos);
    }
  }

  /** Returns the latencies of the commands that were executed. */
  public Map<Command, Histogram> histograms() {
    Map<Command, Histogram> histograms = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      Long[] counts = new Long[BUCKETS];
      long all = 0;
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        counts[bucket] = sum(command, bucket);
        all += counts[bucket];
      }
      if (all > 0) {
        histograms.put(command, new Histogram(List.of(counts), sum(command, BUCKETS)));
      }
    }
    return Collections.unmodifiableMap(histograms);
  }

  private long sum(Command command, int column) {
    long sum = 0;
    for (Cell cell : cells) {
      sum += cell.get(command.ordinal(), column);
    }
    return sum;
  }
}
