package io.ehcached.simulation;

import io.ehcached.item.Key;
import io.ehcached.simulation.Scenario.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Runs a scenario. */
final class Simulation {
  /** For how long the nodes are left alone before they are looked at. */
  private static final long SETTLING_MILLIS = 60_000;

  /** After how long they are looked at, too, in three of four scenarios; all is well mostly. */
  private static final long SOONEST_MILLIS = 15_000;

  private static final int MAX_NODES = 6;

  private final Scenario scenario;
  private final VirtualTime time;
  private final Network network;
  private final SimulatedNode[] nodes = new SimulatedNode[MAX_NODES];
  private final long[] startedAt = new long[MAX_NODES];
  private final long[] resumedAt = new long[MAX_NODES];
  private final long[][] unreachableSince = new long[MAX_NODES][MAX_NODES]; // 0: reachable
  private final boolean[][] left = new boolean[MAX_NODES][MAX_NODES];
  private final Oracle oracle;
  private final Copies copies;
  private final CatchUpOracle catchUp;
  private final WaiterOracle waiters;
  private final MemoryOracle memory;
  private int starts;
  private int others;

  /**
   * What came of it.
   *
   * @param violations of what is promised; empty when there were none
   * @param trace a number that differs when anything happened otherwise
   */
  record Outcome(List<String> violations, long trace, long events) {}

  private Simulation(Scenario scenario) {
    this.scenario = scenario;
    time = new VirtualTime(scenario.seed());
    oracle = new Oracle(scenario.settings(), time);
    copies = new Copies(oracle, nodes);
    catchUp = new CatchUpOracle(oracle);
    waiters = new WaiterOracle(scenario.settings(), time, oracle, nodes);
    memory = new MemoryOracle(scenario.settings(), oracle);
    network =
        new Network(
            time,
            nodes,
            node -> {
              oracle.observe(node);
              copies.look(node);
              catchUp.look();
              waiters.look(node);
            });
  }

  static Outcome run(Scenario scenario) {
    return new Simulation(scenario).run();
  }

  private Outcome run() {
    for (int i = 0; i < scenario.settings().nodes(); i++) {
      start(i, false);
    }
    long begin = time.now();
    for (Step step : scenario.steps()) {
      if (step.atMillis() < scenario.endMillis()) {
        time.runUntil(begin + step.atMillis() * VirtualTime.MILLI);
        happen(step);
      }
    }
    time.runUntil(begin + scenario.endMillis() * VirtualTime.MILLI);
    check();
    heal();
    long healed = time.now();
    List<SimulatedNode> alive = alive();
    time.runUntil(healed + SOONEST_MILLIS * VirtualTime.MILLI);
    if (scenario.seed() % 4 == 0 || !oracle.isWell(alive)) {
      time.runUntil(healed + SETTLING_MILLIS * VirtualTime.MILLI);
      oracle.settled(alive);
    }
    waiters.settled();
    alive.forEach(memory::look);
    alive.forEach(SimulatedNode::kill);
    return new Outcome(oracle.violations(), time.trace(), time.events());
  }

  private List<SimulatedNode> alive() {
    return Arrays.stream(nodes).filter(Objects::nonNull).filter(SimulatedNode::isAlive).toList();
  }

  private void start(int number, boolean copying) {
    SimulatedNode node =
        new SimulatedNode(
            number,
            starts++,
            scenario.settings(),
            time,
            network,
            scenario.settings().offsets().get(number),
            copying);
    boolean known = nodes[number] != null; // at that address, so nobody is told
    nodes[number] = node;
    startedAt[number] = time.now();
    oracle.started(node);
    if (copying) {
      copies.begins(node, time.now());
    }
    Arrays.fill(left[number], false);
    for (int i = 0; i < nodes.length; i++) {
      if (i != number && nodes[i] != null) {
        node.join(i);
        if (!known && nodes[i].isAlive()) {
          nodes[i].join(number);
        }
      }
    }
  }

