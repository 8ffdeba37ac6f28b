package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.TextClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More writes than a peer takes, and little memory to keep them in. */
@Timeout(300)
class OverloadIT {
  private static final int KEYS = 80_000; // more than wait for a peer in so little heap
  private static final int ROUNDS = 3;
  private static final String FILLING = "x".repeat(60);

  private static Runnable writer(Cluster cluster, int node, int half) {
    return () -> {
      try (TextClient client = cluster.node(node).connect()) {
        for (int round = 0; round < ROUNDS; round++) {
          String value = FILLING + round;
          Pipelined.send(
              client, KEYS / 2, i -> Pipelined.set("load" + (2 * i + half), value), "STORED");
        }
      }
    };
  }

  @Test
  void littleHeapAndAPeerThatDoesNotListen_losesNothing() {
    try (Cluster cluster = Plan.of(2).region("40m").arguments("--heap", "128m").start()) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        keys.add("load" + i);
      }
      Threads.run(writer(cluster, 0, 0), writer(cluster, 1, 1));
      Agreement.await("128 MB, full speed", cluster, keys, System.nanoTime());

      Pipelined.send(cluster.client(1), KEYS, i -> "delete load" + i, "DELETED", "NOT_FOUND");
      cluster.suspend(1);
      Threads.run(writer(cluster, 0, 0), writer(cluster, 0, 1));
      Pipelined.send(cluster.client(0), KEYS / 4, i -> "delete load" + 4 * i, "DELETED");
      cluster.resume(1);
      Contents all = Agreement.await("128 MB, no peer", cluster, keys, System.nanoTime());
      assertThat(all.items()).hasSize(KEYS / 4 * 3);
      assertThat(all.items().values())
          .allMatch(held -> held.value().equals(FILLING + (ROUNDS - 1)));
      for (TextClient client : cluster.clients()) {
        assertThat(client.stat("", "evictions")).isEqualTo("0");
      }
      cluster.assertSound();
    }
  }
}
