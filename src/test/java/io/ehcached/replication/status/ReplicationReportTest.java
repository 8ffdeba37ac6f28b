package io.ehcached.replication.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.status.ReplicationStatus.Copying;
import io.ehcached.replication.status.ReplicationStatus.Pauses;
import io.ehcached.replication.wire.PeerVersion;
import io.ehcached.replication.wire.WireVersion;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplicationReportTest {
  @Test
  void peerThatWasNeverMet_isReportedAsUnknown() {
    Map<String, String> report = ReplicationReport.of(status(peer(null, "", OptionalLong.empty())));

    assertThat(report)
        .containsEntry("name", "cache-1")
        .containsEntry("id", "0000000000000001")
        .containsEntry("peer:0:name", "unknown")
        .containsEntry("peer:0:id", "unknown")
        .containsEntry("peer:0:wire_version", "unknown")
        .containsEntry("peer:0:release", "unknown")
        .containsEntry("peer:0:last_error", "none")
        .containsEntry("peer:0:secs_since_heard", "never")
        .containsEntry("peers", "1");
  }

  @Test
  void peerThatNamesNoRelease_isReportedWithItsVersion() {
    Map<String, String> report =
        ReplicationReport.of(status(peer(PeerVersion.OLDEST, "no route", OptionalLong.of(7))));

    assertThat(report)
        .containsEntry("peer:0:name", "cache-2")
        .containsEntry("peer:0:id", "0000000000000002")
        .containsEntry("peer:0:wire_version", WireVersion.OLDEST.toString())
        .containsEntry("peer:0:release", "unknown")
        .containsEntry("peer:0:last_error", "no route")
        .containsEntry("peer:0:secs_since_heard", "7");
  }

  private static ReplicationStatus status(PeerStatus peer) {
    return new ReplicationStatus(
        "items",
        "//10.0.0.1:4567/items",
        NodeIdentity.of("cache-1", 1),
        WireVersion.NEWEST,
        /* synchronous= */ true,
        new Copying("none", "none", 100, 0, /* failed= */ false),
        new Pauses(0, 0, /* catchingUp= */ false, List.of()),
        /* otherSecret= */ false,
        0,
        0,
        0,
        List.of(peer));
  }

  private static PeerStatus peer(PeerVersion version, String lastError, OptionalLong heard) {
    return new PeerStatus(
        "//10.0.0.2:4567/items",
        version == null ? NodeIdentity.UNKNOWN : NodeIdentity.of("cache-2", 2),
        PeerOrigin.LISTED,
        PeerState.CONNECTING,
        version,
        null,
        /* oneWay= */ false,
        /* otherSecret= */ false,
        0,
        0,
        Equality.NOT_COMPARED,
        List.of(),
        new PeerCounts().now(),
        lastError,
        heard);
  }
}
