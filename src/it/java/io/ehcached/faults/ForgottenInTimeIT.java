package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that remember removals for two seconds, in place of ten minutes; one is cut off longer. */
@Tag("long")
@Timeout(300)
class ForgottenInTimeIT {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int NODES = 3;
  private static final int ITEMS = 50;
  private static final Map<String, String> SHORT =
      Map.of("JAVA_OPTS", "-Dehcached.removalMillis=2000");

  @AutoClose private Cluster cluster;

  @BeforeEach
  void start() {
    Plan plan = Plan.of(NODES).onMachines();
    for (int i = 0; i < NODES; i++) {
      plan.environment(i, SHORT);
    }
    cluster = plan.start();
  }

  private void awaitForgotten(int node) {
    Cluster.eventually(
        "all removals but the last to be forgotten",
        () ->
            cluster.client(node).ask("delete none").equals("NOT_FOUND")
                && cluster.replication(node).get("tombstones").equals("1"));
  }

  /** Who removed the items is started anew, and so no longer has to tell of it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 10})
  void itemsWrittenBeforeTheCut_doNotComeBack(int secondsBefore) {
    List<String> keys = Survivors.keys("cut", ITEMS);
    Pipelined.send(cluster.client(A), ITEMS, i -> Pipelined.set(keys.get(i), "x"), "STORED");
    Survivors.awaitAll(cluster, B, keys);
    Survivors.awaitAll(cluster, C, keys);
    long written = System.nanoTime();
    Cluster.eventually(
        "the items to be so old",
        () -> System.nanoTime() - written >= TimeUnit.SECONDS.toNanos(secondsBefore));
    cluster.hosts().isolate(C);
    Pipelined.send(cluster.client(A), ITEMS, i -> "delete " + keys.get(i), "DELETED");
    Survivors.awaitNone(cluster, B, keys);
    awaitForgotten(A);
    awaitForgotten(B);
    cluster.kill(A);
    cluster.restart(A);
    assertThat(Survivors.count(cluster, C, keys)).isEqualTo(ITEMS);
    cluster.hosts().heal();
    Survivors.awaitNone("forgotten in time, " + secondsBefore + " s", cluster, keys);
  }
}
