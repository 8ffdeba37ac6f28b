package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.TextClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clocks are set, by more than the time for which removals are remembered, while nodes run. */
@Timeout(300)
class SteppedClocksIT {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int NODES = 3;
  private static final int ITEMS = 50;
  private static final int STEP_SECONDS = 660;

  /** Items of this age are old, whatever a node takes for recent. */
  private static final long OLD_MILLIS = 8_000;

  private static final List<String> FOR_FORWARD = Survivors.keys("forward", ITEMS);
  private static final List<String> FOR_BACKWARD = Survivors.keys("backward", ITEMS);

  private static final Path[] CLOCKS = new Path[NODES];
  private static final int[] OFF_SECONDS = new int[NODES];

  @AutoClose private static Cluster cluster;
  private static long written;

  @BeforeAll
  static void start() throws IOException {
    Faketime faketime = Faketime.find();
    Plan plan = Plan.of(NODES).onMachines().region("40m").arguments("--heap", "128m");
    for (int i = 0; i < NODES; i++) {
      CLOCKS[i] = Files.writeString(Files.createTempFile("ehcached", ".clock"), "+0");
      plan.environment(i, faketime.offBy(CLOCKS[i]));
    }
    cluster = plan.start();
    for (List<String> keys : List.of(FOR_FORWARD, FOR_BACKWARD)) {
      Pipelined.send(cluster.client(A), ITEMS, i -> Pipelined.set(keys.get(i), "x"), "STORED");
      Survivors.awaitAll(cluster, B, keys);
      Survivors.awaitAll(cluster, C, keys);
    }
    written = System.nanoTime();
  }

  @BeforeEach
  void mend() {
    cluster.mend();
  }

  /** Sets the clock of a node that runs, and waits until it goes by that. */
  private static void step(int node, int seconds) {
    long before = time(node);
    OFF_SECONDS[node] += seconds;
    try {
      Files.writeString(CLOCKS[node], "%+d".formatted(OFF_SECONDS[node]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Cluster.eventually(
        "the clock to be set", () -> Math.abs(time(node) - before) > Math.abs(seconds) / 2);
  }

  private static long time(int node) {
    return Long.parseLong(cluster.client(node).stat("", "time"));
  }

  private static void isolate() {
    cluster.hosts().isolate(C);
    for (int i = 0; i < NODES; i++) { // who has something to send notices at once
      cluster.client(i).set("noticed", "x");
    }
    for (int other : new int[] {A, B}) {
      Cluster.eventually(
          "the cut to be noticed",
          () ->
              cluster.peer(C, other, "state").equals("down")
                  && cluster.peer(other, C, "state").equals("down"));
    }
  }

  private static void remove(List<String> keys) {
    Pipelined.send(cluster.client(A), ITEMS, i -> "delete " + keys.get(i), "DELETED");
    Survivors.awaitNone(cluster, B, keys);
  }

  /** Ends the cut, and the node that knows best what the isolated one misses. */
  private static void healWithoutWhoRemoved() {
    cluster.kill(A);
    cluster.hosts().heal();
    Cluster.eventually("a peer to be back", () -> cluster.peer(C, B, "state").equals("live"));
    cluster.restart(A);
  }

  @Test
  void forward_removalsAreStillRemembered() {
    List<String> keys = Survivors.keys("older", ITEMS);
    isolate();
    TextClient isolated = cluster.client(C);
    Pipelined.send(isolated, ITEMS, i -> Pipelined.set(keys.get(i), "old"), "STORED");
    long after = System.currentTimeMillis();
    Cluster.eventually("the clock to go on", () -> System.currentTimeMillis() > after + 300);
    Pipelined.send(cluster.client(A), ITEMS, i -> Pipelined.set(keys.get(i), "new"), "STORED");
    Survivors.awaitAll(cluster, B, keys);
    remove(keys);
    step(A, STEP_SECONDS);
    step(B, STEP_SECONDS);
    for (int node : new int[] {A, B}) { // which has it look for removals that are too old
      assertThat(cluster.client(node).ask("delete none")).isEqualTo("NOT_FOUND");
    }
    assertThat(Survivors.count(cluster, C, keys)).isEqualTo(ITEMS);
    healWithoutWhoRemoved();
    Survivors.awaitNone("clocks set forward, an older write", cluster, keys);
  }

  @Test
  @Tag("long")
  void forwardAfterRemovalsAreForgotten_nothingComesBack() {
    forgottenAndStepped(FOR_FORWARD, new int[] {A, B}, STEP_SECONDS);
  }

  @Test
  void backwardAfterRemovalsAreForgotten_nothingComesBack() {
    forgottenAndStepped(FOR_BACKWARD, new int[] {C}, -STEP_SECONDS);
  }

  private static void forgottenAndStepped(List<String> keys, int[] stepping, int seconds) {
    Cluster.eventually(
        "the items to be old",
        () -> System.nanoTime() - written > TimeUnit.MILLISECONDS.toNanos(OLD_MILLIS));
    isolate();
    remove(keys);
    Survivors.forget(cluster, A, B);
    assertThat(Survivors.count(cluster, C, keys)).isEqualTo(ITEMS);
    for (int node : stepping) {
      step(node, seconds);
    }
    healWithoutWhoRemoved();
    Survivors.awaitNone("clocks set by " + seconds + " s", cluster, keys);
  }
}
