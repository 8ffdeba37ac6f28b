package io.ehcached.simulation;

import io.ehcached.simulation.Scenario.Kind;
import io.ehcached.simulation.Scenario.Settings;
import io.ehcached.simulation.Scenario.Step;
import io.ehcached.store.Digests;
import io.ehcached.store.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws a scenario that lasts hours, with the times that nodes have by themselves: removals are
 * remembered for ten minutes, and sums reach back for half an hour. Something happens now and then,
 * and what goes wrong may last for more than an hour.
 */
final class LongRun {
  private static final long MINUTE = 60_000;
  private static final long LONGEST_BURST_MILLIS = 10_000;

  private final SplittableRandom random;
  private final List<Step> steps = new ArrayList<>();
  private final int nodes;
  private final int keys;

  LongRun(SplittableRandom random) {
    this.random = random;
    nodes = 2 + random.nextInt(2);
    keys = 2 + random.nextInt(10);
  }

  Scenario scenario(long seed) {
    List<Long> offsets = Scenario.offsets(random, nodes, 200);
    boolean few = random.nextInt(3) == 0;
    Settings settings =
        new Settings(
            nodes,
            keys,
            false,
            false,
            false,
            0,
            random.nextBoolean() ? 10_000 : 2 + random.nextInt(8),
            few ? 1 + random.nextInt(Scenario.FEW_REMOVALS) : 100_000,
            Ledger.DEFAULT_WINDOW_MILLIS,
            Digests.SLICES,
            false,
            offsets);
    long end = 60 * MINUTE + random.nextLong(90 * MINUTE);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      episode(random.nextLong(end), end);
    }
    steps.sort(Comparator.comparingLong(Step::atMillis));
    return new Scenario(seed, settings, end, List.copyOf(steps));
  }

  /** Something goes wrong, with clients at work before it, during it, and after. */
  private void episode(long from, long end) {
    int node = random.nextInt(nodes);
    long until = from + lasting();
    burst(from - random.nextLong(LONGEST_BURST_MILLIS), end);
    long waits = random.nextInt(2);
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        add(from, Kind.ISOLATE, node, 0, waits);
        add(until, Kind.HEAL, node, 0, 0);
      }
      case 2 -> {
        add(from, Kind.CUT_ONE_WAY, node, (node + 1) % nodes, waits);
        add(until, Kind.HEAL, node, 0, 0);
      }
      case 3, 4 -> {
        add(from, Kind.SUSPEND, node, 0, 0);
        add(until, Kind.RESUME, node, 0, 0);
      }
      default -> {
        add(from, Kind.KILL, node, 0, 0);
        add(until, Kind.START, node, 0, 0);
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      burst(from + random.nextLong(until - from), end);
    }
    burst(until + random.nextLong(LONGEST_BURST_MILLIS), end);
  }

  /** Returns for how long something lasts: seconds, minutes, or more than removals are known. */
  private long lasting() {
    return switch (random.nextInt(3)) {
      case 0 -> 1 + random.nextLong(MINUTE);
      case 1 -> MINUTE + random.nextLong(15 * MINUTE);
      default -> 10 * MINUTE + random.nextLong(65 * MINUTE);
    };
  }

  private void burst(long from, long end) {
    long at = Math.max(0, from);
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      at += random.nextLong(2000);
      if (at < end) {
        client(at);
      }
    }
  }

  private void client(long at) {
    int node = random.nextInt(nodes);
    int key = random.nextInt(keys);
    int what = random.nextInt(100);
    if (what < 45) {
      add(at, Kind.SET, node, key, 0);
    } else if (what < 60) {
      add(
          at,
          Kind.SET,
          node,
          key,
          1000 + random.nextLong(random.nextBoolean() ? 5000 : 20 * MINUTE));
    } else if (what < 90) {
      add(at, Kind.DELETE, node, key, 0);
    } else if (what < 96) {
      add(at, Kind.DELETE_OTHERS, node, 1 + random.nextInt(40), 0);
    } else if (what < 98) {
      add(at, Kind.FLUSH_LATER, node, 0, 1000 + random.nextLong(20 * MINUTE));
    } else {
      add(at, Kind.FLUSH, node, 0, 0);
    }
  }

  private void add(long at, Kind kind, int node, int a, long b) {
    steps.add(new Step(at, kind, node, a, b));
  }
}
