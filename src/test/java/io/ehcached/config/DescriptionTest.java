package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.AUTOMATIC_FRAGMENT;
import static io.ehcached.config.EhcacheXml.MANUAL_FRAGMENT;
import static io.ehcached.config.EhcacheXml.REGION_FRAGMENT;
import static io.ehcached.config.EhcacheXml.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptionTest {
  @TempDir Path directory;

  @Test
  void shippedFile() {
    assertThat(NodeConfiguration.read(Path.of("config/ehcache.xml"), null, 0).describe())
        .isEqualToNormalizingNewlines(
            """
            file         config/ehcache.xml
            region       memcached
            bound        256 MB of heap
            lifetime     as each item's exptime says
            eviction     CLOCK
            disk         none
            replication  replicateAsynchronously=true
            bootstrap    bootstrapAsynchronously=false
            discovery    automatic: group 230.0.0.1 port 4446, timeToLive 0
            listener     127.0.0.1, any free port, objects at the same port, timeout 5000 ms
            """);
  }

  @Test
  void manualFragment() {
    assertThat(read(directory, MANUAL_FRAGMENT + REGION_FRAGMENT).describe())
        .contains("bound        10 items")
        .contains("lifetime     for items without exptime, 100 s, 100 s unused")
        .contains("bootstrap    none; a restarted node begins empty")
        .contains("discovery    manual: //192.168.0.13:4567/sampleCache2")
        .contains("listener     192.168.0.12 port 4567, objects at the same port, timeout 2000 ms");
  }

  @Test
  void automaticFragment() {
    assertThat(read(directory, AUTOMATIC_FRAGMENT + REGION_FRAGMENT).describe())
        .contains("discovery    automatic: group 230.0.0.1 port 4446, timeToLive 32");
  }

  @Test
  void regionInMemory_evictsByClock_whateverThePolicy() {
    assertThat(
            read(directory, "<cache name=\"r\" maxBytesLocalHeap=\"10m\"/>").describe()
                + read(
                        directory,
                        "<cache name=\"r\" maxBytesLocalHeap=\"10m\""
                            + " memoryStoreEvictionPolicy=\"LFU\"/>")
                    .describe())
        .contains("eviction     CLOCK")
        .doesNotContain("LRU", "LFU");
    assertThat(
            read(
                    directory,
                    "<cache name=\"r\" maxBytesLocalHeap=\"10m\""
                        + " memoryStoreEvictionPolicy=\"LFU\">"
                        + "<persistence strategy=\"localTempSwap\"/></cache>")
                .describe())
        .contains("eviction     LFU");
  }

  @Test
  void nodeThatStandsAlone() {
    assertThat(read(directory, EhcacheXml.PLAIN_REGION).describe())
        .contains("replication  none")
        .contains("discovery    none; the node has no peers")
        .contains("listener     none");
  }

  @Test
  void listenerWithoutProvider_hasNoOtherNodes() {
    String listener = EhcacheXml.listener("hostName=127.0.0.1, port=4567");

    assertThat(read(directory, listener + EhcacheXml.replicatedRegion()).describe())
        .contains("discovery    manual: no other nodes\n");
  }

  @Test
  void peerNamedTwice_isThereOnce() {
    String provider =
        EhcacheXml.provider(
            "peerDiscovery=manual, hostName=127.0.0.1, port=4567,"
                + " rmiUrls=//127.0.0.1:4568/r|//127.0.0.1:4568/r");

    assertThat(read(directory, provider + EhcacheXml.replicatedRegion()).describe())
        .contains("discovery    manual: //127.0.0.1:4568/r\n");
  }
}
