package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.link.RegionServer;
import io.ehcached.replication.link.TestLinks;
import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.PeeredFile;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node whose peer listens, and has not opened its region yet. */
class OpeningRegionIT {
  @Test
  void regionThatIsNotOpenYet_isNoWarningAndNoError() {
    int[] ports = FreePorts.next(2);
    RegionServer peer = new RegionServer(TestLinks.settings(), ports[1], 0);
    try (NodeProcess node =
            NodeProcess.start(PeeredFile.write("opening", 32, ports[0], ports[1], false));
        TextClient client = node.connect()) {
      // It has looked for the region again and again by now, and serves without it.
      assertThat(node.log()).contains("No peer has anything to copy: ready");
      assertThat(client.stat("replication", "peer:0:state")).isEqualTo("connecting");
      assertThat(client.stat("replication", "peer:0:last_error")).isEqualTo("none");
      assertThat(client.stat("replication", "peer:0:errors")).isEqualTo("0");

      peer.bind(
          "memcached",
          frame -> {
            throw new IOException("it has opened the region");
          });
      await()
          .until(
              () -> client.stat("replication", "peer:0:last_error"),
              error -> error.contains("it has opened the region"));
      assertThat(node.log()).doesNotContain("no such region");
    } finally {
      peer.close();
    }
  }

  @Test
  void twoNodesThatStartTogether_warnOfNothing() {
    int[] ports = FreePorts.next(2);
    CompletableFuture<NodeProcess> starting =
        CompletableFuture.supplyAsync(
            () -> NodeProcess.start(PeeredFile.write("together", 32, ports[0], ports[1], false)));
    try (NodeProcess second =
            NodeProcess.start(PeeredFile.write("together", 32, ports[1], ports[0], false));
        NodeProcess first = starting.join()) {
      await()
          .until(
              () ->
                  first.log().contains("is live (was ") && second.log().contains("is live (was "));
      for (NodeProcess node : new NodeProcess[] {first, second}) {
        assertThat(node.log()).doesNotContain("no such region");
      }
    }
  }
}
