package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.TextClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A peer that is dead, or does not answer, for a while. */
@Timeout(300)
@ExtendWith(ThreeNodes.class)
class AbsentPeerIT {
  private static final int WRITES = 10_000;

  @Test
  void peerKilled_hasAllThatWasWrittenAndRemovedMeanwhile(Cluster cluster) {
    TextClient first = cluster.client(0);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      keys.add("killed" + i);
    }
    Pipelined.send(first, WRITES, i -> Pipelined.set(keys.get(i), "before" + i), "STORED");
    Agreement.await("before the kill", cluster, keys, System.nanoTime());

    cluster.kill(2);
    Pipelined.send(first, WRITES / 2, i -> Pipelined.set(keys.get(i), "after" + i), "STORED");
    Pipelined.send(
        cluster.client(1), WRITES / 2, i -> "delete " + keys.get(WRITES / 2 + i), "DELETED");
    cluster.restart(2);

    Contents all = Agreement.await("killed for 10,000 writes", cluster, keys, System.nanoTime());
    assertThat(all.items()).hasSize(WRITES / 2);
    assertThat(all.items().values()).allMatch(held -> held.value().startsWith("after"));
  }

  @Test
  void peerStoppedFor5Seconds_catchesUp(Cluster cluster) {
    stoppedFor(5, cluster);
  }

  @Test
  @Tag("long")
  void peerStoppedFor70Seconds_catchesUp(Cluster cluster) {
    stoppedFor(70, cluster);
  }

  private static void stoppedFor(int seconds, Cluster cluster) {
    History history = new History();
    String prefix = "stopped" + seconds;
    long slowest = 0;
    Load one = Load.start(cluster, 0, history, prefix, 5000, 2000, seconds);
    Load other = Load.start(cluster, 1, history, prefix, 5000, 2000, seconds);
    long lastFault;
    try (one;
        other) {
      one.awaitMore(2000);
      cluster.suspend(2);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      for (int i = 0; System.nanoTime() < end; i++) {
        slowest = Math.max(slowest, seen(cluster, "mark" + i % 2, Integer.toString(i)));
        one.awaitMore(100);
        other.awaitMore(100);
      }
      cluster.resume(2);
      lastFault = System.nanoTime();
    }
    System.out.printf(
        "faults: stopped %d s: a write was seen by the other peer after %d ms at the most,"
            + " a batch of clients' took %d ms at the most%n",
        seconds, slowest, Math.max(one.longestMillis(), other.longestMillis()));
    history.check(Agreement.await("stopped " + seconds + " s", cluster, history.keys(), lastFault));
  }

  /** Writes on one node, waits until another has it, and returns how many milliseconds it took. */
  private static long seen(Cluster cluster, String key, String value) {
    long start = System.nanoTime();
    assertThat(cluster.client(0).set(key, value)).isEqualTo("STORED");
    TextClient reader = cluster.client(1);
    Cluster.eventually("the write to be seen", () -> Objects.equals(reader.get(key), value));
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Test
  void listedPeerStopped_nodeStartsWithoutIt(Cluster cluster) {
    assertThat(cluster.client(0).set("started", "x")).isEqualTo("STORED");
    cluster.kill(2);
    cluster.suspend(1);
    long start = System.nanoTime();
    cluster.restart(2);
    System.out.printf(
        "faults: started beside a stopped peer in %d ms%n",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    assertThat(cluster.client(2).get("started")).isEqualTo("x");
    assertThat(cluster.client(2).set("started", "y")).isEqualTo("STORED");
    Cluster.eventually("node 0 to see it", () -> "y".equals(cluster.client(0).get("started")));
    cluster.resume(1);
    Agreement.await("a stopped peer is back", cluster, List.of("started"), System.nanoTime());
  }

  @Test
  void nodeToldToStop_handsOverToPeersThatAreSlow(Cluster cluster) throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      keys.add("handed" + i);
    }
    cluster.suspend(1);
    cluster.suspend(2);
    Pipelined.send(
        cluster.client(0), WRITES, i -> Pipelined.set(keys.get(i), "value" + i), "STORED");
    for (int peer : new int[] {1, 2}) {
      Cluster.eventually(
          "the peer to be down", () -> "down".equals(cluster.peer(0, peer, "state")));
    }
    cluster.letGo(0);
    cluster.node(0).process().destroy();
    Cluster.eventually("the node to stop", () -> cluster.node(0).log().contains("stopping"));
    cluster.resume(1);
    cluster.resume(2);
    assertThat(cluster.node(0).process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(cluster.node(0).log()).doesNotContain("were not handed");

    for (int i = 1; i < cluster.size(); i++) {
      assertThat(Contents.read(cluster.client(i), keys).items()).hasSize(WRITES);
    }
    cluster.restart(0);
    Agreement.await("handed over", cluster, keys, System.nanoTime());
  }
}
