package io.ehcached.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.PeeredFile;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a node reports when it expects a number of peers. */
class ExpectedPeersIT {
  private final int[] ports = FreePorts.next(2);

  private NodeProcess start(Path file, String... more) {
    return NodeProcess.builder()
        .config(file)
        .arguments("--admin-port", "-1")
        .arguments(more)
        .start();
  }

  private Path file(int own, int other) {
    return PeeredFile.write("expected", 32, ports[own], ports[other], true);
  }

  private static void expect(Path file, String before, String after) throws IOException {
    Files.writeString(file, Files.readString(file).replace(before, after));
  }

  private static void awaitReady(AdminClient admin, String more) {
    await().untilAsserted(() -> assertThat(admin.get("/readyz")).isEqualTo("200 ready\n" + more));
  }

  @Test
  void number_isReported_andFollowsTheFile_andNodeStaysReady() throws IOException {
    Path file = file(0, 1);
    expect(file, "peerDiscovery=manual", "peerDiscovery=manual, expectedPeers=2");
    try (NodeProcess first = start(file);
        TextClient client = first.connect()) {
      AdminClient admin = new AdminClient(first.adminPort());
      awaitReady(admin, "peers: 0 of 2 expected\n");
      assertThat(first.log()).contains("; 2 expected; listening at", "; reached so far: 0 of 2");

      try (NodeProcess second = start(file(1, 0), "--expect-peers=1")) {
        awaitReady(admin, "peers: 1 of 2 expected\n");
        assertThat(client.stat("replication", "expected_peers")).isEqualTo("2");
        assertThat(client.stat("replication", "reachable_peers")).isEqualTo("1");
        assertThat(admin.metrics())
            .containsEntry("ehcached_expected_peers", 2.0)
            .containsEntry("ehcached_reachable_peers", 1.0);
        assertThat(admin.cluster().get("replication").toString())
            .contains("expected_peers=2.0, reachable_peers=1.0");
        assertThat(second.log()).contains("; 1 expected; listening at", "; reached so far: 1 of 1");

        expect(file, "expectedPeers=2", "expectedPeers=1");
        awaitReady(admin, "peers: 1 of 1 expected\n");
        assertThat(first.log()).contains("expectedPeers is now 1, and was 2");
      }
      awaitReady(admin, "peers: 0 of 1 expected\n");
      expect(file, ", expectedPeers=1", "");
      awaitReady(admin, "");
    }
  }

  @Test
  void option_winsOverTheFile_whateverTheFileSaysLater() throws IOException {
    Path file = file(0, 1);
    try (NodeProcess node = start(file, "--expect-peers=3")) {
      AdminClient admin = new AdminClient(node.adminPort());
      awaitReady(admin, "peers: 0 of 3 expected\n");
      expect(file, "peerDiscovery=manual", "peerDiscovery=manual, expectedPeers=2");
      await().until(() -> node.log().contains("no setting changed"));
      awaitReady(admin, "peers: 0 of 3 expected\n");
    }
  }
}
