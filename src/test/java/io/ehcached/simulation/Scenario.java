package io.ehcached.simulation;

import io.ehcached.replication.settings.ReplicationSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in one run: how the nodes are set up, and a script of what clients do and what goes
 * wrong. A seed gives the same scenario for ever.
 *
 * @param seed what else is left to chance, such as delays, follows from it
 * @param endMillis when all is healed; what happens after that is waited for
 */
record Scenario(long seed, Settings settings, long endMillis, List<Step> steps) {
  /** The most removals that are remembered, where that is a tiny number. */
  static final int FEW_REMOVALS = 30;

  private static final long LONGEST_TTL_MILLIS = 4000;
  private static final long LARGEST_STEP_MILLIS = 20 * 60 * 1000L;
  private static final long LATEST_FLUSH_MILLIS = 20_000;
  private static final int LONG_RUNS = 50; // one in so many scenarios
  private static final int LONG_APART = 12; // so many of these

  /**
   * Chooses what was added to the generator last; from a stream of its own, so that no other
   * scenario changes.
   */
  private static final long ADDED = 8;

  /**
   * How the nodes are set up.
   *
   * @param nodes how many there are at first
   * @param keys how many keys the clients use
   * @param synchronous whether clients are answered once the peers have their writes
   * @param waiting whether they wait for that answer
   * @param exact whether nothing is forgotten or evicted, so that every outcome is certain
   * @param maxItems the most items of a region; 0: any number
   * @param maxPending the bound of dirty keys
   * @param removals the bound of removals that are remembered
   * @param removalMillis for how long they are
   * @param slices over how many slices sums are kept
   * @param stepped whether clocks jump
   * @param offsets by how much each node's clock is ahead, in milliseconds
   */
  record Settings(
      int nodes,
      int keys,
      boolean synchronous,
      boolean waiting,
      boolean exact,
      int maxItems,
      int maxPending,
      int removals,
      long removalMillis,
      int slices,
      boolean stepped,
      List<Long> offsets) {
    ReplicationSettings replication() {
      return ReplicationSettings.defaults()
          .asynchronous(!synchronous)
          .sending(5, 1000)
          .keeping(
              new ReplicationSettings.Repair(2000, maxPending, removals, removalMillis, slices));
    }
  }

  /** What can happen. */
  enum Kind {
    /** A client of {@code node} sets key {@code a}, to live for {@code b} ms; 0: for ever. */
    SET,
    /** A client of {@code node} deletes key {@code a}. */
    DELETE,
    /** A client of {@code node} deletes {@code a} keys that nobody has. */
    DELETE_OTHERS,
    /** A client of {@code node} flushes. */
    FLUSH,
    /** A client of {@code node} has it flush in {@code b} ms. */
    FLUSH_LATER,
    /** {@code node} and node {@code a} cannot call each other; {@code b}: nor are told so. */
    CUT,
    /** {@code node} cannot call node {@code a}; {@code b} as above. */
    CUT_ONE_WAY,
    /** {@code node} and the others cannot call each other; {@code b} as above. */
    ISOLATE,
    /** All calls of {@code node}, and to it, arrive again. */
    HEAL,
    /** Calls from {@code node} to node {@code a} take up to {@code b} ms. */
    SLOW,
    /** {@code node} stands still. */
    SUSPEND,
    /** {@code node} goes on. */
    RESUME,
    /** {@code node} is killed. */
    KILL,
    /** {@code node} is started, empty, and copies what the others hold. */
    START,
    /** The clock of {@code node} jumps by {@code b} ms. */
    STEP_CLOCK,
    /** Discovery of {@code node} no longer knows node {@code a}. */
    LEAVE,
    /** It knows it again. */
    JOIN
  }

  /** One thing that happens. */
  record Step(long atMillis, Kind kind, int node, int a, long b) {
    @Override
    public String toString() {
      return "%7d ms  node %d  %s %d %d".formatted(atMillis, node, kind, a, b);
    }
  }

