package io.ehcached.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.wire.FrameWriter;
import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.support.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers of another version of the peers' protocol, as time passes. */
class RefusedTest {
  private static final long MINUTE = 60_000;
  private static final String STRANGER = "//10.0.0.9/items";

  private final VirtualTime time = new VirtualTime(1);
  private final SimulatedNode[] nodes = new SimulatedNode[2];
  private final Network network = new Network(time, nodes, node -> {});
  private CapturedLog log;

  @BeforeEach
  void start() {
    log = CapturedLog.of("io.ehcached.replication");
    Scenario.Settings settings =
        new Scenario.Settings(
            2, 1, false, false, false, 0, 100, 5, MINUTE, 64, false, List.of(0L, 0L));
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = new SimulatedNode(i, i, settings, time, network, 0, false);
    }
    nodes[0].join(1);
    nodes[1].join(0);
    pass(MINUTE);
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

  private PeerState state() {
    return nodes[0].status(1).state();
  }

  private void callInVersion2(String url) {
    byte[] frame =
        new FrameWriter(100)
            .u8(0x02)
            .u8(1)
            .i64(7)
            .text("items")
            .text(url)
            .u8(0x02)
            .text("3.0.0")
            .toBytes();
    assertThatThrownBy(() -> nodes[0].replicator.handle(frame))
        .isInstanceOf(OtherVersionException.class);
  }

  @Test
  void stranger_isToldOfOnceAnHour() {
    for (int i = 0; i < 3; i++) {
      callInVersion2(STRANGER);
      pass(MINUTE);
    }
    assertThat(log.with("Refused a call of peer " + STRANGER)).hasSize(1);
    pass(60 * MINUTE);
    callInVersion2(STRANGER);
    assertThat(log.with("Refused a call of peer " + STRANGER)).hasSize(2);
  }

  @Test
  void manyStrangers_areToldOfUpToABound() {
    for (int i = 0; i < 200; i++) {
      callInVersion2(STRANGER + i);
    }
    assertThat(log.with("Refused a call of peer")).hasSize(64);
    pass(60 * MINUTE);
    callInVersion2(STRANGER);
    assertThat(log.with("Refused a call of peer " + STRANGER + ":")).hasSize(1);
  }

  @Test
  void peerThatCanBeTalkedTo_staysLive_thoughSomebodyCallsInItsName() {
    callInVersion2(Network.url(1));
    pass(MINUTE);
    assertThat(state()).isEqualTo(PeerState.LIVE);
    assertThat(log.with("is incompatible")).isEmpty();
  }

  @Test
  void peerThatWasRefused_andIsSilentSince_isDown() {
    nodes[1].kill();
    pass(MINUTE);
    assertThat(state()).isEqualTo(PeerState.DOWN);
    callInVersion2(Network.url(1));
    assertThat(state()).isEqualTo(PeerState.INCOMPATIBLE);
    pass(MINUTE / 2);
    assertThat(state()).isEqualTo(PeerState.INCOMPATIBLE);
    pass(MINUTE);
    assertThat(state()).isEqualTo(PeerState.DOWN);
  }
}
