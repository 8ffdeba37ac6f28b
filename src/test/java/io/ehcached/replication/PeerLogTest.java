package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.link.RegionServer;
import io.ehcached.replication.link.RmiPeerLink;
import io.ehcached.replication.link.TestLinks;
import io.ehcached.replication.spi.FrameHandler;
import io.ehcached.support.CapturedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the log says of a peer that fails, over real sockets. */
@Timeout(60)
class PeerLogTest {
  private static final String REGION = "items";

  private static String saidOnce(FrameHandler there) throws IOException {
    LinkSettings settings = TestLinks.settings();
    try (CapturedLog log = CapturedLog.of("io.ehcached.replication");
        RegionServer server = new RegionServer(settings, 0, 0);
        TestNode node = new TestNode(1, TestCluster.SETTINGS, 0, 0, null)) {
      if (there != null) {
        server.bind(REGION, there);
      }
      PeerUrl url = PeerUrl.of(InetAddress.getLoopbackAddress(), server.port(), REGION);
      node.meet(new RmiPeerLink(url, settings));
      await().until(() -> !log.with("is down").isEmpty());
      List<String> lines = log.with(url.toString());
      assertThat(lines).allSatisfy(line -> assertThat(line.split(url.toString(), -1)).hasSize(2));
      assertThat(node.replicator.stats().get("peer:0:last_error")).doesNotContain(url.toString());
      return lines.get(0);
    }
  }

  @Test
  void eachLine_namesThePeerOnce() throws IOException {
    assertThat(saidOnce(null)).endsWith(": there is no such region there");
    CountDownLatch end = new CountDownLatch(1);
    FrameHandler silent =
        frame -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new IOException("too late");
        };
    assertThat(saidOnce(silent)).endsWith(": no answer");
    end.countDown();
    assertThat(saidOnce(frame -> new byte[0])).startsWith("WARN Peer ");
    FrameHandler failing =
        frame -> {
          throw new IOException("not now");
        };
    assertThat(saidOnce(failing)).endsWith(": the peer says: not now");
  }
}
