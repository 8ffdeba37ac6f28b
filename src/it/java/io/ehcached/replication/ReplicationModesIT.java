package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.store.Merged;
import io.ehcached.store.StoredItem;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplicationModesIT {
  private static TestCluster cluster(
      boolean puts, boolean putsCopied, boolean updates, boolean updatesCopied, boolean removals) {
    ReplicationSettings settings =
        TestCluster.SETTINGS.replicating(
            new ReplicationSettings.Changes(puts, putsCopied, updates, updatesCopied, removals));
    return new TestCluster(2, settings, 1);
  }

  private static void awaitRounds(TestCluster cluster) {
    long rounds = cluster.link(0, 1).calls() + 8;
    await().until(() -> cluster.link(0, 1).calls() > rounds);
  }

  @Test
  void putsNotReplicated_stayWhereTheyAre_andUpdatesDoNot() {
    try (TestCluster cluster = cluster(false, true, true, true, true)) {
      cluster.node(0).set("a", "1");
      awaitRounds(cluster);
      assertThat(cluster.node(1).get("a")).isNull();
      cluster.node(0).set("a", "2");
      await().until(() -> "2".equals(cluster.node(1).get("a")));
    }
  }

  @Test
  void removalsNotReplicated_leaveThePeersItem() {
    try (TestCluster cluster = cluster(true, true, true, true, false)) {
      cluster.node(0).set("a", "1");
      await().until(() -> "1".equals(cluster.node(1).get("a")));
      cluster.node(0).delete("a");
      awaitRounds(cluster);
      assertThat(cluster.node(1).get("a")).isEqualTo("1");
    }
  }

  @Test
  void updatesNotCopied_makeThePeerForget() {
    try (TestCluster cluster = cluster(true, true, true, false, true)) {
      cluster.node(0).set("a", "1");
      await().until(() -> "1".equals(cluster.node(1).get("a")));
      cluster.node(0).set("a", "2");
      await().until(() -> cluster.node(1).get("a") == null);
      assertThat(cluster.node(0).get("a")).isEqualTo("2");
    }
  }

  @Test
  void writeFromAnotherYear_isRefusedAndSaid() {
    try (TestCluster cluster = TestCluster.of(1)) {
      TestNode ahead = cluster.add(365 * 86_400_000L, 0);
      ahead.set("future", "x");
      await()
          .until( // once or more often, as it is offered again
              () ->
                  !cluster.node(0).replicator.stats().get("peer:0:refused_ahead").equals("0")
                      || !cluster.node(0).replicator.stats().get("unknown_received").equals("0"));
      assertThat(cluster.node(0).get("future")).isNull();
      await()
          .untilAsserted( // it learns of it by the answer, a moment later
              () ->
                  assertThat(ahead.replicator.stats().get("peer:0:last_error"))
                      .contains("ahead of its clock"));
    }
  }

  @Test
  void expiry_isTheSameMomentOnANodeWhoseClockDiffers() {
    try (TestCluster cluster = TestCluster.of(1)) {
      TestNode ahead = cluster.add(300_000, 0);
      Key key = Key.of("a");
      long expiry = System.currentTimeMillis() + 60_000;
      cluster
          .node(0)
          .store
          .change(key, "", (old, none) -> new StoredItem(key, new byte[1], 0, expiry));
      await().until(() -> ahead.store.peek(key) != null);
      assertThat(ahead.store.peek(key).expiry()).isBetween(expiry + 299_000, expiry + 301_000);
    }
  }

  @Test
  void drain_handsOverWhatIsQueuedForASlowPeer() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(2)) {
      cluster.node(0).set("a", "1");
      cluster.awaitConvergence();
      cluster.link(0, 1).disturb(0, 0, 0, 50);
      IntStream.range(0, 1000).forEach(i -> cluster.node(0).set("k" + i, "v"));
      assertThat(cluster.node(0).replicator.drain(10_000)).isZero();
      assertThat(cluster.node(1).contents()).hasSize(1001);
    }
  }

  @Test
  void drain_givesUpOnAPeerThatHangs() throws InterruptedException {
    try (TestCluster cluster = TestCluster.of(2)) {
      cluster.node(0).set("a", "0");
      cluster.awaitConvergence();
      cluster.link(0, 1).hang(true);
      cluster.node(0).set("a", "1");
      assertThat(cluster.node(0).replicator.drain(500)).isEqualTo(1);
    }
  }

  @Test
  void equalStamps_areDecidedTheSameWayOnAllNodes() {
    try (TestCluster cluster = TestCluster.of(2)) {
      Key key = Key.of("a");
      long stamp = System.currentTimeMillis() << 20;
      StoredItem less = StoredItem.written(key, new byte[] {1}, 0, Expiry.REGION, stamp, 1);
      StoredItem more = StoredItem.written(key, new byte[] {2}, 0, Expiry.REGION, stamp, 1);
      assertThat(cluster.node(0).store.peerWrites().merge(less)).isEqualTo(Merged.TAKEN);
      assertThat(cluster.node(0).store.peerWrites().merge(more)).isEqualTo(Merged.TAKEN);
      assertThat(cluster.node(1).store.peerWrites().merge(more)).isEqualTo(Merged.TAKEN);
      assertThat(cluster.node(1).store.peerWrites().merge(less)).isEqualTo(Merged.OLDER);
      assertThat(cluster.node(1).store.peerWrites().merge(more)).isEqualTo(Merged.KNOWN);
    }
  }
}
