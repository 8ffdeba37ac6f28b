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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes are shown to operators by their names. */
class NodeNamesIT {
  private final int[] ports = FreePorts.next(2);
  private final String second = "//127.0.0.1:" + ports[1] + "/memcached";

  private NodeProcess start(int node, String... more) {
    return NodeProcess.builder()
        .config(PeeredFile.write("names", 32, ports[node], ports[1 - node], true))
        .arguments("--admin-port", "-1")
        .arguments(more)
        .start();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(AdminClient admin, String field) {
    return (List<Map<String, Object>>) admin.cluster().get(field);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> self(AdminClient admin) {
    return (Map<String, Object>) admin.cluster().get("node");
  }

  @Test
  void name_isShownWithTheAddress_whereverAPeerAppears() {
    try (NodeProcess one = start(0, "--name", "cache-1");
        TextClient client = one.connect()) {
      AdminClient admin = new AdminClient(one.adminPort());
      try (NodeProcess two = start(1, "--name", "cache-2", "-I", "2m")) {
        AdminClient other = new AdminClient(two.adminPort());
        await().until(() -> client.stat("replication", "peer:0:state"), "live"::equals);
        await().until(() -> list(admin, "members").size() == 2);

        assertThat(client.stat("replication", "name")).isEqualTo("cache-1");
        assertThat(client.stat("replication", "peer:0:name")).isEqualTo("cache-2");
        assertThat(one.log())
            .contains("as node cache-1, process", "Peer " + second + " (cache-2) is live (was ");
        await()
            .untilAsserted(
                () ->
                    assertThat(admin.get("/readyz"))
                        .contains("peer " + second + " (cache-2) differs: -I is"));
        assertThat(admin.metrics().keySet())
            .contains(
                "ehcached_peer_pending_keys{name=\"cache-2\",peer=\"" + second + "\"}",
                "ehcached_peer_state{name=\"cache-2\",peer=\"" + second + "\",state=\"live\"}")
            .anyMatch(name -> name.matches("ehcached_info\\{.*name=\"cache-1\".*"));

        Map<String, Object> peer = list(admin, "peers").get(0);
        assertThat(peer)
            .containsEntry("name", "cache-2")
            .containsEntry("id", self(other).get("id"))
            .containsEntry("url", second);
        assertThat(client.stat("replication", "peer:0:id")).isEqualTo(peer.get("id"));
        assertThat(list(admin, "members"))
            .extracting(member -> member.get("name") + " " + member.get("id"))
            .containsExactlyInAnyOrder(
                "cache-1 " + self(admin).get("id"), "cache-2 " + peer.get("id"));
        assertThat(list(other, "members"))
            .extracting(member -> member.get("name") + " " + member.get("id"))
            .containsExactlyInAnyOrder(
                "cache-1 " + self(admin).get("id"), "cache-2 " + peer.get("id"));
        two.kill();
      }
      await().until(() -> client.stat("replication", "peer:0:state"), "down"::equals);
      assertThat(one.log()).contains("Peer " + second + " (cache-2) is down (was live)");
    }
  }

  @Test
  void withoutAName_itIsTheHosts() throws IOException {
    try (NodeProcess one = start(0)) {
      String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      assertThat(self(new AdminClient(one.adminPort()))).containsEntry("name", host);
      assertThat(one.log()).contains("as node " + host + ", process");
    }
  }
}
