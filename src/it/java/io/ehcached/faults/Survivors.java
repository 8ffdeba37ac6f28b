package io.ehcached.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Items that no node is to have any more. */
final class Survivors {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What was sent before a node lost its last copy may arrive for so long. */
  private static final Duration CALM = Duration.ofMillis(500);

  private static final Duration POLL = Duration.ofMillis(50);
  private static final int MORE_THAN_ARE_REMEMBERED = 70_000;

  private Survivors() {}

  /** Returns so many keys. */
  static List<String> keys(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  /** Returns how many of the items a node has. */
  static int count(Cluster cluster, int node, List<String> keys) {
    return Contents.read(cluster.client(node), keys).items().size();
  }

  /** Waits until a node has all the items. */
  static void awaitAll(Cluster cluster, int node, List<String> keys) {
    Cluster.eventually(
        "node " + node + " to have all", () -> count(cluster, node, keys) == keys.size());
  }

  /** Waits until a node has none of the items. */
  static void awaitNone(Cluster cluster, int node, List<String> keys) {
    Cluster.eventually("node " + node + " to have none", () -> count(cluster, node, keys) == 0);
  }

  /** Waits until no node has any of the items: nothing is left then that could bring them back. */
  static void awaitNone(String scenario, Cluster cluster, List<String> keys) {
    long start = System.nanoTime();
    long calmSince = start;
    while (System.nanoTime() - calmSince < CALM.toNanos()) {
      if (counts(cluster, keys).stream().anyMatch(count -> count > 0)) {
        calmSince = System.nanoTime();
        if (calmSince - start > PATIENCE.toNanos()) {
          throw new AssertionError(description(scenario, cluster, keys));
        }
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    System.out.printf(
        "faults: %s: gone everywhere after %d ms%n", scenario, (calmSince - start) / 1_000_000);
  }

  private static String description(String scenario, Cluster cluster, List<String> keys) {
    StringBuilder text = new StringBuilder(scenario + ": alive on nodes 0, 1, …: ");
    text.append(counts(cluster, keys)).append(" of ").append(keys.size());
    for (int i = 0; i < cluster.size(); i++) {
      text.append("\nnode ").append(i).append(" says: ").append(cluster.replication(i));
    }
    return text + "\n" + cluster.logs();
  }

  private static List<Integer> counts(Cluster cluster, List<String> keys) {
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      counts.add(count(cluster, i, keys));
    }
    return counts;
  }

  /**
   * Has a node with {@code --heap 128m}, and another that it can reach, forget the removals so far,
   * and the first also which keys its other peers lack.
   */
  static void forget(Cluster cluster, int node, int reached) {
    Pipelined.send(
        cluster.client(node), MORE_THAN_ARE_REMEMBERED, i -> "delete none" + i, "NOT_FOUND");
    Cluster.eventually(
        "the removals to be sent", () -> cluster.peer(node, reached, "pending").equals("0"));
  }
}
