package io.ehcached.monitor;

import static io.ehcached.support.NodeProcess.config;
import static io.ehcached.support.NodeProcess.freePorts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the admin port says of a node that starts, serves and leaves. */
class AdminLifeIT {
  private static final int PATIENCE_SECONDS = 60;

  @Test
  void readiness_comesWithTheCopyAndGoesWithTheDrain() throws Exception {
    int[] ports = freePorts(3);
    AdminClient admin = new AdminClient(ports[0]);
    Path alone = waitsForPeer(ports[1], ports[2]);
    CompletableFuture<NodeProcess> starting =
        CompletableFuture.supplyAsync(
            () -> NodeProcess.start(alone, "--admin-port=" + ports[0], "--leave-delay=2"));

    await().ignoreException(UncheckedIOException.class).until(() -> admin.get("/healthz") != null);
    assertThat(admin.get("/readyz"))
        .isEqualTo("503 looks for a peer to copy from\nclients are not served yet\n");
    assertThat(admin.get("/healthz")).isEqualTo("200 ok\n");
    assertThat(admin.metrics()).containsEntry("ehcached_ready", 0.0);
    assertThat(admin.cluster().get("node").toString()).contains("state=copying");

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

  /** A node that looks for a peer that is not there, for a while, before it serves. */
  private static Path waitsForPeer(int port, int absent) {
    return config(
        """
        <ehcache name="waits" updateCheck="false">
          <cacheManagerPeerProviderFactory
              class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
              properties="hostName=127.0.0.1, port=%d, peerDiscovery=manual,
              rmiUrls=//127.0.0.1:%d/memcached"/>
          <cache name="memcached" maxBytesLocalHeap="32m" eternal="true">
            <cacheEventListenerFactory
                class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
            <bootstrapCacheLoaderFactory
                class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
                properties="bootstrapAsynchronously=false"/>
          </cache>
        </ehcache>
        """
            .formatted(port, absent));
  }
}
