package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.bootstrap;
import static io.ehcached.config.EhcacheXml.read;
import static io.ehcached.config.EhcacheXml.region;
import static io.ehcached.config.EhcacheXml.replicator;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.support.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The defaults in docs/configuration.md are those that hold when nothing is said. */
class DocumentedReplicationTest {
  private static final Document DOCUMENT = Document.of("docs/configuration.md");
  private static final String PEERS =
      EhcacheXml.provider("peerDiscovery=manual, rmiUrls=//127.0.0.1:1/r");

  @TempDir Path directory;

  @Test
  void replicatorsDefaults() {
    assertThat(read(directory, region(replicator(told("cacheEventListenerFactory")))).replication())
        .isEqualTo(read(directory, region(replicator(""))).replication())
        .isNotNull();
  }

  @Test
  void bootstrapLoadersDefaults() {
    assertThat(read(directory, region(bootstrap(told("bootstrapCacheLoaderFactory")))).bootstrap())
        .isEqualTo(read(directory, region(bootstrap(""))).bootstrap())
        .isEqualTo(BootstrapSettings.defaults());
  }

  /** A number that the findings say counts as another one does. */
  @ParameterizedTest
  @CsvSource({"0", "100", "none", "200000000"})
  void wrongChunk_countsAsTheDefault(String chunk) {
    NodeConfiguration node =
        read(
            directory,
            region(
                replicator("asynchronousReplicationMaximumBatchSize=0")
                    + bootstrap("maximumChunkSizeBytes=" + chunk)));

    assertThat(node.isUsable()).isTrue();
    assertThat(node.bootstrap()).isEqualTo(BootstrapSettings.defaults());
    assertThat(node.replication()).isEqualTo(read(directory, region(replicator(""))).replication());
  }

  @Test
  void ofSeveralReplicators_theLastCounts() {
    String two = replicator("replicatePuts=false") + replicator("replicateAsynchronously=false");
    NodeConfiguration node = read(directory, PEERS + region(two));

    assertThat(node.replication().asynchronous()).isFalse();
    assertThat(node.replication().changes().puts()).isTrue();
    assertThat(node.describe()).contains("replication  replicateAsynchronously=false");
  }

  /** Ehcache would make what they name, and open the node's ports once more. */
  @Test
  void factoriesOfPeers_areNotGivenToEhcache() {
    NodeConfiguration node =
        read(
            directory,
            PEERS + EhcacheXml.listener("hostName=127.0.0.1") + EhcacheXml.replicatedRegion());

    assertThat(node.isUsable()).isTrue();
    assertThat(node.configuration().getCacheManagerPeerProviderFactoryConfiguration()).isEmpty();
    assertThat(node.configuration().getCacheManagerPeerListenerFactoryConfigurations()).isEmpty();
    assertThat(node.region().getCacheEventListenerConfigurations().size()).isZero();
    assertThat(node.region().getBootstrapCacheLoaderFactoryConfiguration()).isNull();
  }

  /** Returns the properties that the document has defaults for, with these. */
  private static String told(String factory) {
    List<String> properties = new ArrayList<>();
    for (List<String> row : DOCUMENT.tables("property of `" + factory + "`").get(0).rows()) {
      for (String told : Document.spans(row.get(1))) {
        Document.spans(row.get(0)).forEach(name -> properties.add(name + "=" + told));
      }
    }
    assertThat(properties).isNotEmpty();
    return String.join(", ", properties);
  }
}
