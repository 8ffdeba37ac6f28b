package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three nodes in processes of their own: what is written on one is found on the others. */
class ClusterIT {
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<TextClient> clients = new ArrayList<>();

  @AfterEach
  void stop() {
    clients.forEach(TextClient::close);
    nodes.forEach(NodeProcess::close);
  }

  private void start(List<Path> configs) {
    for (Path config : configs) {
      nodes.add(NodeProcess.start(config));
      clients.add(nodes.get(nodes.size() - 1).connect());
    }
    for (int i = 0; i < clients.size(); i++) {
      String key = "meet" + i;
      TextClient writer = clients.get(i);
      // Until all have met, what one writes is lost on the others: write until it is seen.
      eventually(
          () -> {
            writer.set(key, "x");
            return clients.stream().allMatch(client -> client.get(key) != null);
          });
    }
  }

  private static void eventually(Callable<Boolean> condition) {
    await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  private void eventuallyAll(String key, String value) {
    for (TextClient client : clients) {
      eventually(() -> java.util.Objects.equals(client.get(key), value));
    }
  }

  @ParameterizedTest
  @EnumSource(Discovery.class)
  void whatIsDoneOnOneNode_isSeenOnTheOthers(Discovery discovery) {
    start(discovery.configs(3));
    TextClient first = clients.get(0);
    TextClient second = clients.get(1);
    TextClient third = clients.get(2);

    assertThat(first.ask("set k 4294967295 0 3\r\none")).isEqualTo("STORED");
    eventuallyAll("k", "one");
    assertThat(third.flags("k")).isEqualTo("4294967295");
    assertThat(third.cas("k")).isEqualTo(first.cas("k"));

    assertThat(first.ask("ms m 1 E77\r\nx")).isEqualTo("HD");
    eventually(() -> third.ask("mg m c").equals("HD c77"));
    assertThat(third.ask("md m I E78")).isEqualTo("HD");
    eventually(() -> second.ask("mg m c").equals("HD c78 X W"));
    assertThat(second.ask("mg m c")).isEqualTo("HD c78 Z X");
    eventually(() -> first.ask("mg m c").startsWith("HD c78 "));

    assertThat(second.set("k", "two")).isEqualTo("STORED");
    eventuallyAll("k", "two");

    String unique = second.cas("k");
    assertThat(third.ask("cas k 0 0 5 " + unique + "\r\nthree")).isEqualTo("STORED");
    eventuallyAll("k", "three");

    assertThat(third.ask("append k 0 0 1\r\n!")).isEqualTo("STORED");
    eventuallyAll("k", "three!");

    assertThat(first.ask("delete k")).isEqualTo("DELETED");
    eventuallyAll("k", null);

    assertThat(first.set("n", "18446744073709551610")).isEqualTo("STORED");
    eventuallyAll("n", "18446744073709551610");
    assertThat(second.ask("incr n 7")).isEqualTo("1");
    assertThat(second.get("n").strip()).isEqualTo("1");
    eventuallyAll("n", second.get("n"));

    assertThat(first.set("short", "x", 1000)).isEqualTo("STORED");
    eventuallyAll("short", "x");
    assertThat(second.ask("touch short -1")).isEqualTo("TOUCHED");
    eventuallyAll("short", null);

    assertThat(first.set("a", "x")).isEqualTo("STORED");
    eventuallyAll("a", "x");
    assertThat(third.ask("flush_all")).isEqualTo("OK");
    eventuallyAll("a", null);
    assertThat(second.set("after", "x")).isEqualTo("STORED");
    eventuallyAll("after", "x");
  }

  @ParameterizedTest
  @EnumSource(Discovery.class)
  void twoNewNodes_findEachOther(Discovery discovery) {
    List<Path> configs = discovery.configs(2);
    nodes.add(NodeProcess.start(configs.get(0)));
    nodes.add(NodeProcess.start(configs.get(1)));
    long listening = System.nanoTime();

    eventually(() -> nodes.stream().allMatch(node -> node.log().contains(" is live (was ")));

    System.out.printf(
        "cluster: two nodes found each other (%s) %d ms after the second listened%n",
        discovery, (System.nanoTime() - listening) / 1_000_000);
  }

  @ParameterizedTest
  @EnumSource(Discovery.class)
  void nodeKilledAndStartedAgain_hasItsDataBack(Discovery discovery) {
    List<Path> configs = discovery.configs(2);
    start(configs);
    for (int i = 0; i < 1000; i++) {
      assertThat(clients.get(i % 2).set("key" + i, "value" + i)).isEqualTo("STORED");
    }
    for (int i = 0; i < 1000; i++) {
      eventuallyAll("key" + i, "value" + i);
    }

    nodes.get(1).kill();
    clients.get(1).close();
    nodes.set(1, NodeProcess.start(configs.get(1)));
    TextClient back = nodes.get(1).connect();
    clients.set(1, back);

    for (int i = 0; i < 1000; i++) {
      String key = "key" + i;
      String value = "value" + i;
      eventually(() -> value.equals(back.get(key)));
    }
  }

  @ParameterizedTest
  @EnumSource(Discovery.class)
  void nodeToldToStop_handsOverWhatItHadAcknowledged(Discovery discovery) {
    start(discovery.configs(2));
    TextClient leaving = clients.get(0);
    StringBuilder burst = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      burst.append("set burst").append(i).append(" 0 0 1\r\nx\r\n");
    }
    leaving.send(burst.toString());
    for (int i = 0; i < 2000; i++) {
      assertThat(leaving.line()).isEqualTo("STORED");
    }
    assertThat(nodes.get(0).terminate()).isIn(0, 143);

    TextClient staying = clients.get(1);
    for (int i = 0; i < 2000; i++) {
      String key = "burst" + i;
      eventually(() -> "x".equals(staying.get(key)));
    }
  }
}
