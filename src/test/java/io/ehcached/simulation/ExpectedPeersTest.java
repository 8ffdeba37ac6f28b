package io.ehcached.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.support.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The report and the log of a node that reaches fewer peers than it expects. */
class ExpectedPeersTest {
  private static final int NODES = 3;
  private static final String MISSING = "expected peers can be reached";
  private static final String COMPLETE = "expected peers are reachable";

  private CapturedLog log;
  private VirtualTime time;
  private Network network;
  private final SimulatedNode[] nodes = new SimulatedNode[NODES];

  @BeforeEach
  void start() {
    log = CapturedLog.of("io.ehcached.replication.membership");
    Scenario.Settings settings =
        new Scenario.Settings(
            NODES, 1, false, false, false, 0, 100, 5, 30_000, 64, false, List.of(0L, 0L, 0L));
    time = new VirtualTime(1);
    network = new Network(time, nodes, node -> {});
    for (int i = 0; i < NODES; i++) {
      nodes[i] = new SimulatedNode(i, i, settings, time, network, 0, false);
    }
  }

  @AfterEach
  void stop() {
    for (SimulatedNode node : nodes) {
      node.kill();
    }
    log.close();
  }

  private void pass(long seconds) {
    time.runUntil(time.now() + seconds * 1000 * VirtualTime.MILLI);
  }

  private void meet(int node) {
    nodes[0].join(node);
    nodes[node].join(0);
  }

  private void cut(int node, boolean heal) {
    if (heal) {
      network.healAll();
    } else {
      network.cut(0, node, false);
      network.cut(node, 0, false);
    }
  }

  private void assertLogged(int warnings, int ends) {
    assertThat(log.with(MISSING)).hasSize(warnings).allMatch(line -> line.startsWith("WARN"));
    assertThat(log.with(COMPLETE)).hasSize(ends).allMatch(line -> line.startsWith("INFO"));
  }

  private void assertReached(int reachable, int expected) {
    ReplicationStatus status = nodes[0].replicator.status();
    assertThat(status.reachablePeers()).isEqualTo(reachable);
    assertThat(status.expectedPeers()).isEqualTo(expected);
  }

  @Test
  void fewerPeersThanExpected_areLoggedOnceAfterHalfAMinute_andOnceWhenAllAreThere() {
    nodes[0].replicator.expect(2);
    meet(1);
    pass(28);
    assertReached(1, 2);
    assertLogged(0, 0);
    pass(4);
    assertLogged(1, 0);
    assertThat(log.with(MISSING).get(0)).contains("1 of 2", "30 s");
    pass(100);
    assertLogged(1, 0);

    meet(2);
    pass(5);
    assertReached(2, 2);
    assertLogged(1, 1);
    assertThat(log.with(COMPLETE).get(0)).contains("2 of 2");
    pass(100);
    assertLogged(1, 1);
  }

  @Test
  void lostPeer_isNamed_unlessItComesBackSoon() {
    meet(1);
    meet(2);
    nodes[0].replicator.expect(2);
    pass(60);
    cut(2, false);
    pass(20);
    assertReached(1, 2);
    cut(2, true);
    pass(60);
    assertReached(2, 2);
    assertLogged(0, 0);

    cut(2, false);
    pass(60);
    assertLogged(1, 0);
    assertThat(log.with(MISSING).get(0)).contains("//n2/items is down");
    cut(2, true);
    pass(60);
    assertLogged(1, 1);
  }

  @Test
  void numberMayChange_andZeroIsAnyNumber() {
    meet(1);
    pass(100);
    assertReached(1, 0);
    assertLogged(0, 0);
    nodes[0].replicator.expect(2);
    pass(40);
    assertLogged(1, 0);
    nodes[0].replicator.expect(1);
    pass(2);
    assertLogged(1, 1);
    nodes[0].replicator.expect(2);
    pass(10);
    nodes[0].replicator.expect(0);
    pass(100);
    assertReached(1, 0);
    assertLogged(1, 1);
  }
}
