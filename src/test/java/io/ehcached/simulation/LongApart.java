package io.ehcached.simulation;

import io.ehcached.simulation.Scenario.Kind;
import io.ehcached.simulation.Scenario.Settings;
import io.ehcached.simulation.Scenario.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws a scenario in which a node is away from others for longer than removals are remembered.
 * Meanwhile other nodes may be started, which the two sides meet before they meet each other.
 */
final class LongApart {
  private final SplittableRandom random;
  private final List<Step> steps = new ArrayList<>();
  private final int nodes;
  private final int maxItems; // 0: any number
  private final int keys;
  private final long removalMillis;
  private int started;

  LongApart(SplittableRandom random) {
    this.random = random;
    nodes = 2 + random.nextInt(3);
    started = nodes;
    maxItems = random.nextInt(6) == 0 ? 3 + random.nextInt(5) : 0;
    keys = maxItems + 1 + random.nextInt(6);
    removalMillis = 3000L + random.nextInt(5000);
  }

  Scenario scenario(long seed) {
    long furthest = random.nextInt(4) == 0 ? 120_000 : 20;
    List<Long> offsets = Scenario.offsets(random, nodes + 2, furthest);
    Settings settings =
        new Settings(
            nodes,
            keys,
            false,
            false,
            false,
            maxItems,
            random.nextInt(3) == 0 ? 2 + random.nextInt(8) : 10_000,
            random.nextBoolean() ? 1 + random.nextInt(Scenario.FEW_REMOVALS) : 100_000,
            removalMillis,
            16 << random.nextInt(4),
            false,
            offsets);
    long at = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      at = round(at);
    }
    steps.sort(Comparator.comparingLong(Step::atMillis));
    return new Scenario(seed, settings, at, List.copyOf(steps));
  }

  /** Adds clients at work, a node that goes away and returns, and what happens meanwhile. */
  private long round(long begin) {
    int node = random.nextInt(nodes);
    long from = begin + clients(begin, 2 + random.nextInt(8), 500, /* deletes= */ 20);
    from += random.nextBoolean() ? random.nextInt(300) : random.nextInt(8000);
    long lasting = 1000 + random.nextLong(4 * removalMillis);
    long until = from + lasting;
    separate(node, from, until);
    slowDown(node, until);
    clients(from, 1 + random.nextInt(6), (int) (lasting / 8), /* deletes= */ 65);
    if (random.nextBoolean()) {
      long at = from + random.nextLong(lasting);
      add(at, Kind.DELETE_OTHERS, random.nextInt(nodes), 1 + random.nextInt(40), 0);
    }
    switch (random.nextInt(5)) {
      case 0 -> restartOthers(node, from + random.nextLong(lasting));
      case 1 -> startAnother(from + random.nextLong(lasting));
      case 2 -> {
        int other = random.nextInt(nodes);
        long killed = from + random.nextLong(lasting);
        add(killed, Kind.KILL, other, 0, 0);
        add(killed + random.nextLong(5000), Kind.START, other, 0, 0);
      }
      case 3 -> {
        int other = random.nextInt(nodes);
        long suspended = from + random.nextLong(lasting);
        add(suspended, Kind.SUSPEND, other, 0, 0);
        add(suspended + random.nextLong(2 * removalMillis), Kind.RESUME, other, 0, 0);
      }
      default -> {}
    }
    return until
        + clients(until, Math.max(0, random.nextInt(6) - 2), 1000, /* deletes= */ 30)
        + random.nextInt(8000);
  }

  /** Restarts all others one by one, so that each copies what those before it had copied. */
  private void restartOthers(int node, long from) {
    long at = from;
    startAnother(at);
    int pause = random.nextBoolean() ? 200 : 4000; // a copy takes some 100 ms
    for (int i = 0; i < nodes; i++) {
      if (i != node) {
        at += random.nextInt(pause);
        add(at, Kind.KILL, i, 0, 0);
        add(at + random.nextInt(4000), Kind.START, i, 0, 0);
      }
    }
  }

  /** Starts one more node, whose calls to some may be slow, so that its copy takes longer. */
  private void startAnother(long at) {
    if (started < nodes + 2) {
      add(at, Kind.START, started, 0, 0);
      slowDown(started++, at);
    }
  }

  /** Makes some of a node's calls slow, until its links are healed. */
  private void slowDown(int node, long at) {
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < nodes; i++) {
        if (i != node && random.nextBoolean()) {
          add(at, Kind.SLOW, node, i, 10 + random.nextInt(1000));
        }
      }
    }
  }

  /** Keeps a node away from those that there are by then, from all, or from one. */
  private void separate(int node, long from, long until) {
    long waits = random.nextInt(2);
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        for (int i = 0; i < nodes; i++) {
          if (i != node) {
            add(from, Kind.CUT, node, i, waits);
          }
        }
        add(until, Kind.HEAL, node, 0, 0);
      }
      case 2, 3 -> {
        add(from, Kind.ISOLATE, node, 0, waits);
        add(until, Kind.HEAL, node, 0, 0);
      }
      case 4 -> {
        add(from, Kind.SUSPEND, node, 0, 0);
        add(until, Kind.RESUME, node, 0, 0);
      }
      case 5 -> {
        for (int i = 0; i < nodes; i++) {
          if (i != node) {
            add(from, Kind.LEAVE, node, i, 0);
            add(from, Kind.LEAVE, i, node, 0);
            add(until, Kind.JOIN, node, i, 0);
            add(until + random.nextLong(3000), Kind.JOIN, i, node, 0);
          }
        }
      }
      case 6 -> {
        add(from, Kind.CUT, node, (node + 1) % nodes, waits);
        add(from + random.nextLong(until - from), Kind.ISOLATE, node, 0, waits);
        add(until, Kind.HEAL, node, 0, 0);
      }
      default -> {
        add(from, Kind.CUT, node, (node + 1) % nodes, waits);
        add(until, Kind.HEAL, node, 0, 0);
      }
    }
  }

  /** Has clients write, and returns for how many milliseconds. */
  private long clients(long begin, int writes, int pause, int deletes) {
    long at = begin;
    for (int i = writes; i > 0; i--) {
      at += random.nextInt(1 + pause);
      int node = random.nextInt(nodes);
      int key = random.nextInt(keys);
      int what = random.nextInt(100);
      if (what < deletes) {
        add(at, Kind.DELETE, node, key, 0);
      } else if (what < 98) {
        long lifetime = random.nextInt(5) == 0 ? 100 + random.nextInt(4000) : 0;
        add(at, Kind.SET, node, key, lifetime);
      } else {
        add(at, Kind.FLUSH, node, 0, 0);
      }
    }
    return at - begin;
  }

  private void add(long at, Kind kind, int node, int a, long b) {
    steps.add(new Step(at, kind, node, a, b));
  }
}
