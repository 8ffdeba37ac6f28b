package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.settings.ReplicationSettings;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SynchronousModeIT {
  private static final long LONG = 20_000; // more than any call may take, in milliseconds

  private static TestCluster cluster(int size, long callMillis) {
    ReplicationSettings settings = TestCluster.SETTINGS.sending(100, callMillis);
    TestCluster cluster = new TestCluster(size, settings.asynchronous(false), 1);
    for (TestNode node : cluster.nodes) {
      await().until(() -> states(node).allMatch("live"::equals));
      String value = "by " + node.number;
      await("peers to be waited for") // from the first write on that they are sent
          .until(
              () -> {
                node.set("met", value);
                return cluster.nodes.stream().allMatch(each -> value.equals(each.get("met")));
              });
    }
    return cluster;
  }

  private static Stream<String> states(TestNode node) {
    return node.replicator.stats().entrySet().stream()
        .filter(line -> line.getKey().endsWith(":state"))
        .map(Map.Entry::getValue);
  }

  private static void write(TestNode node, String key, String value) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    node.set(key, value);
    node.replicator.whenReplicated(done::countDown);
    done.await();
  }

  @Test
  void answeredWrite_isOnAllPeers() throws InterruptedException {
    try (TestCluster cluster = cluster(3, LONG)) {
      for (int i = 0; i < 200; i++) {
        write(cluster.node(i % 3), "k" + i, "v");
        for (TestNode node : cluster.nodes) {
          assertThat(node.get("k" + i)).isEqualTo("v");
        }
      }
    }
  }

  @Test
  void peerThatMissesItsDeadline_isLeftOutAndThenCaughtUp() throws InterruptedException {
    try (TestCluster cluster = cluster(3, 1000)) {
      cluster.link(0, 1).hang(true);
      cluster.link(2, 1).cut(true); // nor does it learn of anything by others
      cluster.link(1, 0).cut(true);
      cluster.link(1, 2).cut(true);
      write(cluster.node(0), "a", "1");
      assertThat(cluster.node(2).get("a")).isEqualTo("1");
      assertThat(states(cluster.node(0))).contains("down", "live");
      AtomicInteger answered = new AtomicInteger();
      IntStream.range(0, 100)
          .forEach(
              i -> {
                cluster.node(0).set("k" + i, "v");
                cluster.node(0).replicator.whenReplicated(answered::incrementAndGet);
              });
      await().until(() -> answered.get() == 100);
      assertThat(cluster.node(1).get("a")).isNull();
      cluster.heal();
      cluster.awaitConvergence();
      await().until(() -> states(cluster.node(0)).allMatch("live"::equals));
      write(cluster.node(0), "b", "2");
      assertThat(cluster.node(1).get("b")).isEqualTo("2");
    }
  }

  @Test
  void peerThatRefusesAWrite_isNotSaidToHaveIt() throws InterruptedException {
    long twoHours = TimeUnit.HOURS.toMillis(2); // ahead of a peer's clock, which refuses that
    try (TestCluster cluster = cluster(2, LONG)) {
      TestNode ahead = cluster.node(0);
      ahead.setClock(twoHours);
      CountDownLatch waiting = new CountDownLatch(1);
      cluster.link(0, 1).hold(waiting);
      CountDownLatch done = new CountDownLatch(1);
      ahead.set("a", "1");
      ahead.replicator.whenReplicated(done::countDown);
      waiting.countDown();
      await("to be refused by sending and by comparing")
          .until(() -> Integer.parseInt(stat(ahead, ":errors")) >= 2);
      assertThat(done.getCount()).isEqualTo(1);
      assertThat(stat(ahead, ":pending")).isEqualTo("1");
      cluster.node(1).setClock(twoHours);
      done.await();
      assertThat(cluster.node(1).get("a")).isEqualTo("1");
      await().until(() -> stat(ahead, ":pending").equals("0"));
    }
  }

  private static String stat(TestNode node, String end) {
    return node.replicator.stats().entrySet().stream()
        .filter(line -> line.getKey().endsWith(end))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nodeWithoutPeers_answersAtOnce() {
    try (TestCluster cluster = cluster(1, LONG)) {
      AtomicInteger answered = new AtomicInteger();
      cluster.node(0).replicator.whenReplicated(answered::incrementAndGet);
      assertThat(answered).hasValue(1);
    }
  }
}
