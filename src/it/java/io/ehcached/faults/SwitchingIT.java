package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes are told in their files to find each other another way, while clients write to all. */
@Timeout(300)
class SwitchingIT {
  private static final int NODES = 3;
  private static final long SEED = Long.getLong("faults.seed", 1);
  private static final int SWITCHES = Integer.getInteger("faults.switches", 12);
  private static final Pattern TAKEN = Pattern.compile("(peerDiscovery|rmiUrls) is ");

  private final Plan plan = Plan.of(NODES).arguments("-A", "--leave-delay", "3");
  private final String group =
      "multicastGroupAddress=230.0.0.1, timeToLive=0, hostName=127.0.0.1, multicastGroupPort="
          + FreePorts.next();
  private final String automatic = "peerDiscovery=automatic, " + group;
  private final String manual = plan.manual(0, 1, 2);
  private final String both = manual.replace("=manual", "=both") + ", " + group;
  private final String[] now = new String[NODES];
  private final History history = new History();
  private final List<Load> loads = new ArrayList<>();
  @AutoClose private Cluster cluster;

  private void start() {
    start(manual);
  }

  private void start(String provider) {
    cluster = plan.discovery(provider).start();
    for (int i = 0; i < NODES; i++) {
      now[i] = provider;
      loads.add(Load.start(cluster, i, history, "s", 500, 500, SEED));
    }
  }

  /** Gives a node another way to find peers, and waits until it has taken that over. */
  private void give(int node, String provider) {
    if (provider.equals(now[node])) {
      return;
    }
    long before = taken(node);
    now[node] = provider;
    plan.rewrite(node, provider);
    Cluster.eventually("node " + node + " to take over " + provider, () -> taken(node) > before);
  }

  private long taken(int node) {
    return TAKEN.matcher(cluster.node(node).log()).results().count();
  }

  private void giveAll(String provider) {
    IntStream.range(0, NODES).parallel().forEach(i -> give(i, provider));
  }

  private void awaitLive(int... peers) {
    for (int i = 0; i < NODES; i++) {
      int node = i;
      Cluster.eventually("node " + i + " and its peers", () -> cluster.live(node) == peers[node]);
    }
  }

  /** Lets clients go on, and then expects that nothing was lost and nobody cut off. */
  private void finish(String story) {
    loads.forEach(load -> load.awaitMore(200));
    loads.forEach(Load::close);
    history.check(Agreement.await(story, cluster, history.keys(), System.nanoTime()));
    assertThat(loads).extracting(Load::sessions).containsOnly(1L);
    cluster.assertSound();
  }

  @Test
  void listThatShrinksAndGrows_isHeededWhileClientsWrite() {
    start();
    give(0, plan.manual(0, 1));
    give(1, plan.manual(0, 1));
    give(2, plan.manual(2));
    awaitLive(1, 1, 0);
    assertThat(cluster.client(0).set("apart", "x")).isEqualTo("STORED");
    Cluster.eventually("it to arrive", () -> "x".equals(cluster.client(1).get("apart")));
    assertThat(cluster.client(2).get("apart")).isNull();

    giveAll(manual);
    awaitLive(2, 2, 2);
    Cluster.eventually("it to arrive", () -> "x".equals(cluster.client(2).get("apart")));
    finish("a list that shrank and grew");
  }

  @Test
  void waysToFindEachOther_changeAtRandomWhileClientsWrite() {
    plan.anyPort();
    start(automatic);
    giveAll(manual);
    awaitLive(2, 2, 2);
    for (int i = 0; i < NODES; i++) { // the listed ports are in use
      assertThat(cluster.replication(i)).containsEntry("url", plan.url(i));
    }
    Random random = new Random(SEED);
    List<String> ways = List.of(manual, automatic, both);
    for (int i = 0; i < SWITCHES; i++) {
      give(random.nextInt(NODES), ways.get(random.nextInt(ways.size())));
      loads.get(random.nextInt(NODES)).awaitMore(100);
    }
    giveAll(automatic);
    awaitLive(2, 2, 2);
    giveAll(manual);
    awaitLive(2, 2, 2);
    finish(SWITCHES + " switches of seed " + SEED);
  }

  @Test
  void nodeThatIsToldToLeave_servesOnForAWhile_andTakesNothingWithIt() {
    start();
    try (var client = cluster.node(2).connect()) {
      client.send("shutdown graceful\r\n");
      assertThat(client.set("late", "x")).isEqualTo("STORED");
      try (var another = cluster.node(2).connect()) {
        assertThat(another.get("late")).isEqualTo("x");
      }
      assertThat(client.isClosedByPeer()).isTrue();
    }
    assertThat(cluster.node(2).awaitExit()).isZero();
    assertThat(cluster.node(2).log())
        .contains("leaving the cluster: not ready any longer")
        .endsWith("stopped\n");
    assertThat(cluster.node(2).log()).doesNotContain("were not handed");
    loads.forEach(Load::close);
    for (int i = 0; i < 2; i++) {
      int node = i;
      Cluster.eventually("it to be there", () -> "x".equals(cluster.client(node).get("late")));
    }
    cluster.letGo(2);
    cluster.restart(2);
    history.check(Agreement.await("a node that left", cluster, history.keys(), System.nanoTime()));
  }
}