  private void happen(Step step) {
    int number = step.node();
    SimulatedNode node = nodes[number];
    if (step.kind() == Scenario.Kind.START) {
      if (node == null || !node.isAlive()) {
        start(number, true);
      }
      return;
    }
    if (node == null || !node.isAlive() || (step.a() >= nodes.length && isAboutPeer(step))) {
      return;
    }
    if (isAboutPeer(step) && nodes[step.a()] == null) {
      return;
    }
    if (disturbs(step)) {
      catchUp.disturbed();
    }
    boolean waits = step.b() != 0;
    switch (step.kind()) {
      case SET, DELETE, DELETE_OTHERS, FLUSH, FLUSH_LATER -> {
        if (!node.isSuspended()) {
          write(node, step);
        }
      }
      case CUT -> {
        cut(number, step.a(), waits);
        cut(step.a(), number, waits);
      }
      case CUT_ONE_WAY -> cut(number, step.a(), waits);
      case ISOLATE -> {
        for (int i = 0; i < nodes.length; i++) {
          if (i != number) {
            cut(number, i, waits);
            cut(i, number, waits);
          }
        }
      }
      case HEAL -> {
        check();
        for (int i = 0; i < nodes.length; i++) {
          network.heal(number, i);
          network.heal(i, number);
          unreachableSince[number][i] = 0;
          unreachableSince[i][number] = 0;
        }
      }
      case SLOW -> network.slow(number, step.a(), step.b());
      case SUSPEND -> node.suspend();
      case RESUME -> {
        resume(node);
        resumedAt[number] = time.now();
      }
      case KILL -> {
        node.kill();
      }
      case STEP_CLOCK -> node.stepClock(step.b());
      case LEAVE -> {
        left[number][step.a()] = true;
        node.run(
            () -> {
              left[number][step.a()] = true; // it may have joined just before, if it stood still
              node.leave(step.a());
            });
      }
      case JOIN ->
          node.run(
              () -> {
                left[number][step.a()] = false;
                node.join(step.a());
              });
      default -> throw new IllegalStateException(step.toString());
    }
  }

  private void resume(SimulatedNode node) {
    if (node.isSuspended()) {
      boolean everyoneKnown = isEveryoneKnown();
      node.resume();
      waiters.resumed(node);
      if (catchUp.isNoticed(node) && network.isClean() && everyoneKnown) {
        catchUp.resumed(
            node, alive().stream().filter(peer -> peer != node && !peer.isSuspended()).toList());
      }
    }
  }

  private boolean isEveryoneKnown() {
    for (boolean[] of : left) {
      for (boolean gone : of) {
        if (gone) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean disturbs(Step step) {
    return switch (step.kind()) {
      case SET, DELETE, DELETE_OTHERS, FLUSH, FLUSH_LATER, HEAL, RESUME -> false;
      default -> true;
    };
  }

  private static boolean isAboutPeer(Step step) {
    return switch (step.kind()) {
      case CUT, CUT_ONE_WAY, SLOW, LEAVE, JOIN -> true;
      default -> false;
    };
  }

  private void write(SimulatedNode node, Step step) {
    switch (step.kind()) {
      case SET -> {
        int id = oracle.set(node, step.a(), step.b());
        waiters.wrote(node, peer -> oracle.lacking(id, node, peer));
      }
      case DELETE -> {
        int id = oracle.delete(node, step.a());
        waiters.wrote(node, peer -> oracle.lacking(id, node, peer));
      }
      case FLUSH, FLUSH_LATER -> {
        if (step.kind() == Scenario.Kind.FLUSH) {
          oracle.flushes().flush(node);
        } else {
          oracle.flushes().flushLater(node, step.b());
        }
        long flush = Flushes.asked(node);
        waiters.wrote(node, peer -> Flushes.asked(peer) < flush ? flush : 0);
      }
      default -> deleteOthers(node, step.a());
    }
  }

  private void deleteOthers(SimulatedNode node, int count) {
    for (int i = 0; i < count; i++) {
      Key key = Key.of("other" + others++);
      long stamp = node.delete(key) - 1; // as it is sent once it is forgotten
      waiters.wrote(node, peer -> oracle.lacking(key, stamp, peer));
    }
  }

  private void cut(int from, int to, boolean waits) {
    network.cut(from, to, waits);
    if (unreachableSince[from][to] == 0) {
      unreachableSince[from][to] = time.now();
    }
  }

  /** Checks what the nodes tell of each other. */
  private void check() {
    alive().forEach(memory::look);
    for (SimulatedNode node : alive()) {
      for (SimulatedNode peer : alive()) {
        if (node != peer && !node.isSuspended() && !left[node.number][peer.number]) {
          long since = unreachableSince[node.number][peer.number];
          if (since != 0 && since > startedAt[node.number]) {
            oracle.unreachable(node, peer.number, Math.max(since, resumedAt[node.number]));
          }
          oracle.owed(node, peer, Math.max(startedAt[node.number], startedAt[peer.number]));
        }
      }
    }
  }

  private void heal() {
    network.healAll();
    for (int i = 0; i < nodes.length; i++) {
      SimulatedNode node = nodes[i];
      if (node != null && !node.isAlive()) {
        start(i, true);
        continue;
      }
      if (node != null) {
        node.resume();
        waiters.resumed(node);
      }
    }
    for (SimulatedNode node : alive()) {
      for (int i = 0; i < nodes.length; i++) {
        if (left[node.number][i] && nodes[i] != null) {
          left[node.number][i] = false;
          int peer = i;
          time.after(0, () -> node.run(() -> node.join(peer))); // behind what it did not do yet
        }
      }
    }
  }
}
