package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.TextClient;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writes that race each other. */
@Timeout(300)
@ExtendWith(ThreeNodes.class)
class WritersIT {
  private static List<String> keys(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static Runnable writer(Cluster cluster, int node, String prefix, int count, String by) {
    return () -> {
      try (TextClient client = cluster.node(node).connect()) {
        Pipelined.send(client, count, i -> Pipelined.set(prefix + i, by + i), "STORED");
      }
    };
  }

  @Test
  void twoNodesWriteTheSameKeysAtOnce(Cluster cluster) {
    for (int round = 0; round < 5; round++) {
      Threads.run(
          writer(cluster, 0, "same", 1000, "one"), writer(cluster, 1, "same", 1000, "other"));
    }
    Contents all =
        Agreement.await("1,000 keys on two nodes", cluster, keys("same", 1000), System.nanoTime());
    assertThat(all.items()).hasSize(1000);
  }

  @Test
  void twoThreadsWriteTheSameKeysOnOneNode(Cluster cluster) {
    int count = 100_000;
    Threads.run(
        writer(cluster, 0, "many", count, "one"), writer(cluster, 0, "many", count, "other"));
    Contents all =
        Agreement.await("100,000 keys by two", cluster, keys("many", count), System.nanoTime());
    assertThat(all.items()).hasSize(count);
    Pipelined.send(cluster.client(1), count, i -> "delete many" + i, "DELETED", "NOT_FOUND");
    Agreement.await("100,000 removals", cluster, keys("many", count), System.nanoTime());
  }

  @Test
  void aLargeItemReachesAll_alsoByCopy(Cluster cluster) {
    String value = "0123456789".repeat(500_000);
    cluster.client(0).send("set large 5 0 " + value.length() + "\r\n" + value + "\r\n");
    assertThat(cluster.client(0).line()).isEqualTo("STORED");
    List<String> keys = List.of("large");
    Contents all = Agreement.await("5 MB", cluster, keys, System.nanoTime());
    assertThat(all.get("large").value()).isEqualTo(value);

    cluster.kill(2);
    cluster.restart(2, "bootstrapAsynchronously=false, maximumChunkSizeBytes=100000");
    assertThat(Contents.read(cluster.client(2), keys)).isEqualTo(all);
    assertThat(cluster.client(2).ask("delete large")).isEqualTo("DELETED");
    Agreement.await("5 MB removed", cluster, keys, System.nanoTime());
  }
}
