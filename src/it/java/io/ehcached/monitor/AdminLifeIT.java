package io.ehcached.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.support.FreePorts;
import io.ehcached.support.Hosts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.PeeredFile;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the admin port says of a node that starts, serves and leaves. */
class AdminLifeIT {
  private static final int PATIENCE_SECONDS = 60;
  private static final Path CURL = Path.of("/usr/bin/curl");

  @Test
  void readiness_comesWithTheCopyAndGoesWithTheDrain() throws Exception {
    int[] ports = FreePorts.next(2);
    AdminClient admin = new AdminClient(ports[0]);
    CompletableFuture<NodeProcess> starting;
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      // A peer that says nothing is waited for longer than one that is not there.
      Path alone = PeeredFile.write("waits", 32, ports[1], silent.getLocalPort(), false);
      starting =
          CompletableFuture.supplyAsync(
              () -> NodeProcess.start(alone, "--admin-port=" + ports[0], "--leave-delay=5"));

      await()
          .ignoreException(UncheckedIOException.class)
          .until(
              () -> admin.get("/readyz"),
              "503 looks for a peer to copy from\nclients are not served yet\n"::equals);
      await().until(() -> admin.get("/healthz"), "200 ok\n"::equals);
      assertThat(admin.metrics()).containsEntry("ehcached_ready", 0.0);
      assertThat(admin.cluster().get("node").toString()).contains("state=copying");
    }

    try (NodeProcess node = starting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        TextClient client = node.connect()) {
      assertThat(admin.get("/readyz")).isEqualTo("200 ready\n");
      assertThat(admin.ask("POST", "/drain").statusCode()).isEqualTo(202);
      assertThat(admin.get("/readyz"))
          .isEqualTo("503 leaving: hands to its peers what they do not have yet, and stops\n");
      assertThat(admin.cluster().get("node").toString()).contains("state=leaving");
      assertThat(client.set("k", "v")).isEqualTo("STORED");
      assertThat(node.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(node.process().exitValue()).isZero();
      assertThat(node.log()).doesNotContain("ERROR").doesNotContain("Exception");
    }
  }

  @Test
  void anotherMachine_maySeeTheNodeAndNotDrainIt() throws Exception {
    assumeTrue(Files.isExecutable(CURL), "curl is not installed: nobody to ask from elsewhere");
    try (Hosts hosts = Hosts.start(2);
        NodeProcess node =
            NodeProcess.builder()
                .on(hosts, 0)
                .arguments("--admin-port=11280", "--admin-listen=" + hosts.address(0))
                .start()) {
      String url = "http://" + hosts.address(0) + ":11280";
      assertThat(curl(hosts, 1, url + "/readyz")).isEqualTo("ready\n");
      assertThat(curl(hosts, 1, "-XPOST", url + "/drain"))
          .contains("from the machine that it runs");
      assertThat(curl(hosts, 1, url + "/readyz")).isEqualTo("ready\n");
      assertThat(node.log()).contains("use it only in a network that you trust");
      assertThat(curl(hosts, 0, "-XPOST", url + "/drain")).startsWith("leaving");
      assertThat(node.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(node.log()).contains(hosts.address(1)).doesNotContain("ERROR");
    }
  }

  private static String curl(Hosts hosts, int host, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(hosts.on(host));
    command.addAll(List.of(CURL.toString(), "-s", "-m", "30"));
    command.addAll(List.of(arguments));
    return new String(
        new ProcessBuilder(command).start().getInputStream().readAllBytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  void aPortThatIsTaken_isToldInWords() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> NodeProcess.startAlone("--admin-port=" + taken.getLocalPort()))
          .hasMessageContaining("stop whoever has it, or write another port with --admin-port")
          .message()
          .doesNotContain("\tat ");
    }
  }
}
