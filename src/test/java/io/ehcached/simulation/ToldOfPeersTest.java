package io.ehcached.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.replication.status.Equality;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.PeerStatus;
import io.ehcached.replication.status.SettingDifference;
import io.ehcached.support.CapturedLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node tells of a peer: whether both hold the same, and what is different there. */
class ToldOfPeersTest {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final byte[] VALUE = {0, 0, 0, 1};

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
  }

  private void meet() {
    nodes[1].join(0);
    pass(10 * SECOND);
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

  private PeerStatus peerOf(int node) {
    return nodes[node].status(1 - node);
  }

  private Equality equality(int node) {
    return peerOf(node).equality();
  }

  private void set(int node, String key) {
    long unused = nodes[node].set(Key.of(key), VALUE, 0);
  }

  @Test
  void nodesThatHoldTheSame_areInSync() {
    meet();
    set(0, "a");
    set(1, "b");
    pass(10 * SECOND);
    for (int node = 0; node < 2; node++) {
      assertThat(equality(node).inSync()).isTrue();
      assertThat(equality(node).differingKeys()).hasValue(0);
      assertThat(equality(node).secondsSinceEqual().getAsLong()).isLessThan(5);
      assertThat(peerOf(node).sendsHere()).isTrue();
    }
    assertThat(log.with("not held the same")).isEmpty();
  }

  @Test
  void nodesThatAreWrittenToAllTheTime_areInSync() {
    meet();
    for (int i = 0; i < 6000; i++) {
      set(i % 2, "key" + i % 50);
      pass(10);
      assertThat(equality(0).inSync()).as("after %d writes", i).isTrue();
      assertThat(equality(0).secondsSinceEqual().getAsLong()).isLessThan(10);
    }
  }

  @Test
  void peerThatCannotBeReached_isNotInSync() {
    meet();
    nodes[1].kill();
    set(0, "a");
    pass(5 * SECOND);
    assertThat(peerOf(0).state()).isEqualTo(PeerState.DOWN);
    assertThat(equality(0).inSync()).isFalse();
    pass(MINUTE);
    assertThat(equality(0).secondsSinceEqual().getAsLong()).isGreaterThan(50);
  }

  @Test
  void peerThatRefusesItems_isNotInSync_untilItTakesThem() {
    meet();
    nodes[0].stepClock(2 * HOUR);
    pass(MINUTE);
    set(0, "from the future");
    pass(MINUTE);
    assertThat(peerOf(0).state()).isEqualTo(PeerState.LIVE);
    assertThat(equality(0).inSync()).isFalse();
    assertThat(equality(0).differingKeys()).hasValue(1);
    pass(2 * MINUTE);
    assertThat(log.with("and this node have not held the same items for")).hasSize(1);

    nodes[1].stepClock(2 * HOUR);
    pass(MINUTE);
    assertThat(nodes[1].visible(Key.of("from the future"))).isNotZero();
    assertThat(equality(0).inSync()).isTrue();
    assertThat(equality(0).differingKeys()).hasValue(0);
    assertThat(log.with("and this node hold the same items again")).hasSize(1);
  }

  @Test
  void peerThatDoesNotSend_isToldOfOnce() {
    pass(5 * SECOND);
    assertThat(peerOf(0).state()).isEqualTo(PeerState.LIVE);
    assertThat(peerOf(0).sendsHere()).isFalse();
    assertThat(log.with("does not send its writes to this node")).isEmpty();
    pass(MINUTE);
    assertThat(log.with("does not send its writes to this node")).hasSize(1);

    meet();
    assertThat(peerOf(0).sendsHere()).isTrue();
    assertThat(log.with("sends its writes to this node now")).hasSize(1);
  }

  @Test
  void settingsThatDiffer_areToldOfOnBothEnds_onceForEachChange() {
    Map<String, String> first = new HashMap<>(Map.of("timeToLiveSeconds", "0", "bound", "1"));
    nodes[0].replicator.describe("one", () -> first);
    nodes[1].replicator.describe(
        "two", () -> Map.of("timeToLiveSeconds", "60", "bound", "1", "unknown to the other", "x"));
    meet();
    assertThat(peerOf(0).differences())
        .containsExactly(new SettingDifference("timeToLiveSeconds", "0", "60", true));
    assertThat(peerOf(1).differences())
        .containsExactly(new SettingDifference("timeToLiveSeconds", "60", "0", true));
    assertThat(peerOf(0).node().name()).isEqualTo("two");
    assertThat(peerOf(1).node().name()).isEqualTo("one");
    assertThat(log.with("timeToLiveSeconds is 0 here and 60 there. Clients may")).hasSize(1);
    assertThat(log.with("timeToLiveSeconds is 60 here and 0 there. Clients may")).hasSize(1);

    network.cut(0, 1, false);
    network.cut(1, 0, false);
    pass(MINUTE);
    network.healAll();
    pass(MINUTE);
    assertThat(log.with("timeToLiveSeconds is 0 here and 60 there")).hasSize(1);

    first.put("timeToLiveSeconds", "60");
    first.put("bound", "2");
    nodes[0].replicator.describedAnew();
    pass(SECOND);
    assertThat(peerOf(1).differences())
        .containsExactly(new SettingDifference("bound", "1", "2", false));
    assertThat(log.with("which does no harm: bound is 2 here and 1 there")).hasSize(1);

    first.put("bound", "1");
    nodes[0].replicator.describedAnew();
    pass(SECOND);
    assertThat(peerOf(0).differences()).isEmpty();
    assertThat(log.with("has the same settings as this node")).hasSize(2);
  }

  @Test
  void clocksThatAreApart_areADifference() {
    nodes[1].stepClock(25 * SECOND);
    meet();
    assertThat(peerOf(0).differences())
        .singleElement()
        .matches(difference -> difference.name().equals("clock") && difference.diverging())
        .matches(difference -> difference.there().matches("\\+2[45] s"));
    pass(10 * MINUTE);
    assertThat(log.with("clock is 0 s here and +2")).hasSize(1);
  }
}
