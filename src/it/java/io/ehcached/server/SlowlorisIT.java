package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Thousands of clients that each begin a command, and then say no more. */
class SlowlorisIT {
  private static final int CLIENTS = 5000;
  private static final int SPARE = 500;

  @Test
  void fiveThousandHalfCommands_delayNobodyAndAreSentAway() throws IOException {
    long files =
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount();
    assumeTrue(
        files >= CLIENTS + SPARE,
        "only " + files + " files may be open, and " + CLIENTS + " are wanted: ulimit -n");
    List<SocketChannel> clients = new ArrayList<>();
    try (NodeProcess node =
            NodeProcess.startAlone("-c", "5010", "-b", "5010", "-o", "partial_timeout=5");
        TextClient busy = node.connect()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), node.port());
      for (int i = 0; i < CLIENTS; i++) {
        SocketChannel client = SocketChannel.open(address);
        client.write(ByteBuffer.wrap("get ke".getBytes(StandardCharsets.US_ASCII)));
        clients.add(client);
      }
      assertThat(busy.set("k", "v")).isEqualTo("STORED");
      assertThat(busy.get("k")).isEqualTo("v");
      await().until(() -> Integer.parseInt(busy.stat("", "partial_kicks")) == CLIENTS);
      // The last of them are counted before they are closed.
      await().until(() -> busy.stat("", "curr_connections").equals("1"));
      assertThat(busy.get("k")).isEqualTo("v");
      assertThat(node.log()).doesNotContain("ERROR").doesNotContain("Exception");
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }
}