  /** Returns what a seed stands for. */
  static Scenario of(long seed) {
    SplittableRandom added = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + ADDED);
    int which = added.nextInt(LONG_RUNS);
    return which == 0
        ? new LongRun(added).scenario(seed)
        : which <= LONG_APART
            ? new LongApart(added).scenario(seed)
            : new Drawn(seed, added).scenario();
  }

  /** Draws by how much each node's clock is ahead, in milliseconds. */
  static List<Long> offsets(SplittableRandom random, int nodes, long furthest) {
    return random.longs(nodes, -furthest, furthest).boxed().toList();
  }

  Scenario with(List<Step> some) {
    return new Scenario(seed, settings, endMillis, some);
  }

  /** Returns this as a script to read. */
  String script() {
    StringBuilder text = new StringBuilder("seed " + seed + "  " + settings + "\n");
    steps.forEach(step -> text.append(step).append('\n'));
    return text.append("%7d ms  all is healed%n".formatted(endMillis)).toString();
  }

  /** Draws a scenario. */
  private static final class Drawn {
    private final long seed;
    private final SplittableRandom random;
    private final SplittableRandom added;
    private final List<Step> steps = new ArrayList<>();
    private Settings settings;
    private int nodes;

    Drawn(long seed, SplittableRandom added) {
      this.seed = seed;
      this.added = added;
      this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
    }

    private boolean chance(double of) {
      return random.nextDouble() < of;
    }

    Scenario scenario() {
      nodes = 2 + random.nextInt(3);
      boolean exact = chance(0.4);
      long removalMillis =
          exact ? 3_600_000 : chance(0.5) ? 600_000 : 5000 + random.nextInt(20_000);
      int removals = exact ? 100_000 : chance(0.5) ? 100_000 : 1 + random.nextInt(FEW_REMOVALS);
      int maxItems = exact || chance(0.7) ? 0 : 5 + random.nextInt(10);
      int maxPending = chance(0.5) ? 10_000 : 2 + random.nextInt(8);
      List<Long> offsets = new ArrayList<>();
      boolean skewed = chance(0.3);
      for (int i = 0; i < nodes + 2; i++) {
        offsets.add(skewed ? random.nextLong(-120_000, 120_000) : random.nextLong(-20, 20));
      }
      settings =
          new Settings(
              nodes,
              1 + random.nextInt(12),
              chance(0.3),
              added.nextInt(4) > 0,
              exact,
              maxItems,
              maxPending,
              removals,
              removalMillis,
              chance(0.1) ? 1024 : 16 << random.nextInt(4),
              chance(0.3),
              offsets);
      long end = 5000 + random.nextLong(chance(0.2) ? 200_000 : 60_000);
      boolean wild = chance(0.2);
      for (int i = 1 + random.nextInt(wild ? 40 : 5); i > 0; i--) {
        fault(random.nextLong(end), end);
      }
      long at = 0;
      for (int i = 3 + random.nextInt(wild ? 100 : 30); i > 0; i--) {
        at = chance(0.7) ? at + random.nextLong(300) : random.nextLong(end); // often close together
        client(at);
      }
      if (added.nextInt(6) == 0) {
        flushLater(end);
      }
      steps.sort(Comparator.comparingLong(Step::atMillis));
      return new Scenario(seed, settings, end, List.copyOf(steps));
    }

    private void add(long at, Kind kind, int node, int a, long b) {
      steps.add(new Step(at, kind, node, a, b));
    }

    private int node() {
      return random.nextInt(nodes);
    }

    private int other(int node) {
      return Math.floorMod(node + 1 + random.nextInt(Math.max(1, nodes - 1)), nodes);
    }

    private void client(long at) {
      int key = random.nextInt(settings.keys());
      int what = random.nextInt(100);
      if (what < 50) {
        add(at, Kind.SET, node(), key, 0);
      } else if (what < 65) {
        add(at, Kind.SET, node(), key, 100 + random.nextLong(LONGEST_TTL_MILLIS));
      } else if (what < 90) {
        add(at, Kind.DELETE, node(), key, 0);
      } else if (what < 98) {
        add(at, Kind.DELETE_OTHERS, node(), 1 + random.nextInt(40), 0);
      } else {
        add(at, Kind.FLUSH, node(), 0, 0);
      }
    }

    private void flushLater(long end) {
      long at = added.nextLong(end);
      for (int i = 1 + added.nextInt(3); i > 0; i--) {
        long delay = 1 + added.nextLong(LATEST_FLUSH_MILLIS);
        add(at, Kind.FLUSH_LATER, added.nextInt(settings.nodes()), 0, delay);
        at += added.nextLong(added.nextBoolean() ? 300 : LATEST_FLUSH_MILLIS);
      }
    }

    private void fault(long at, long end) {
      int node = node();
      long until = at + random.nextLong(chance(0.3) ? end : 10_000);
      long waits = random.nextInt(2);
      switch (random.nextInt(11)) {
        case 0 -> {
          add(at, Kind.CUT, node, other(node), waits);
          add(until, Kind.HEAL, node, 0, 0);
        }
        case 1 -> {
          add(at, Kind.CUT_ONE_WAY, node, other(node), waits);
          add(until, Kind.HEAL, node, 0, 0);
        }
        case 2, 3 -> {
          add(at, Kind.ISOLATE, node, 0, waits);
          add(until, Kind.HEAL, node, 0, 0);
        }
        case 4 -> {
          add(at, Kind.SLOW, node, other(node), 10 + random.nextLong(1500));
          add(until, Kind.HEAL, node, 0, 0);
        }
        case 5, 6 -> {
          add(at, Kind.SUSPEND, node, 0, 0);
          add(until, Kind.RESUME, node, 0, 0);
        }
        case 7 -> {
          add(at, Kind.KILL, node, 0, 0);
          add(chance(0.5) ? at + random.nextLong(3000) : until, Kind.START, node, 0, 0);
        }
        case 8 -> {
          if (nodes < settings.offsets().size()) {
            add(at, Kind.START, nodes++, 0, 0);
          }
        }
        case 9 -> {
          if (settings.stepped()) {
            long step = chance(0.5) ? 5000 : LARGEST_STEP_MILLIS;
            add(at, Kind.STEP_CLOCK, node, 0, random.nextLong(-step, step));
          }
        }
        default -> {
          int other = other(node);
          add(at, Kind.LEAVE, node, other, 0);
          add(until, Kind.JOIN, node, other, 0);
        }
      }
    }
  }
}
