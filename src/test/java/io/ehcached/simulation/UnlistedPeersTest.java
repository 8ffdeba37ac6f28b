package io.ehcached.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.replication.status.PeerOrigin;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.PeerStatus;
import io.ehcached.support.CapturedLog;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that not all nodes list, over minutes and hours. */
class UnlistedPeersTest {
  private static final int NODES = 4;
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final byte[] VALUE = {0, 0, 0, 1};
  private static final Scenario.Settings SETTINGS =
      new Scenario.Settings(
          NODES,
          1,
          false,
          false,
          false,
          0,
          100,
          5,
          30_000,
          64,
          false,
          Collections.nCopies(NODES, 0L));

  private final VirtualTime time = new VirtualTime(1);
  private final SimulatedNode[] nodes = new SimulatedNode[NODES];
  private final Network network = new Network(time, nodes, node -> {});
  private CapturedLog log;

  @BeforeEach
  void start() {
    log = CapturedLog.of("io.ehcached.replication");
    for (int i = 0; i < NODES; i++) {
      start(i);
    }
  }

  private void start(int node) {
    nodes[node] = new SimulatedNode(node, node, SETTINGS, time, network, 0, false, true);
  }

  @AfterEach
  void stop() {
    for (SimulatedNode node : nodes) {
      node.kill();
    }
    log.close();
  }

  private void pass(long millis) {
    time.runUntil(time.now() + millis * VirtualTime.MILLI);
  }

  private void chain() {
    for (int i = 0; i + 1 < NODES; i++) {
      nodes[i].join(i + 1);
    }
    pass(10 * SECOND);
  }

  private void assertPeers(int node, int peers) {
    assertThat(nodes[node].replicator.status().peers()).as("of node %d", node).hasSize(peers);
  }

  @Test
  void chain_becomesPeersOfAll_andAWriteAnywhereReachesAll() {
    chain();
    for (int i = 0; i < NODES; i++) {
      assertThat(nodes[i].replicator.status().peers())
          .hasSize(NODES - 1)
          .allMatch(peer -> peer.state() == PeerState.LIVE && peer.sendsHere() && !peer.oneWay());
      Key key = Key.of("key" + i);
      long stamp = nodes[i].set(key, VALUE, 0);
      pass(SECOND);
      for (SimulatedNode node : nodes) {
        assertThat(node.visible(key)).isEqualTo(stamp);
      }
    }
    assertThat(nodes[0].status(1).origin()).isEqualTo(PeerOrigin.LISTED);
    assertThat(nodes[1].status(0).origin()).isEqualTo(PeerOrigin.ACCEPTED);
    assertThat(nodes[0].status(3).origin()).isIn(PeerOrigin.TOLD, PeerOrigin.ACCEPTED);
  }

  @Test
  void peerThatIsGone_isForgottenAfterTenMinutes_andIsNotSpreadAgain() {
    chain();
    nodes[0].kill(); // listed by nobody
    pass(9 * MINUTE);
    assertThat(nodes[1].status(0).state()).isEqualTo(PeerState.DOWN);
    pass(2 * MINUTE);
    for (int i = 1; i < NODES; i++) {
      assertPeers(i, NODES - 2);
    }
    pass(60 * MINUTE);
    for (int i = 1; i < NODES; i++) {
      assertPeers(i, NODES - 2);
    }
    assertThat(log.with("Forgot peer //n0/items: it was out of reach for 10")).hasSize(NODES - 1);
    assertThat(log.with("Calling //n0/items")).hasSizeLessThanOrEqualTo(NODES);

    start(0);
    nodes[0].join(2);
    pass(10 * SECOND);
    for (int i = 0; i < NODES; i++) {
      assertPeers(i, NODES - 1);
    }
  }

  @Test
  void listedPeerThatIsGone_staysAsDown() {
    chain();
    nodes[3].kill(); // listed by the one before
    pass(11 * MINUTE);
    assertPeers(0, NODES - 2);
    assertThat(nodes[2].status(3).state()).isEqualTo(PeerState.DOWN);
  }

  @Test
  void peerThatIsRemoved_staysAway_thoughOthersTellOfIt_untilItListsThisNode() {
    chain();
    nodes[0].join(3);
    pass(10 * SECOND);
    nodes[0].leave(3);
    pass(MINUTE);
    nodes[1].replicator.describedAnew(); // it greets, and tells of its peers
    pass(10 * MINUTE);
    assertThat(nodes[0].status(3)).isNull();
    assertThat(nodes[3].status(0)).isNull();
    assertThat(nodes[1].status(3).state()).isEqualTo(PeerState.LIVE);
    Key key = Key.of("apart");
    long unused = nodes[0].set(key, VALUE, 0);

    nodes[3].join(0);
    pass(10 * SECOND);
    assertThat(nodes[0].status(3).origin()).isEqualTo(PeerOrigin.ACCEPTED);
    assertThat(nodes[0].status(3).state()).isEqualTo(PeerState.LIVE);
  }

  @Test
  void peerThatIsRemovedAndListsThisNode_comesBack() {
    nodes[0].join(1);
    nodes[1].join(0);
    pass(10 * SECOND);
    nodes[0].leave(1);
    assertThat(nodes[0].status(1)).isNull();
    pass(10 * SECOND);
    assertThat(nodes[0].status(1).origin()).isEqualTo(PeerOrigin.ACCEPTED);
    assertThat(nodes[0].status(1).state()).isEqualTo(PeerState.LIVE);
  }

  @Test
  void closedList_refusesOthers_untilItIsOpen() {
    nodes[0].close(true);
    nodes[1].join(0);
    long unused = nodes[1].set(Key.of("key"), VALUE, 0);
    pass(MINUTE);
    PeerStatus peer = nodes[1].status(0);
    assertThat(peer.state()).isEqualTo(PeerState.REFUSED);
    assertThat(peer.lastError()).contains("is closed");
    assertPeers(0, 0);
    assertThat(nodes[0].visible(Key.of("key"))).isZero();
    assertThat(log.with("is refused (was connecting)"))
        .hasSize(1)
        .allMatch(line -> line.startsWith("WARN"));

    nodes[0].close(false);
    pass(10 * SECOND);
    assertThat(nodes[1].status(0).state()).isEqualTo(PeerState.LIVE);
    assertThat(nodes[0].visible(Key.of("key"))).isNotZero();

    nodes[0].close(true);
    pass(10 * SECOND);
    assertPeers(0, 0);
    assertThat(nodes[1].status(0).state()).isEqualTo(PeerState.REFUSED);
  }

  @Test
  void peerThatDoesNotCallBack_keepsANodeUnready() {
    nodes[0].kill();
    nodes[0] = new SimulatedNode(0, NODES, SETTINGS, time, network, 0, false);
    nodes[1].join(0);
    pass(5 * SECOND);
    PeerStatus peer = nodes[1].status(0);
    assertThat(peer.state()).isEqualTo(PeerState.LIVE);
    assertThat(peer.oneWay()).isTrue();

    nodes[0].join(1);
    pass(5 * SECOND);
    assertThat(nodes[1].status(0).oneWay()).isFalse();
  }

  @Test
  void nodeThatListsItself_hasNoPeers() {
    nodes[0].join(0);
    nodes[0].join(1);
    pass(MINUTE);
    assertPeers(0, 1);
    assertPeers(1, 1);
    assertThat(List.of(nodes[0].status(1).state(), nodes[1].status(0).state()))
        .containsOnly(PeerState.LIVE);
  }
}
