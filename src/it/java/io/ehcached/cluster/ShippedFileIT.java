package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two nodes started with the file that is shipped find each other, with nothing to edit. */
class ShippedFileIT {
  private static Path shipped() throws IOException {
    String shipped = Files.readString(Path.of("config/ehcache.xml"));
    assertThat(shipped).contains("multicastGroupPort=4446");
    String group = "multicastGroupPort=" + FreePorts.next(); // or others here would join
    return NodeProcess.config(shipped.replace("multicastGroupPort=4446", group));
  }

  @Test
  void nodesOfTwoUsers_doNotJoin() throws IOException {
    Path config = shipped();
    String bob = "-XX:TieredStopAtLevel=1 -Duser.name=bob";
    try (NodeProcess one = NodeProcess.start(config, "-m", "32");
        NodeProcess other =
            NodeProcess.builder()
                .config(config)
                .arguments("-m", "32")
                .environment(Map.of("EHCACHED_JAVA_OPTS", bob))
                .start();
        TextClient client = other.connect()) {
      await().until(() -> "other_cluster".equals(client.stat("replication", "multicast_state")));
      assertThat(client.stat("replication", "peers")).isEqualTo("0");
      await().until(() -> one.log().contains("its cluster is 'ehcached of bob'"));
    }
  }

  @Test
  void clientsOfOtherMachines_areTooFarAwayForIt() throws IOException {
    try (NodeProcess node = NodeProcess.start(shipped(), "-m", "32", "-l", "0.0.0.0")) {
      assertThat(node.log())
          .contains("WARN")
          .contains("-l 0.0.0.0 serves clients on other machines, but timeToLive=0 in ")
          .contains("looks for peers on this machine only");
    }
  }

  @Test
  void twoNodes_joinWithoutAnEdit() throws IOException {
    Path config = shipped();
    try (NodeProcess one = NodeProcess.start(config, "-m", "32");
        NodeProcess two = NodeProcess.start(config, "-m", "32");
        TextClient first = one.connect();
        TextClient second = two.connect()) {
      await()
          .until(
              () -> {
                first.set("here", "x");
                second.set("there", "y");
                return "x".equals(second.get("here")) && "y".equals(first.get("there"));
              });
      assertThat(one.log()).doesNotContain("WARN", "ERROR");
    }
  }
}
