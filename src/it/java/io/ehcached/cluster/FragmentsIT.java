package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.Hosts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The fragments of {@code ehcache.xml} that are in every tutorial, as they stand, on three machines
 * that have the addresses in them.
 */
class FragmentsIT {
  private static final String REGION =
      """
      <cache name="%s" maxElementsInMemory="10" eternal="false" timeToIdleSeconds="100"
          timeToLiveSeconds="100" overflowToDisk="false">
        <cacheEventListenerFactory class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
            properties="replicateAsynchronously=true, replicatePuts=true, replicateUpdates=true,
            replicateUpdatesViaCopy=false, replicateRemovals=true"/>
      </cache>
      """;

  private static final String MANUAL =
      """
      <cacheManagerPeerProviderFactory
          class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
          properties="hostName=%s, port=4567, socketTimeoutMillis=2000, peerDiscovery=manual,
          rmiUrls=//%s:4567/oschina_cache|//%s:4567/oschina_cache"/>
      """;

  private static final String AUTOMATIC =
      """
      <cacheManagerPeerProviderFactory
          class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
          properties="peerDiscovery=automatic, multicastGroupAddress=230.0.0.1,
          multicastGroupPort=4446, timeToLive=32"/>
      """;

  @AutoClose private Hosts hosts;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<TextClient> clients = new ArrayList<>();

  @BeforeEach
  void plugIn() {
    hosts = Hosts.start(3);
  }

  @AfterEach
  void stop() {
    clients.forEach(TextClient::close);
    nodes.forEach(NodeProcess::close);
  }

  private void start(int host, String provider, String region) {
    Path config =
        NodeProcess.config("<ehcache>" + provider + REGION.formatted(region) + "</ehcache>");
    nodes.add(NodeProcess.builder().on(hosts, host).config(config).start());
    clients.add(nodes.get(host).connect());
  }

  private String manual(int host) {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      if (i != host) {
        others.add(hosts.address(i));
      }
    }
    return MANUAL.formatted(hosts.address(host), others.get(0), others.get(1));
  }

  private void allSee(String keyPrefix) {
    for (int i = 0; i < 3; i++) {
      String key = keyPrefix + i;
      TextClient writer = clients.get(i);
      await()
          .until(
              () -> {
                writer.ask("delete " + key);
                writer.ask("add " + key + " 7 0 1\r\nx");
                return clients.stream().allMatch(client -> "x".equals(client.get(key)));
              });
      // What they saw may be the add before the last delete, which is on its way still.
      await().until(() -> clients.stream().allMatch(client -> "7".equals(client.flags(key))));
    }
  }

  @Test
  void manual_withTheRegionThatItsUrlsName() {
    for (int i = 0; i < 3; i++) {
      start(i, manual(i), "oschina_cache");
    }
    allSee("m");
    assertThat(nodes.get(0).log()).contains("replicateUpdatesViaCopy");
  }

  @Test
  void manual_withTheRegionOfTheOtherFragment() {
    for (int i = 0; i < 3; i++) {
      start(i, manual(i), "sampleCache2");
    }
    allSee("r");
    assertThat(nodes.get(0).log()).contains("oschina_cache");
  }

  @Test
  void automatic() {
    for (int i = 0; i < 3; i++) {
      start(i, AUTOMATIC, "sampleCache2");
    }
    allSee("a");
  }

  @Test
  void hostNameLocalhost_isExplained() {
    start(0, MANUAL.formatted("localhost", "192.168.0.12", "192.168.0.13"), "oschina_cache");
    assertThat(nodes.get(0).log())
        .contains("hostName=localhost")
        .contains("hostName=" + hosts.address(0));
  }
}
