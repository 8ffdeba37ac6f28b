package io.ehcached.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.PeerStatus;
import io.ehcached.replication.status.ReplicationStatus.Pauses;
import io.ehcached.support.CapturedLog;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node tells of itself, and is told of, after it stood still. */
class ResumedIT {
  private static final int NODES = 3;
  private static final int C = 2;
  private static final int KEYS = 5;
  private static final int SEEDS = 20;
  private static final int LONG_MILLIS = 30_000;

  private CapturedLog log;
  private VirtualTime time;
  private SimulatedNode[] nodes;
  private Network network;

  @BeforeEach
  void capture() {
    log = CapturedLog.of("io.ehcached.replication");
  }

  @AfterEach
  void stop() {
    log.close();
  }

  private void start(long seed) {
    Scenario.Settings settings =
        new Scenario.Settings(
            NODES,
            KEYS,
            false,
            false,
            false,
            0,
            100,
            5,
            LONG_MILLIS,
            64,
            false,
            List.of(0L, 0L, 0L));
    time = new VirtualTime(seed);
    nodes = new SimulatedNode[NODES];
    network = new Network(time, nodes, node -> {});
    for (int i = 0; i < NODES; i++) {
      nodes[i] = new SimulatedNode(i, i, settings, time, network, 0, false);
      for (int other = 0; other < i; other++) {
        nodes[i].join(other);
        nodes[other].join(i);
      }
    }
    for (int i = 0; i < KEYS; i++) {
      nodes[0].set(key(i), new byte[4], 0);
    }
    pass(LONG_MILLIS);
    assertThat(held()).isEqualTo(KEYS);
  }

  private void end() {
    for (SimulatedNode node : nodes) {
      node.kill();
    }
  }

  private static Key key(int i) {
    return Key.of("key" + i);
  }

  private void pass(long millis) {
    time.runUntil(time.now() + millis * VirtualTime.MILLI);
  }

  private long held() {
    return IntStream.range(0, KEYS).filter(i -> nodes[C].visible(key(i)) != 0).count();
  }

  private Pauses pauses() {
    return nodes[C].replicator.status().pauses();
  }

  private boolean isLiveAtAPeer() {
    return IntStream.range(0, C).anyMatch(i -> nodes[i].status(C).state() == PeerState.LIVE);
  }

  private boolean tellsOfLivePeers() {
    return nodes[C].replicator.status().peers().stream()
        .anyMatch(peer -> peer.state() == PeerState.LIVE);
  }

  private void deleteAllAndForget() {
    for (int i = 0; i < KEYS; i++) {
      nodes[0].delete(key(i));
    }
    for (int i = 0; i < 2 * KEYS; i++) {
      nodes[0].delete(Key.of("other" + i));
    }
  }

  @Test
  void stoodStill_isNeitherReadyNorLive_beforeItHasCaughtUp() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      start(seed);
      nodes[C].suspend();
      deleteAllAndForget();
      pass(LONG_MILLIS);
      nodes[C].resume();
      assertThat(tellsOfLivePeers()).as("of peers that it has not asked yet").isFalse();
      assertThat(pauses().catchingUp()).isTrue();
      assertThat(pauses().awaited()).containsExactly("//n0/items", "//n1/items");
      assertThat(pauses().lastMillis()).isBetween(LONG_MILLIS - 1000L, LONG_MILLIS + 1000L);
      long end = time.now() + LONG_MILLIS * VirtualTime.MILLI;
      boolean seen = false;
      while (pauses().catchingUp() || !isLiveAtAPeer()) {
        assertThat(pauses().catchingUp() || held() == 0).as("ready with %d", held()).isTrue();
        assertThat(!isLiveAtAPeer() || held() == 0).as("live with %d items", held()).isTrue();
        seen |= nodes[0].status(C).state() == PeerState.CATCHING_UP;
        pass(1);
        assertThat(time.now()).isLessThan(end);
      }
      assertThat(held()).isZero();
      assertThat(seen).as("seen to catch up").isTrue();
      pass(LONG_MILLIS);
      for (SimulatedNode node : nodes) {
        assertThat(node.replicator.status().peers())
            .extracting(PeerStatus::state)
            .containsOnly(PeerState.LIVE);
      }
      assertThat(pauses()).isEqualTo(new Pauses(1, pauses().lastMillis(), false, List.of()));
      end();
    }
    assertThat(log.with("WARN This node stood still for ")).hasSize(SEEDS);
    assertThat(log.with("INFO Caught up with 2 of 2 peers")).hasSize(SEEDS);
  }

  @Test
  void missedNothing_isReadySoon() {
    start(1);
    nodes[C].suspend();
    pass(LONG_MILLIS);
    nodes[C].resume();
    assertThat(pauses().catchingUp()).isTrue();
    pass(200);
    assertThat(pauses().catchingUp()).isFalse();
    end();
  }

  @Test
  void stoodStillForLessThanPeersWait_doesNotCatchUp() {
    start(1);
    nodes[C].suspend();
    pass(600);
    nodes[C].resume();
    assertThat(pauses()).isEqualTo(new Pauses(0, 0, false, List.of()));
    end();
  }

  /** As on a machine that was suspended: the monotonic clock stands still with it. */
  @Test
  void wallClockWasSetForward_catchesUp() {
    start(1);
    nodes[C].stepClock(LONG_MILLIS);
    assertThat(pauses().catchingUp()).isTrue();
    pass(5_000);
    assertThat(pauses().catchingUp()).isFalse();
    end();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noPeerAnswers_isReadyAfterAWhile(boolean silent) {
    start(1);
    nodes[C].suspend();
    pass(LONG_MILLIS);
    network.cut(C, 0, silent);
    network.cut(C, 1, silent);
    nodes[C].resume();
    assertThat(pauses().catchingUp()).isTrue();
    pass(5_000);
    assertThat(pauses().catchingUp()).isFalse();
    assertThat(tellsOfLivePeers()).isFalse();
    end();
  }

  @Test
  void allStoodStill_allAreReadyInTheEnd() {
    start(1);
    for (SimulatedNode node : nodes) {
      node.suspend();
    }
    pass(LONG_MILLIS);
    for (SimulatedNode node : nodes) {
      node.resume();
      assertThat(node.replicator.status().pauses().catchingUp()).isTrue();
    }
    pass(5_000);
    for (SimulatedNode node : nodes) {
      assertThat(node.replicator.status().pauses().catchingUp()).isFalse();
      assertThat(node.replicator.status().peers())
          .extracting(PeerStatus::state)
          .containsOnly(PeerState.LIVE);
    }
    end();
  }

  @Test
  void stoodStillAgainAndAgain_isReadyInTheEnd() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      start(seed);
      for (int i = 0; i < 5; i++) {
        nodes[C].suspend();
        nodes[i % 2].set(key(i), new byte[4], 0);
        pass(1_500 + 100 * seed);
        nodes[C].resume();
        pass(seed);
      }
      pass(LONG_MILLIS);
      assertThat(pauses().count()).isEqualTo(5);
      assertThat(pauses().catchingUp()).isFalse();
      end();
    }
  }
}
