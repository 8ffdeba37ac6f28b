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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two nodes, each told to be another than the other. */
class DifferingSettingsIT {
  private static final String REPLICATOR = "RMICacheReplicatorFactory\"";

  private final int[] ports = FreePorts.next(2);

  private Path file(int node) {
    return PeeredFile.write("differ", 32, ports[node], ports[1 - node], true);
  }

  private static void replace(Path file, String old, String with) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, with));
  }

  private static NodeProcess start(Path file, String... more) {
    return NodeProcess.builder()
        .config(file)
        .arguments("--admin-port", "-1")
        .arguments(more)
        .start();
  }

  private static String differing(NodeProcess node) {
    try (TextClient client = node.connect()) {
      return client.stat("replication", "peer:0:differing_settings");
    }
  }

  private static void assertTold(NodeProcess node, String difference) {
    await().untilAsserted(() -> assertThat(differing(node)).isEqualTo(difference));
    await()
        .untilAsserted(
            () ->
                assertThat(node.log())
                    .containsPattern(
                        "WARN .* differs from this node: \\Q"
                            + difference
                            + "\\E\\. Clients may find other items there"));
    AdminClient admin = new AdminClient(node.adminPort());
    await()
        .untilAsserted(
            () ->
                assertThat(admin.get("/readyz"))
                    .startsWith("200 ready\nwarning: peer ")
                    .contains(difference));
    assertThat(admin.get("/cluster.json")).contains(difference);
    assertThat(admin.metrics())
        .anySatisfy(
            (name, value) -> {
              assertThat(name).startsWith("ehcached_peer_differing_settings{");
              assertThat(value).isEqualTo(1.0);
            });
  }

  private static void awaitReadyz(NodeProcess node, String text) {
    AdminClient admin = new AdminClient(node.adminPort());
    await().untilAsserted(() -> assertThat(admin.get("/readyz")).isEqualTo(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eternal=\"true\"|timeToLiveSeconds=\"600\"|timeToLiveSeconds|0|600",
        "eternal=\"true\"|timeToIdleSeconds=\"60\"|timeToIdleSeconds|0|60",
        REPLICATOR + "|replicatePuts|replicatePuts|true|false",
        REPLICATOR + "|replicatePutsViaCopy|replicatePutsViaCopy|true|false",
        REPLICATOR + "|replicateUpdates|replicateUpdates|true|false",
        REPLICATOR + "|replicateUpdatesViaCopy|replicateUpdatesViaCopy|true|false",
        REPLICATOR + "|replicateRemovals|replicateRemovals|true|false",
        REPLICATOR + "|replicateAsynchronously|replicateAsynchronously|true|false",
      })
  void differenceInTheFile_isAWarningOnBothEnds(
      String old, String with, String setting, String here, String there) throws IOException {
    Path first = file(0);
    Path second = file(1);
    replace(
        second, old, old.equals(REPLICATOR) ? old + " properties=\"" + with + "=false\"" : with);
    try (NodeProcess one = start(first);
        NodeProcess two = start(second)) {
      assertTold(one, setting + " is " + here + " here and " + there + " there");
      assertTold(two, setting + " is " + there + " here and " + here + " there");
    }
  }

  @Test
  void itemSize_isAWarning_andABoundOnlyANote() throws IOException {
    Path second = file(1);
    replace(second, "32m", "48m");
    try (NodeProcess one = start(file(0));
        NodeProcess two = start(second)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(List.of(differing(one), differing(two)))
                      .containsExactly(
                          "bound is 32_MB here and 48_MB there",
                          "bound is 48_MB here and 32_MB there"));
      awaitReadyz(one, "200 ready\n");
      assertThat(one.log())
          .contains("which does no harm: bound is")
          .doesNotContain("Clients may find other items");
    }
    try (NodeProcess one = start(file(0));
        NodeProcess two = start(file(1), "-I", "2m")) {
      assertTold(one, "-I is 1048576 here and 2097152 there");
      assertTold(two, "-I is 2097152 here and 1048576 there");
    }
  }

  @Test
  void peerThatDoesNotKnowTheNode_comesToKnowIt_andSends() throws IOException {
    Path second = file(1);
    replace(second, "//127.0.0.1:" + ports[0], "//127.0.0.1:" + FreePorts.next(1)[0]);
    try (NodeProcess one = start(file(0));
        NodeProcess two = start(second);
        TextClient client = one.connect();
        TextClient other = two.connect()) {
      await().until(() -> client.stat("replication", "peer:0:sends_here"), "yes"::equals);
      await().until(() -> other.stat("replication", "peer:1:known_by"), "accepted"::equals);
      awaitReadyz(one, "200 ready\n");
      AdminClient admin = new AdminClient(one.adminPort());
      assertThat(admin.get("/metrics")).containsPattern("ehcached_peer_sends_here\\{.*} 1.0");
      assertThat(one.log()).doesNotContain("does not send");
    }
  }

  @Test
  void reload_isToldToThePeers() throws IOException {
    Path first = file(0);
    try (NodeProcess one = start(first);
        NodeProcess two = start(file(1))) {
      await().untilAsserted(() -> assertThat(differing(two)).isEqualTo("none"));
      replace(first, "eternal=\"true\"", "timeToLiveSeconds=\"30\"");
      assertTold(one, "timeToLiveSeconds is 30 here and 0 there");
      assertTold(two, "timeToLiveSeconds is 0 here and 30 there");

      replace(first, "timeToLiveSeconds=\"30\"", "eternal=\"true\"");
      await()
          .untilAsserted(
              () ->
                  assertThat(List.of(differing(one), differing(two)))
                      .containsExactly("none", "none"));
      assertThat(two.log()).contains("has the same settings as this node");
      awaitReadyz(two, "200 ready\n");
    }
  }
}
