package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.store.Digests;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicatorIT {
  /** What lies between the starts of two frames, at least: see docs/performance.md. */
  private static final long FRAME_NANOS = 500_000;

  @Test
  void write_reachesAllPeers() {
    try (TestCluster cluster = TestCluster.of(3)) {
      cluster.node(0).set("a", "1");
      await()
          .until(
              () -> "1".equals(cluster.node(1).get("a")) && "1".equals(cluster.node(2).get("a")));
      cluster.awaitConvergence();
    }
  }

  @Test
  void writesInQuickSuccession_shareFrames() {
    try (TestCluster cluster = TestCluster.of(2)) {
      cluster.node(0).set("k0", "v");
      await().until(() -> cluster.node(1).get("k0") != null);
      long calls = cluster.link(0, 1).calls();
      long start = System.nanoTime();
      for (int i = 1; i <= 5000; i++) {
        cluster.node(0).set("k" + i, "v");
        LockSupport.parkNanos(10_000);
      }
      await().until(() -> cluster.node(1).get("k5000") != null);

      long frames = (System.nanoTime() - start) / FRAME_NANOS + 1;
      long rounds = (System.nanoTime() - start) / 50_000_000 + 50; // of comparison
      assertThat(cluster.link(0, 1).calls() - calls).isLessThanOrEqualTo(frames + rounds);
    }
  }

  @Test
  void delete_reachesAllPeers_evenOneThatFoundNothing() {
    try (TestCluster cluster = TestCluster.of(2)) {
      cluster.link(0, 1).cut(true);
      cluster.link(1, 0).cut(true);
      cluster.node(0).set("a", "1");
      cluster.node(1).delete("a");
      cluster.heal();
      await().until(() -> cluster.node(0).get("a") == null);
      cluster.awaitConvergence();
    }
  }

  @Test
  void peerThatWasUnreachable_getsAllItMissed() {
    try (TestCluster cluster = TestCluster.of(2)) {
      IntStream.range(0, 500).forEach(i -> cluster.node(0).set("k" + i, "old"));
      cluster.awaitConvergence();
      cluster.link(0, 1).cut(true);
      IntStream.range(0, 1000).forEach(i -> cluster.node(0).set("k" + i, "new" + i));
      IntStream.range(0, 250).forEach(i -> cluster.node(0).delete("k" + i));
      cluster.link(0, 1).cut(false);
      await().until(() -> "new999".equals(cluster.node(1).get("k999")));
      cluster.awaitConvergence();
      assertThat(cluster.node(1).contents()).hasSize(750);
    }
  }

  @Test
  void tooMuchPending_isFoundAgainByComparison() {
    ReplicationSettings few =
        TestCluster.SETTINGS.keeping(
            new ReplicationSettings.Repair(200, 100, 10_000, 600_000, Digests.SLICES));
    try (TestCluster cluster = new TestCluster(2, few, 1)) {
      cluster.node(0).set("first", "x");
      cluster.awaitConvergence();
      cluster.link(0, 1).cut(true);
      IntStream.range(0, 2000).forEach(i -> cluster.node(0).set("k" + i, "v"));
      IntStream.range(0, 100).forEach(i -> cluster.node(0).delete("k" + i));
      cluster.node(0).delete("first");
      cluster.link(0, 1).cut(false);
      cluster.awaitConvergence();
      assertThat(cluster.node(1).contents()).hasSize(1900);
      Replicator told = cluster.node(0).replicator;
      long overflows = told.status().peers().get(0).counts().overflows();
      assertThat(overflows).isPositive();
      assertThat(told.stats()).containsEntry("peer:0:overflows", Long.toString(overflows));
    }
  }

  @Test
  void nodeThatCopiesFromNobody_saysNoneEverywhere() {
    try (TestCluster cluster = TestCluster.of(1)) {
      Replicator told = cluster.node(0).replicator;
      assertThat(told.status().copying().source()).isEqualTo("none");
      assertThat(told.stats()).containsEntry("bootstrap_source", "none");
    }
  }

  @Test
  void writeThatReachedOneOfTwoBeforeItsNodeDied_reachesTheOther() {
    try (TestCluster cluster = TestCluster.of(3)) {
      cluster.node(0).set("before", "x");
      cluster.awaitConvergence();
      cluster.link(0, 2).cut(true);
      IntStream.range(0, 300).forEach(i -> cluster.node(0).set("k" + i, "v"));
      cluster.node(0).delete("before");
      await().until(() -> cluster.node(1).contents().size() == 300);
      cluster.kill(0);
      await().until(() -> cluster.node(1).contents().size() == 300);
      cluster.awaitConvergence();
      assertThat(cluster.node(0).contents()).hasSize(300);
    }
  }

  @Test
  void hungPeer_holdsUpNobody() {
    try (TestCluster cluster = TestCluster.of(3)) {
      cluster.link(0, 1).hang(true);
      cluster.node(0).set("a", "1");
      await().until(() -> "1".equals(cluster.node(2).get("a")));
      cluster.heal();
      cluster.awaitConvergence();
    }
  }

  @Test
  void flush_killsOnAllNodesWhatIsOlder_andNothingNewer() {
    try (TestCluster cluster = TestCluster.of(2)) {
      cluster.node(0).set("old", "1");
      cluster.awaitConvergence();
      cluster.links(l -> l.cut(true));
      cluster.node(1).set("older", "2");
      long now = System.currentTimeMillis();
      await().until(() -> System.currentTimeMillis() > now);
      cluster.node(0).store.flush();
      cluster.node(0).set("new", "3");
      cluster.heal();
      cluster.awaitConvergence();
      assertThat(cluster.node(1).contents()).containsOnlyKeys("new");
    }
  }

  @Test
  void clocksFarApart_convergeAllTheSame() {
    try (TestCluster cluster = TestCluster.of(1)) {
      TestNode ahead = cluster.add(300_000, 0);
      TestNode behind = cluster.add(-300_000, 0);
      ahead.set("a", "ahead");
      await().until(() -> "ahead".equals(behind.get("a")));
      behind.set("a", "behind");
      await().until(() -> "behind".equals(ahead.get("a")));
      behind.delete("a");
      await().until(() -> ahead.get("a") == null);
      cluster.awaitConvergence();
    }
  }

  @Test
  void eviction_isNotRepairedForEver() {
    try (TestCluster cluster = TestCluster.of(1)) {
      TestNode small = cluster.add(0, 500);
      IntStream.range(0, 3000).forEach(i -> cluster.node(0).set("k" + i, "v"));
      await().until(() -> cluster.node(0).replicator.isDrained());
      AtomicLong sent = new AtomicLong();
      await()
          .untilAsserted(
              () -> {
                sent.set(cluster.node(0).replicator.sent());
                long rounds = cluster.link(0, 1).calls() + 10;
                await().until(() -> cluster.link(0, 1).calls() > rounds);
                assertThat(cluster.node(0).replicator.sent()).isEqualTo(sent.get());
              });
      assertThat(small.contents().size()).isLessThan(600);
      cluster.node(0).set("one", "more");
      await().until(() -> "more".equals(small.get("one")));
    }
  }

  @Test
  void peerThatLeftAndCameBack_getsWhatItMissed() {
    try (TestCluster cluster = TestCluster.of(2)) {
      cluster.node(0).set("a", "1");
      cluster.awaitConvergence();
      cluster.node(0).lose(cluster.node(1));
      cluster.node(0).set("a", "2");
      cluster.node(0).delete("b");
      cluster.node(0).meetAgain(cluster.node(1));
      await().until(() -> "2".equals(cluster.node(1).get("a")));
      cluster.awaitConvergence();
    }
  }

  @Test
  void peerAwayForLongerThanRemovalsAreRemembered_doesNotBringThemBack() {
    ReplicationSettings brief =
        TestCluster.SETTINGS.keeping(
            new ReplicationSettings.Repair(50, 10, 10_000, 1, Digests.SLICES));
    try (TestCluster cluster = new TestCluster(2, brief, 1)) {
      IntStream.range(0, 100).forEach(i -> cluster.node(0).set("k" + i, "v"));
      cluster.awaitConvergence();
      long rounds = cluster.link(0, 1).calls() + 30; // so long that the items count as agreed on
      long others = cluster.link(1, 0).calls() + 30;
      await()
          .until(() -> cluster.link(0, 1).calls() > rounds && cluster.link(1, 0).calls() > others);
      cluster.links(l -> l.cut(true));
      IntStream.range(0, 50).forEach(i -> cluster.node(0).delete("k" + i));
      await()
          .until(
              () -> {
                cluster.node(0).store.reclaim();
                return cluster.node(0).store.ledger().tombstones().size() == 0;
              });
      cluster.node(1).set("new", "v");
      cluster.heal();
      await().until(() -> cluster.node(0).contents().size() == 51);
      cluster.awaitConvergence();
      assertThat(cluster.node(1).contents()).hasSize(51);
    }
  }

  @Test
  void moreWritesThanASlowPeerTakes_areFoundAgainByComparison() {
    ReplicationSettings few =
        TestCluster.SETTINGS.keeping(
            new ReplicationSettings.Repair(200, 100, 10_000, 600_000, Digests.SLICES));
    try (TestCluster cluster = new TestCluster(2, few, 1)) {
      cluster.node(0).set("first", "x");
      cluster.awaitConvergence();
      cluster.link(0, 1).disturb(0, 0, 0, 20);
      IntStream.range(0, 5000).forEach(i -> cluster.node(0).set("k" + i, "v"));
      cluster.awaitConvergence();
      assertThat(cluster.node(1).contents()).hasSize(5001);
      assertThat(cluster.node(0).replicator.stats()).containsEntry("peer:0:errors", "0");
    }
  }

  @Test
  void peerStartedAnewOnItsAddress_getsEverything() {
    try (TestCluster cluster = TestCluster.of(2)) {
      IntStream.range(0, 500).forEach(i -> cluster.node(0).set("k" + i, "v"));
      cluster.awaitConvergence();
      cluster.restart(1);
      cluster.awaitConvergence();
      assertThat(cluster.node(1).contents()).hasSize(500);
    }
  }
}
