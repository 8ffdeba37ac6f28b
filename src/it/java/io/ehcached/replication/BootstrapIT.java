package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.item.Key;
import io.ehcached.support.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapIT {
  private static void fill(TestNode node, int count) {
    IntStream.range(0, count).forEach(i -> node.set("k" + i, "value of " + i));
  }

  @Test
  void joiningNode_holdsAllThereIsOnceItIsReady() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(2)) {
      fill(cluster.node(0), 5000);
      cluster.node(0).delete("k7");
      cluster.awaitConvergence();
      TestNode joined = cluster.addCopying(1000);
      joined.replicator.awaitCopy();
      assertThat(joined.contents()).isEqualTo(cluster.node(0).contents()).hasSize(4999);
      assertThat(joined.replicator.stats())
          .containsEntry("bootstrap_state", "done")
          .containsEntry("bootstrap_percent", "100");
    }
  }

  @Test
  void itemAboveTheChunkSize_isCopied() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(1)) {
      cluster.node(0).set("large", "x".repeat(5_000_000));
      fill(cluster.node(0), 10);
      TestNode joined = cluster.addCopying(1000);
      joined.replicator.awaitCopy();
      assertThat(joined.get("large")).hasSize(5_000_000);
      assertThat(joined.contents()).hasSize(11);
    }
  }

  @Test
  void nodeJoiningUnderWrites_missesNoneAndTakesNoneBack() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(1)) {
      TestNode source = cluster.node(0);
      fill(source, 3000);
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger written = new AtomicInteger();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                while (!stop.get()) {
                  int i = written.incrementAndGet();
                  source.set("k" + i % 4000, "new " + i);
                  if (i % 5 == 0) {
                    source.delete("k" + i * 7 % 4000);
                  }
                }
              });
      TestNode joined = cluster.addCopying(2000);
      joined.replicator.awaitCopy();
      stop.set(true);
      writer.join();
      cluster.awaitConvergence();
      assertThat(joined.contents()).isNotEmpty();
    }
  }

  @Test
  void itemsThatChangeDuringTheCopy_areCountedOnce() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(1)) {
      TestNode source = cluster.node(0);
      fill(source, 3000);
      cluster.delayNewLinks(10);
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; !stop.get(); i++) {
                  source.set("k" + i % 3000, "new " + i);
                }
              });
      TestNode joined = cluster.addCopying(2000);
      joined.replicator.awaitCopy();
      stop.set(true);
      writer.join();
      assertThat(joined.replicator.stats()).containsEntry("bootstrap_items", "3000");
    }
  }

  @Test
  void sourceThatDies_isReplacedByAnother() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(2)) {
      fill(cluster.node(0), 5000);
      cluster.awaitConvergence();
      cluster.delayNewLinks(10);
      TestNode joined = cluster.addCopying(1000);
      await() // often, as the copy is not to be at its end
          .pollInterval(Duration.ofMillis(5))
          .until(() -> joined.contents().size() > 500);
      String source = joined.replicator.stats().get("bootstrap_source");
      assertThat(joined.replicator.isCopying()).isTrue();
      joined.links.get(source).cut(true);
      joined.replicator.awaitCopy();
      assertThat(joined.replicator.stats().get("bootstrap_source")).isNotEqualTo(source);
      assertThat(joined.contents()).hasSize(5000);
    }
  }

  @Test
  void onlySourceThatDies_leavesANodeThatSaysThatItsCopyBrokeOff() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(1);
        CapturedLog log = CapturedLog.of("io.ehcached.replication")) {
      fill(cluster.node(0), 5000);
      cluster.delayNewLinks(10);
      TestNode joined = cluster.addCopying(1000);
      await().pollInterval(Duration.ofMillis(5)).until(() -> joined.contents().size() > 500);
      joined.links.values().forEach(link -> link.cut(true));
      joined.replicator.awaitCopy();
      assertThat(joined.contents()).hasSizeLessThan(5000);
      assertThat(log.with("WARN The copy broke off at ")).hasSize(1);
      assertThat(log.with("Copied ")).isEmpty();
      assertThat(joined.replicator.stats()).containsEntry("bootstrap_source", "none");
    }
  }

  @Test
  void nobodyThere_isReadyAllTheSame() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(0)) {
      TestNode alone = cluster.addCopying(1000);
      alone.replicator.awaitCopy();
      assertThat(alone.replicator.isCopying()).isFalse();
    }
  }

  @Test
  void missDuringTheCopy_isAskedOfAPeer() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(1)) {
      fill(cluster.node(0), 20_000);
      cluster.delayNewLinks(10);
      TestNode joined = cluster.addCopying(1000);
      await().until(() -> "copying".equals(joined.replicator.stats().get("bootstrap_state")));
      String missing =
          IntStream.range(0, 20_000)
              .mapToObj(i -> "k" + i)
              .filter(key -> joined.get(key) == null)
              .reduce((first, last) -> last)
              .orElseThrow();
      CountDownLatch done = new CountDownLatch(1);
      joined.replicator.fetch(List.of(Key.of(missing), Key.of("none")), done::countDown);
      done.await();
      assertThat(joined.get(missing)).startsWith("value of");
      assertThat(joined.get("none")).isNull();
    }
  }
}
