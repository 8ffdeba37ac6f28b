package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.status.NameStatus;
import io.ehcached.replication.status.ReplicationReport;
import io.ehcached.support.Document;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/operations.md explains all that {@code stats replication} shows. */
class DocumentedStatsTest {
  /** What the network of peers counts, which docs/security.md explains. */
  private static final Set<String> OF_THE_NETWORK =
      Set.of("heartbeats_sent", "heartbeats_received", "multicast_state", "refused_…");

  @Test
  void everyName_isExplained_andNoOther() throws InterruptedException {
    Set<String> told = Document.of("docs/operations.md").tables("name").get(0).names();
    assertThat(told).containsAll(OF_THE_NETWORK);
    told.removeAll(OF_THE_NETWORK);

    try (TestCluster cluster = TestCluster.of(1)) {
      TestNode joined = cluster.addCopying(1000);
      joined.replicator.awaitCopy();
      Set<String> shown =
          joined.replicator.stats().keySet().stream()
              .map(name -> name.replaceFirst("^peer:0:", "peer:N:"))
              .collect(Collectors.toSet());
      ReplicationReport.of(List.of(new NameStatus("nodes", 2, OptionalLong.empty(), 0, "")))
          .keySet()
          .forEach(name -> shown.add(name.replaceFirst("^name:0:", "name:N:")));

      assertThat(told).contains("peer:N:url").containsExactlyInAnyOrderElementsOf(shown);
    }
  }
}
