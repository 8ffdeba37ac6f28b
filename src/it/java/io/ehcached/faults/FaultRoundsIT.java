package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Round after round of faults at random, under writes on all nodes. The same {@code faults.seed}
 * gives the same writes and faults, though never quite at the same moments; {@code faults.rounds}
 * says how many rounds.
 */
@Tag("long")
class FaultRoundsIT {
  private static final int NODES = 4;
  private static final int ROUNDS = Integer.getInteger("faults.rounds", 20);
  private static final long SEED = Long.getLong("faults.seed", 1);

  @AutoClose private static Cluster cluster;

  private Random random;
  private History history;
  private final List<Load> loads = new ArrayList<>();

  /** What may happen. */
  private enum Fault {
    STOP,
    KILL,
    SPLIT,
    ONE_WAY,
    FLAP,
    FLUSH
  }

  @BeforeAll
  static void start() {
    cluster = Plan.of(NODES).onMachines().start();
  }

  @Test
  void allAgreeAfterEachRound() {
    Set<String> keys = new TreeSet<>();
    for (int i = 0; i < ROUNDS; i++) {
      round(i);
      keys.addAll(history.keys());
    }
    Agreement.await("after all rounds", cluster, keys, System.nanoTime());
    cluster.assertSound();
  }

  private void round(int number) {
    random = new Random(SEED * 1_000_003 + number);
    history = new History();
    loads.clear();
    for (int i = 0; i < NODES; i++) {
      loads.add(Load.start(cluster, i, history, "r" + number, 500, 250 << random.nextInt(4), SEED));
    }
    StringBuilder story = new StringBuilder("round " + number + " of seed " + SEED + ":");
    int faults = 1 + random.nextInt(3);
    for (int i = 0; i < faults; i++) {
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
      int node = random.nextInt(NODES);
      story.append(' ').append(fault).append(' ').append(node);
      System.out.println("faults: " + story);
      happen(fault, node);
    }
    cluster.hosts().heal();
    long lastFault = System.nanoTime();
    loads.forEach(Load::close);
    cluster.mend();
    history.check(Agreement.await(story.toString(), cluster, history.keys(), lastFault));
  }

  private void happen(Fault fault, int node) {
    switch (fault) {
      case STOP -> {
        cluster.suspend(node);
        goOn(node);
        cluster.resume(node);
      }
      case KILL -> {
        cluster.kill(node);
        loads.get(node).close();
        history.killed(node);
        goOn(node);
        cluster.restart(node);
      }
      case SPLIT -> {
        split(node);
        goOn(-1);
        if (random.nextBoolean()) { // else it stays while the next fault happens
          cluster.hosts().heal();
        }
      }
      case ONE_WAY -> {
        for (int other = 0; other < NODES; other++) {
          if (other != node && random.nextInt(3) > 0) {
            cluster.hosts().cut(node, other);
          }
        }
        goOn(-1);
        if (random.nextBoolean()) {
          cluster.hosts().heal();
        }
      }
      case FLAP -> {
        for (int i = 0; i < 4; i++) {
          split(node);
          goOn(-1);
          cluster.hosts().heal();
          goOn(-1);
        }
      }
      case FLUSH -> {
        goOn(-1);
        long start = System.nanoTime();
        assertThat(cluster.client(node).ask("flush_all")).isEqualTo("OK");
        history.flushed(node, start, System.nanoTime());
        goOn(-1);
      }
    }
  }

  /** Keeps a node, and some of the others with it, from the rest. */
  private void split(int node) {
    boolean[] side = new boolean[NODES];
    for (int i = 0; i < NODES; i++) {
      side[i] = i == node || random.nextInt(3) == 0;
    }
    for (int a = 0; a < NODES; a++) {
      for (int b = 0; b < NODES; b++) {
        if (side[a] != side[b]) {
          cluster.hosts().cut(a, b);
        }
      }
    }
  }

  /** Lets the writes on all nodes but one go on for up to a few seconds. */
  private void goOn(int but) {
    int commands = 25 << random.nextInt(6);
    for (int i = 0; i < NODES; i++) {
      if (i != but && loads.get(i).isRunning()) {
        loads.get(i).awaitMore(commands);
      }
    }
  }
}
