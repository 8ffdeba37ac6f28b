package io.ehcached.admin;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The node's counters. Each thread that counts has a cell of its own, so that counting costs no
 * more than adding to an array; a reader adds the cells up.
 */
@SuppressWarnings("EnumOrdinal") // a counter is an index here, and nowhere else
public final class Counters {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int COUNT = Counter.values().length;

  private final List<Cell> cells = new CopyOnWriteArrayList<>();
  private volatile long[] atReset = new long[COUNT];

  /** One thread's share of the counters: any thread may read it, one alone counts in it. */
  public static final class Cell {
    private static final int PADDING = 16; // keeps two threads' cells off one cache line

    private final long[] counts = new long[PADDING + COUNT + PADDING];

    private Cell() {}

    /** Adds one to a counter. */
    public void increment(Counter counter) {
      add(counter, 1);
    }

    /** Adds to a counter. */
    public void add(Counter counter, long amount) {
      int i = PADDING + counter.ordinal();
      LONGS.setOpaque(counts, i, counts[i] + amount);
    }

    private long get(int counter) {
      return (long) LONGS.getOpaque(counts, PADDING + counter);
    }
  }

  /** Returns a new cell, for one thread to count in. */
  public Cell newCell() {
    Cell cell = new Cell();
    cells.add(cell);
    return cell;
  }

  /** Returns a counter's value since the last {@link #reset}. */
  public long get(Counter counter) {
    return sum(counter.ordinal()) - atReset[counter.ordinal()];
  }

  /** Returns a counter's value since the node started, regardless of {@link #reset}. */
  public long total(Counter counter) {
    return sum(counter.ordinal());
  }

  /** Resets all counters to 0. */
  public void reset() {
    long[] sums = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sums[i] = sum(i);
    }
    atReset = sums;
  }

  private long sum(int counter) {
    long sum = 0;
    for (Cell cell : cells) {
      sum += cell.get(counter);
    }
    return sum;
  }
}
