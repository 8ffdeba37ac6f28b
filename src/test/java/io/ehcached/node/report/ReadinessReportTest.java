package io.ehcached.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.status.NodeIdentity;
import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.replication.status.ReplicationStatus.Copying;
import io.ehcached.replication.status.ReplicationStatus.Pauses;
import io.ehcached.replication.wire.WireVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessReportTest {
  private static final Copying DONE = new Copying("done", "none", 100, 0, false);
  private static final Pauses NEVER = new Pauses(0, 0, false, List.of());

  private static Optional<ReplicationStatus> replication(Copying copying, Pauses pauses) {
    return Optional.of(
        new ReplicationStatus(
            "r",
            "//h:1/r",
            NodeIdentity.UNKNOWN,
            WireVersion.NEWEST,
            false,
            copying,
            pauses,
            false,
            0,
            0,
            0,
            List.of()));
  }

  private static void assertReport(ReadinessReport report, String state, String... reasons) {
    assertThat(report.state()).isEqualTo(state);
    assertThat(report.reasons()).containsExactly(reasons);
  }

  @Test
  void nodeWithoutPeers_isReadyAsSoonAsItServes() {
    assertReport(
        new ReadinessReport(false, false, false, Optional.empty()),
        "starting",
        "clients are not served yet");
    assertReport(new ReadinessReport(false, false, true, Optional.empty()), "ready");
  }

  @Test
  void nodeThatLeaves_isNotReadyThoughItServes() {
    String reason = "leaving: hands to its peers what they do not have yet, and stops";

    assertReport(
        new ReadinessReport(true, false, true, replication(DONE, NEVER)), "leaving", reason);
    assertReport(
        new ReadinessReport(true, false, false, Optional.empty()),
        "leaving",
        reason,
        "clients are not served any more");
  }

  @Test
  void nodeThatCopies_tellsFromWhom() {
    assertReport(
        new ReadinessReport(
            false, true, true, replication(new Copying("seeking", "none", 0, 0, false), NEVER)),
        "copying",
        "looks for a peer to copy from");
    assertReport(
        new ReadinessReport(
            false, true, true, replication(new Copying("copying", "//p:1/r", 40, 4, false), NEVER)),
        "copying",
        "copies from //p:1/r: 40 %");
    assertThat(
            new ReadinessReport(
                    false, false, true, replication(new Copying("failed", "", 40, 4, true), NEVER))
                .reasons())
        .containsExactly(
            "the copy of what the peers hold failed, see the log; start the node again");
  }

  @Test
  void fewerPeersThanExpected_areToldAndChangeNothing() {
    ReplicationStatus status =
        new ReplicationStatus(
            "r",
            "//h:1/r",
            NodeIdentity.UNKNOWN,
            WireVersion.NEWEST,
            false,
            DONE,
            NEVER,
            false,
            0,
            0,
            3,
            List.of());
    ReadinessReport report = new ReadinessReport(false, false, true, Optional.of(status));

    assertReport(report, "ready");
    assertThat(report.notes()).containsExactly("peers: 0 of 3 expected");
    assertThat(new ReadinessReport(false, false, true, replication(DONE, NEVER)).notes()).isEmpty();
    assertThat(new ReadinessReport(false, false, true, Optional.empty()).notes()).isEmpty();
  }

  @Test
  void nodeThatStoodStill_isReadyOnceItHasCompared() {
    assertReport(
        new ReadinessReport(
            false, false, true, replication(DONE, new Pauses(1, 25_300, true, List.of("//p:1/r")))),
        "catching_up",
        "stood still for 25 s, and has not compared since then with //p:1/r");
  }
}
