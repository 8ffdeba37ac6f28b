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

/** Four machines, and a network that keeps some of them apart. */
@Timeout(300)
class PartitionIT {
  private static final int NODES = 4;

  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Plan.of(NODES).onMachines().start();
  }

  @BeforeEach
  void mend() {
    cluster.mend();
  }

  private static List<Load> loads(History history, String prefix, int seed) {
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      loads.add(Load.start(cluster, i, history, prefix, 1000, 500, seed));
    }
    loads.forEach(load -> load.awaitMore(250));
    return loads;
  }

  /** Heals the network under the writes, ends them, and checks what they came to. */
  private static void healAndCheck(String scenario, History history, List<Load> loads) {
    loads.forEach(load -> load.awaitMore(500));
    cluster.hosts().heal();
    long lastFault = System.nanoTime();
    loads.forEach(Load::close);
    history.check(Agreement.await(scenario, cluster, history.keys(), lastFault));
  }

  private static void apart() {
    for (int a : new int[] {0, 1}) {
      for (int b : new int[] {2, 3}) {
        cluster.hosts().cut(a, b);
        cluster.hosts().cut(b, a);
      }
    }
  }

  private static void eventually(int node, String key, String value) {
    TextClient client = cluster.client(node);
    Cluster.eventually(
        key + " on node " + node, () -> java.util.Objects.equals(client.get(key), value));
  }

  /** Lets the clock go on, so that of two writes it is clear which is the newer. */
  private static void aMomentLater() {
    long now = System.currentTimeMillis();
    Cluster.eventually("the clock to go on", () -> System.currentTimeMillis() > now + 1);
  }

  @Test
  void halvesApart_agreeAfterwards() {
    TextClient first = cluster.client(0);
    TextClient last = cluster.client(3);
    List<String> keys = List.of("kept", "removed", "brought-back", "n", "appended", "touched");
    keys.forEach(key -> assertThat(first.set(key, "1")).isEqualTo("STORED"));
    keys.forEach(key -> eventually(3, key, "1"));
    apart();
    assertThat(first.ask("delete removed")).isEqualTo("DELETED");
    assertThat(last.ask("delete brought-back")).isEqualTo("DELETED");
    aMomentLater();
    assertThat(first.set("brought-back", "2")).isEqualTo("STORED");
    assertThat(first.ask("incr n 10")).isEqualTo("11");
    aMomentLater();
    assertThat(last.ask("incr n 20")).isEqualTo("21");
    assertThat(last.ask("append appended 0 0 1\r\n!")).isEqualTo("STORED");
    assertThat(last.ask("touch touched 1000")).isEqualTo("TOUCHED");
    eventually(1, "removed", null);
    eventually(2, "n", "21");
    assertThat(last.get("removed")).isEqualTo("1"); // so they are apart
    cluster.hosts().heal();

    Contents all = Agreement.await("halves, by hand", cluster, keys, System.nanoTime());
    assertThat(all.get("kept").value()).isEqualTo("1");
    assertThat(all.get("removed")).isNull();
    assertThat(all.get("brought-back").value()).isEqualTo("2");
    assertThat(all.get("n").value()).isEqualTo("21");
    assertThat(all.get("appended").value()).isEqualTo("1!");
    assertThat(all.get("touched").value()).isEqualTo("1");
  }

  @Test
  void halvesApartUnderWrites_agreeAfterwards() {
    History history = new History();
    List<Load> loads = loads(history, "halves", 1);
    apart();
    loads.forEach(load -> load.awaitMore(500));
    long start = System.nanoTime();
    assertThat(cluster.client(2).ask("flush_all")).isEqualTo("OK");
    history.flushed(2, start, System.nanoTime());
    healAndCheck("halves", history, loads);
  }

  @Test
  void oneHearsAndIsNotHeard_agreesAfterwards() {
    History history = new History();
    List<Load> loads = loads(history, "one-way", 2);
    for (int other = 1; other < NODES; other++) {
      cluster.hosts().cut(0, other);
    }
    healAndCheck("one way", history, loads);
  }

  @Test
  void networkThatComesAndGoes_losesNothing() {
    History history = new History();
    List<Load> loads = loads(history, "flapping", 3);
    for (int i = 0; i < 4; i++) {
      apart();
      loads.get(0).awaitMore(500); // a second of writes
      cluster.hosts().heal();
      loads.get(0).awaitMore(500);
    }
    healAndCheck("flapping", history, loads);
  }

  @Test
  void senderDiesHavingReachedOneOfThree_allHaveIt() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      keys.add("half-sent" + i);
    }
    TextClient first = cluster.client(0);
    Pipelined.send(first, 2000, i -> Pipelined.set(keys.get(i), "old"), "STORED");
    Agreement.await("before the sender died", cluster, keys, System.nanoTime());
    cluster.hosts().cut(0, 2);
    cluster.hosts().cut(0, 3);
    Pipelined.send(first, 1000, i -> Pipelined.set(keys.get(i), "new"), "STORED");
    Pipelined.send(first, 1000, i -> "delete " + keys.get(1000 + i), "DELETED");
    Cluster.eventually(
        "node 1 to have all",
        () -> Contents.read(cluster.client(1), keys.subList(1000, 2000)).items().isEmpty());
    cluster.kill(0);
    long lastFault = System.nanoTime();
    cluster.hosts().heal();
    cluster.restart(0);
    Contents all = Agreement.await("sender died half-way", cluster, keys, lastFault);
    assertThat(all.items()).hasSize(1000);
    assertThat(all.items().values()).allMatch(held -> held.value().equals("new"));
  }
}
