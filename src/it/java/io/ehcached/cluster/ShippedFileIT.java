package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Two nodes started with the file that is shipped find each other, with nothing to edit. */
class ShippedFileIT {
  @Test
  void twoNodes_joinWithoutAnEdit() throws IOException {
    String shipped = Files.readString(Path.of("config/ehcache.xml"));
    assertThat(shipped).contains("multicastGroupPort=4446");
    String group = "multicastGroupPort=" + FreePorts.next(); // or others here would join
    Path config = NodeProcess.config(shipped.replace("multicastGroupPort=4446", group));

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
