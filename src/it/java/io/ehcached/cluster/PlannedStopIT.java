package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the other nodes report of one that is stopped by its operator. */
class PlannedStopIT {
  private final List<NodeProcess> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(NodeProcess::close);
  }

  private void start(List<Path> configs) {
    for (int i = 0; i < configs.size(); i++) {
      nodes.add(
          NodeProcess.start(configs.get(i), "-A", "--name", "cache-" + i, "--admin-port", "-1"));
    }
    for (NodeProcess node : nodes) {
      awaitPeers(node, "live", configs.size() - 1);
    }
  }

  private static long peers(NodeProcess node, String state) {
    try (TextClient client = node.connect()) {
      int count = Integer.parseInt(client.stat("replication", "peers"));
      long found = 0;
      for (int i = 0; i < count; i++) {
        found += client.stat("replication", "peer:" + i + ":state").equals(state) ? 1 : 0;
      }
      return found;
    }
  }

  private static void awaitPeers(NodeProcess node, String state, long count) {
    await().untilAsserted(() -> assertThat(peers(node, state)).as(state).isEqualTo(count));
  }

  /** Returns how many errors a node counted of each peer, and its last ones. */
  private static List<String> errors(NodeProcess node) {
    try (TextClient client = node.connect()) {
      List<String> errors = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        errors.add(client.stat("replication", "peer:" + i + ":errors"));
        errors.add(client.stat("replication", "peer:" + i + ":last_error"));
      }
      return errors;
    }
  }

  private static void stop(NodeProcess node, boolean byClient) {
    if (byClient) {
      try (TextClient client = node.connect()) {
        client.send("shutdown graceful\r\n");
        node.awaitExit();
      }
    } else {
      node.terminate();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nodeThatIsStopped_isReportedAsStoppedByAll_andIsBackLater(boolean byClient) {
    List<Path> configs = Discovery.MANUAL.configs(3);
    start(configs);
    try (TextClient client = nodes.get(2).connect()) {
      assertThat(client.set("last", "write")).isEqualTo("STORED");
    }
    List<List<String>> errors = List.of(errors(nodes.get(0)), errors(nodes.get(1)));
    stop(nodes.get(2), byClient);
    for (NodeProcess node : nodes.subList(0, 2)) {
      awaitPeers(node, "stopped", 1);
      assertThat(node.log())
          .containsPattern(
              "INFO .* Peer \\S+ \\(cache-2\\) is stopped \\(was live\\): it was told to stop")
          .doesNotContainPattern("cache-2\\) is down");
      try (TextClient client = node.connect()) {
        assertThat(client.get("last")).isEqualTo("write");
      }
      assertThat(errors(node)).isEqualTo(errors.get(nodes.indexOf(node)));
    }
    nodes.set(2, NodeProcess.start(configs.get(2), "--name", "cache-2"));
    for (NodeProcess node : nodes) {
      awaitPeers(node, "live", 2);
    }
    nodes.get(2).kill();
    for (NodeProcess node : nodes.subList(0, 2)) {
      awaitPeers(node, "down", 1);
      assertThat(node.log()).containsPattern("WARN .* \\(cache-2\\) is down \\(was live\\)");
    }
  }

  @Test
  void withMulticast_itIsReportedAsPlanned_andIsNoPeerAnyLonger() {
    start(Discovery.AUTOMATIC.configs(2));
    nodes.get(1).terminate();
    awaitPeers(nodes.get(0), "live", 0);
    await().until(() -> nodes.get(0).log().contains("(cache-1) is left (was "));
    assertThat(nodes.get(0).log())
        .contains("(cache-1) is stopped (was live): it was told to stop")
        .containsPattern("\\(cache-1\\) is left \\(was stopped\\): it was told to stop")
        .doesNotContain("(cache-1) is down");
  }
}
