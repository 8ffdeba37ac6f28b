package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.PLAIN_REGION;
import static io.ehcached.config.EhcacheXml.read;
import static io.ehcached.config.EhcacheXml.region;
import static io.ehcached.config.EhcacheXml.replicatedRegion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.network.PeerOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a factory of a file lacks is found before a node is started with it. */
class FactoryCheckTest {
  private static final String REFRESH =
      """
      <cacheExtensionFactory
          class='net.sf.ehcache.constructs.scheduledrefresh.ScheduledRefreshCacheExtensionFactory'
          properties='batchSize=10;cronExpression=0/5 * * * * ?' propertySeparator=';'/>
      """;

  @TempDir Path directory;

  @Test
  void classThatAFactoryNeeds_isMissedAtItsLine() {
    NodeConfiguration node = read(directory, "\n" + region("\n" + REFRESH));

    assertThat(node.findings()).isEmpty();
    assertThat(node.tryFactories())
        .singleElement()
        .asString()
        .endsWith(
            ".xml:4: error: <cacheExtensionFactory>: net.sf.ehcache.constructs.scheduledrefresh"
                + ".ScheduledRefreshCacheExtensionFactory needs the class"
                + " org.quartz.SchedulerException, which is not on the class path; take it out");
    assertThatThrownBy(() -> EhcacheNode.open(node, PeerOptions.defaults()))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContaining("needs the class org.quartz.SchedulerException, which is not on");
  }

  @ParameterizedTest
  @CsvSource({
    "cacheExtensionFactory, java.lang.String",
    "cacheEventListenerFactory, net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory",
    "cacheEventListenerFactory, net.sf.ehcache.event.CacheEventListenerFactory",
    "bootstrapCacheLoaderFactory, net.sf.ehcache.distribution.RMICacheReplicatorFactory"
  })
  void classThatIsNoSuchFactory_isFound(String element, String type) {
    NodeConfiguration node =
        read(directory, region("<" + element + " class='" + type + "' properties=''/>"));

    assertThat(node.tryFactories())
        .singleElement()
        .asString()
        .contains("error: <" + element + ">: " + type + " fails: ")
        .endsWith("; take it out");
  }

  @Test
  void managersFactory_isTried() {
    NodeConfiguration node =
        read(
            directory,
            "<cacheManagerEventListenerFactory class='java.lang.String' properties=''/>"
                + PLAIN_REGION);

    assertThat(node.tryFactories()).singleElement().asString().contains("java.lang.String fails: ");
  }

  @Test
  void factoriesOfOurs_areNotTried() {
    assertThat(read(directory, replicatedRegion()).tryFactories()).isEmpty();
  }
}
