package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.Hosts;
import io.ehcached.support.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listed peers call a node while it starts. */
@Timeout(300)
class StartingIT {
  private static final int NODES = 3;
  private static final int RESTARTS = 10;

  @AutoClose private Hosts hosts;

  @BeforeEach
  void plugIn() {
    hosts = Hosts.start(NODES);
  }

  private static void assertNobodyRefused(NodeProcess node) {
    assertThat(node.log()).doesNotContain("Refused a connection");
  }

  /** Connects from a machine to a node of another, all the time; a line for each time it could. */
  private Process knock(int from, int to, Path output) throws IOException {
    String once = "(exec 3<>/dev/tcp/%s/4567) 2>/dev/null && echo in".formatted(hosts.address(to));
    List<String> command = new ArrayList<>(hosts.on(from));
    command.addAll(List.of("bash", "-c", "while :; do " + once + "; done"));
    return new ProcessBuilder(command).redirectOutput(output.toFile()).start();
  }

  @Test
  void listedPeerThatCallsAtTheFirstMoment_isNotRefused() throws IOException {
    Path output = Files.createTempFile("ehcached", ".knocks");
    Process knocking = knock(1, 0, output);
    Path file = Plan.of(2).on(hosts).file(0);
    try (NodeProcess node = NodeProcess.builder().on(hosts, 0).config(file).start()) {
      assertThat(output).isNotEmptyFile();
      assertNobodyRefused(node);
    } finally {
      knocking.destroyForcibly();
    }
  }

  @Test
  @Tag("long")
  void startedTogetherAndRestarted_noneIsRefused() {
    try (Cluster cluster = Plan.of(NODES).on(hosts).start()) {
      for (int i = 0; i < RESTARTS; i++) {
        int node = i % NODES;
        assertNobodyRefused(cluster.node(node));
        cluster.kill(node);
        cluster.restart(node);
      }
      cluster.awaitLinked();
      for (int i = 0; i < NODES; i++) {
        assertNobodyRefused(cluster.node(i));
      }
    }
  }
}
