package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.TextClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients are answered once all peers have what they wrote; unless a peer does not answer. */
@Timeout(300)
class SynchronousIT {
  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Plan.of(3).replicator("replicateAsynchronously=false").start();
  }

  @Test
  void onePeerStopped_isLeftOutAndCaughtUp() {
    TextClient first = cluster.client(0);
    TextClient second = cluster.client(1);
    TextClient third = cluster.client(2);
    // As soon as it waits for the peers, what was answered is there, with no waiting.
    Cluster.eventually(
        "node 0 to wait for its peers",
        () -> first.set("first", "x") != null && third.get("first") != null);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      keys.add("sync" + i);
      assertThat(first.set("sync" + i, "v" + i)).isEqualTo("STORED");
      assertThat(second.get("sync" + i)).isEqualTo("v" + i);
      assertThat(third.get("sync" + i)).isEqualTo("v" + i);
    }

    cluster.suspend(2);
    long slowest = 0;
    for (int i = 0; i < 500; i++) {
      long start = System.nanoTime();
      assertThat(first.set("sync" + i, "w" + i)).isEqualTo("STORED");
      slowest = Math.max(slowest, System.nanoTime() - start);
      assertThat(second.get("sync" + i)).isEqualTo("w" + i);
    }
    System.out.printf(
        "faults: synchronous, one of three stopped: the slowest write took %d ms%n",
        slowest / 1_000_000);
    assertThat(cluster.peer(0, 2, "state")).isEqualTo("down");
    assertThat(cluster.peer(0, 1, "state")).isEqualTo("live");

    cluster.resume(2);
    Agreement.await("synchronous, stopped", cluster, keys, System.nanoTime());
    cluster.awaitLinked();
    Cluster.eventually(
        "node 0 to wait for all again",
        () -> {
          String value = Long.toString(System.nanoTime());
          return first.set("again", value) != null && value.equals(third.get("again"));
        });
  }

  @BeforeEach
  void mend() {
    cluster.mend();
  }

  @Test
  void nodeKilledUnderWrites_noneThatWasAnsweredIsLost() {
    History history = new History();
    Load one = Load.start(cluster, 0, history, "answered", 2000, 1000, 5);
    Load doomed = Load.start(cluster, 1, history, "answered", 2000, 1000, 6);
    try (one;
        doomed) {
      doomed.awaitMore(2000);
      cluster.kill(1);
    }
    long lastFault = System.nanoTime();
    cluster.restart(1);
    history.check(Agreement.await("synchronous, killed", cluster, history.keys(), lastFault));
  }
}
