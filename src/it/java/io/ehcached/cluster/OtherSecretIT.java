package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.security.TestSecrets;
import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.PeeredFile;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Two nodes of which the second has another secret than the first. */
class OtherSecretIT {
  private static final String WORDS = "it has another secret (is the same secret file configured";

  private final int[] ports = FreePorts.next(2);

  private NodeProcess start(int node, String secret) {
    return NodeProcess.builder()
        .config(PeeredFile.write("secrets", 32, ports[node], ports[1 - node], false))
        .arguments("--admin-port", "-1", "--peer-secret", TestSecrets.file(secret).toString())
        .start();
  }

  private static String readyz(NodeProcess node) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.adminPort() + "/readyz"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private String peer(int node) {
    return "//127.0.0.1:" + ports[1 - node] + "/memcached";
  }

  private void assertTold(NodeProcess node, int number) {
    await()
        .untilAsserted(
            () ->
                assertThat(node.log())
                    .containsPattern(
                        "WARN .* Peer \\Q" + peer(number) + "\\E is down.*: \\Q" + WORDS)
                    .containsPattern("WARN .* Refused a connection from .*: \\Q" + WORDS));
    try (TextClient client = node.connect()) {
      assertThat(client.stat("replication", "peer:0:last_error")).startsWith(WORDS);
    }
  }

  @Test
  void bothEndsSaySo_thoughThePeerWasDown_andTheNewNodeIsNotReady() throws Exception {
    try (NodeProcess first = start(0, "the secret of all nodes")) {
      await().until(() -> first.log().contains("is down (was connecting): Connection refused"));
      // A node that has served for a while is not the one in doubt.
      await().until(() -> secondsUp(first) > 31);
      try (NodeProcess second = start(1, "the secret of nobody")) {
        assertTold(first, 0);
        assertTold(second, 1);
        assertThat(readyz(second))
            .isEqualTo(
                "503 peer "
                    + peer(1)
                    + " has another secret: configure the same secret file on all nodes\n");
        assertThat(readyz(first))
            .isEqualTo("200 ready\nwarning: peer " + peer(0) + " has another secret\n");
      }
      try (NodeProcess second = start(1, "the secret of all nodes")) {
        await().until(() -> readyz(second), "200 ready\n"::equals);
        await().until(() -> readyz(first), "200 ready\n"::equals);
      }
    }
  }

  private static long secondsUp(NodeProcess node) {
    try (TextClient client = node.connect()) {
      return Long.parseLong(client.stat("", "uptime"));
    }
  }

  @Test
  void nodesThatStartTogether_areBothInDoubt() throws Exception {
    try (NodeProcess first = start(0, "the secret of one node");
        NodeProcess second = start(1, "the secret of the other")) {
      assertTold(first, 0);
      assertTold(second, 1);
      assertThat(readyz(first)).startsWith("503 peer ").contains("has another secret");
      assertThat(readyz(second)).startsWith("503 peer ").contains("has another secret");
    }
  }
}
