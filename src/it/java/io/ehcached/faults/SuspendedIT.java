package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A node stands still while the others write more than they keep for it. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.MethodName.class) // the items grow old meanwhile
class SuspendedIT {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int ITEMS = 50;
  private static final int MORE_THAN_ARE_KEPT = 100_000; // 65,536 are, with a heap of 128 MB
  private static final int AT_ONCE = 5000;

  /** Items of this age are old, whatever a node takes for recent. */
  private static final long OLD_MILLIS = 8_000;

  private static final List<String> OLD = Survivors.keys("old", ITEMS);
  private static final List<String> RECENT = Survivors.keys("recent", ITEMS);

  @AutoClose private static Cluster cluster;
  private static long written;

  @BeforeAll
  static void start() {
    cluster = Plan.of(3).region("40m").arguments("--heap", "128m", "--admin-port", "-1").start();
    write(OLD);
    written = System.nanoTime();
  }

  private static void write(List<String> keys) {
    Pipelined.send(cluster.client(A), ITEMS, i -> Pipelined.set(keys.get(i), "x"), "STORED");
    Survivors.awaitAll(cluster, B, keys);
    Survivors.awaitAll(cluster, C, keys);
  }

  @BeforeEach
  void mend() {
    cluster.mend();
  }

  private static void suspend() {
    cluster.suspend(C);
    for (int peer : new int[] {A, B}) {
      Cluster.eventually(
          "node " + peer + " to miss it", () -> cluster.peer(peer, C, "state").equals("down"));
    }
  }

  /** Tells whether anything says that the node which stood still may be relied on. */
  private static boolean isTrusted() {
    return cluster.isReady(C)
        || cluster.peer(A, C, "state").equals("live")
        || cluster.peer(B, C, "state").equals("live");
  }

  @Test
  void removedAndForgottenMeanwhile_isGone_andItIsNeitherReadyNorLiveBefore() {
    Cluster.eventually(
        "the items to be old",
        () -> System.nanoTime() - written > TimeUnit.MILLISECONDS.toNanos(OLD_MILLIS));
    write(RECENT);
    suspend();
    for (List<String> keys : List.of(OLD, RECENT)) {
      Pipelined.send(cluster.client(A), ITEMS, i -> "delete " + keys.get(i), "DELETED");
    }
    Survivors.forget(cluster, A, B);
    cluster.resume(C);
    Cluster.eventually("node 2 to be ready or live", SuspendedIT::isTrusted);
    List<String> all = new ArrayList<>(OLD);
    all.addAll(RECENT);
    int trustedWith = Survivors.count(cluster, C, all);
    System.out.printf("faults: suspended: ready, or live at a peer, with %d items%n", trustedWith);
    Survivors.awaitNone("suspended, forgotten", cluster, all);
    assertThat(trustedWith).as("items it still had when it was ready, or live at a peer").isZero();
    Cluster.eventually("node 2 to be ready", () -> cluster.isReady(C));
    String pauses = cluster.client(C).stat("replication", "pauses"); // of the other test, too
    assertThat(
            lines(
                cluster.node(C),
                "WARN  replication.membership.CatchUp: This node stood still for "))
        .isEqualTo(pauses);
    assertThat(lines(cluster.node(C), "INFO  replication.membership.CatchUp: Caught up with "))
        .isEqualTo(pauses);
  }

  @Test
  void moreWritesThanAreKept_areAllPending_andToldOfOnce() {
    List<String> keys = Survivors.keys("kept", MORE_THAN_ARE_KEPT);
    long before = items();
    suspend();
    TextClient writer = cluster.client(A);
    for (int written = 0; written < MORE_THAN_ARE_KEPT; written += AT_ONCE) {
      int first = written;
      Pipelined.send(writer, AT_ONCE, i -> Pipelined.set(keys.get(first + i), "x"), "STORED");
      assertThat(pending()).isGreaterThanOrEqualTo(first + AT_ONCE);
    }
    cluster.resume(C);
    Cluster.eventually(
        "node 2 to have all",
        () -> {
          long pending = pending();
          long missing = before + MORE_THAN_ARE_KEPT - items();
          assertThat(pending).as("pending").isGreaterThanOrEqualTo(missing);
          return missing == 0;
        });
    Cluster.eventually("nothing to be pending", () -> pending() == 0);
    Agreement.await("more than is kept", cluster, keys, System.nanoTime());
    assertThat(cluster.peer(A, C, "overflows")).isEqualTo("1");
    for (int peer : new int[] {B, C}) {
      assertThat(cluster.peer(A, peer, "overflows"))
          .isEqualTo(Long.toString(linesOfOverflow(cluster.node(A), peer)));
    }
  }

  private static long items() {
    return Long.parseLong(cluster.client(C).stat("", "curr_items"));
  }

  private static long pending() {
    return Long.parseLong(cluster.peer(A, C, "pending"));
  }

  private static String lines(NodeProcess node, String text) {
    return Long.toString(node.log().lines().filter(line -> line.contains(text)).count());
  }

  private static long linesOfOverflow(NodeProcess node, int peer) {
    return node.log()
        .lines()
        .filter(line -> line.contains(cluster.url(peer)) && line.contains("overflow"))
        .count();
  }
}
