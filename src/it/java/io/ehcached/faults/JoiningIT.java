package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node that joins the others, and must come to hold what they do. */
@Timeout(300)
@ExtendWith(ThreeNodes.class)
class JoiningIT {
  private static final int ITEMS = 20_000;
  private static final String SLOWLY = "bootstrapAsynchronously=true, maximumChunkSizeBytes=5000";

  private static List<String> fill(Cluster cluster, String prefix, int valueLength) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      keys.add(prefix + i);
    }
    String value = "x".repeat(valueLength);
    Pipelined.send(cluster.client(0), ITEMS, i -> Pipelined.set(keys.get(i), value + i), "STORED");
    return keys;
  }

  @Test
  void joiningUnder5000WritesASecond_missesNone(Cluster cluster) {
    List<String> still = fill(cluster, "still", 200);
    Agreement.await("before joining", cluster, still, System.nanoTime());
    cluster.kill(2);
    History history = new History();
    Load one = Load.start(cluster, 0, history, "moving", 10_000, 2500, 1);
    Load other = Load.start(cluster, 1, history, "moving", 10_000, 2500, 2);
    try (one;
        other) {
      one.awaitMore(2500);
      cluster.restart(2);
      assertThat(Contents.read(cluster.client(2), still).items()).hasSize(ITEMS);
      try (Load third = Load.start(cluster, 2, history, "moving", 10_000, 500, 3)) {
        third.awaitMore(500);
        one.awaitMore(2500);
      }
    }
    long lastFault = System.nanoTime();
    history.check(Agreement.await("joined under writes", cluster, history.keys(), lastFault));
    Agreement.await("joined under writes, the rest", cluster, still, lastFault);
  }

  @Test
  void sourceOfTheCopyDies_anotherGoesOn(Cluster cluster) {
    List<String> keys = fill(cluster, "copied", 1500);
    Agreement.await("before the copy", cluster, keys, System.nanoTime());
    cluster.kill(2);
    cluster.restart(2, SLOWLY);
    int source = awaitCopying(cluster);
    cluster.suspend(source);
    assertThat(cluster.replication(2)).containsEntry("bootstrap_state", "copying");

    // Not all is there yet, and no client may see that.
    Contents begun = Contents.read(cluster.client(2), keys.subList(0, 500));
    assertThat(begun.items()).hasSize(500);
    Map<String, String> state = cluster.replication(2);
    System.out.printf(
        "faults: its source died when %s of %d items were copied%n",
        state.get("bootstrap_items"), ITEMS);
    assertThat(Integer.parseInt(state.get("bootstrap_items"))).isLessThan(ITEMS);

    cluster.kill(source);
    Cluster.eventually(
        "the copy to be made", () -> cluster.replication(2).get("bootstrap_state").equals("done"));
    assertThat(Contents.read(cluster.client(2), keys).items()).hasSize(ITEMS);
    assertThat(cluster.node(2).log()).contains("Copying from").contains("failed at");
    cluster.restart(source);
    Agreement.await("source killed", cluster, keys, System.nanoTime());
  }

  /** Waits until the last node has copied a part, and returns from where. */
  private static int awaitCopying(Cluster cluster) {
    Cluster.eventually(
        "the copy to be begun",
        () -> Integer.parseInt(cluster.replication(2).get("bootstrap_percent")) > 0);
    String url = cluster.replication(2).get("bootstrap_source");
    return url.contains(":" + cluster.peerPort(0) + "/") ? 0 : 1;
  }
}
