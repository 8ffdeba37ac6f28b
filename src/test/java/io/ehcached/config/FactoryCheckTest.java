package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.PLAIN_REGION;
import static io.ehcached.config.EhcacheXml.read;
import static io.ehcached.config.EhcacheXml.region;
import static io.ehcached.config.EhcacheXml.replicatedRegion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.replication.network.PeerOptions;
import java.nio.file.Path;
import net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory;
import net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    "cacheExtensionFactory, java.lang.String, is not a net.sf.ehcache.extension.CacheEx",
    "cacheLoaderFactory, java.lang.String, is not a net.sf.ehcache.loader.CacheLoaderFactory",
    "cacheEventListenerFactory, net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory,"
        + " is not a net.sf.ehcache.event.CacheEventListenerFactory",
    "cacheEventListenerFactory, net.sf.ehcache.event.CacheEventListenerFactory, is abstract",
    "bootstrapCacheLoaderFactory, net.sf.ehcache.distribution.RMICacheReplicatorFactory,"
        + " is not a net.sf.ehcache.bootstrap.BootstrapCacheLoaderFactory",
    "bootstrapCacheLoaderFactory, io.ehcached.config.FactoryCheckTest$Demanding,"
        + " has no constructor without arguments",
    "bootstrapCacheLoaderFactory, io.ehcached.config.FactoryCheckTest$Hidden, or its constructor"
  })
  void classThatIsNoSuchFactory_isTheOneFinding(String element, String type, String fault) {
    NodeConfiguration node =
        read(directory, region("<" + element + " class='" + type + "' properties=''/>"));

    assertThat(node.findings())
        .singleElement()
        .asString()
        .contains("error: <" + element + ">: the class " + type + " " + fault);
    assertThat(node.isUsable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cacheManagerEventListenerFactory",
        "cacheManagerPeerProviderFactory",
        "cacheManagerPeerListenerFactory"
      })
  void managersFactory_isChecked(String element) {
    NodeConfiguration node =
        read(directory, "<" + element + " class='java.lang.String' properties=''/>" + PLAIN_REGION);

    assertThat(node.findings())
        .singleElement()
        .asString()
        .contains("error: <" + element + ">: the class java.lang.String is not a net.sf.ehcache.");
  }

  @Test
  void clusteringClassOfTheWrongKind_isTheOneFinding() {
    String content =
        """
        <cacheManagerPeerProviderFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
            properties="peerDiscovery=manual, rmiUrls=//127.0.0.1:4568/r"/>
        <cacheManagerPeerListenerFactory
            class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
            properties="hostName=127.0.0.1, port=4567"/>
        """
            + replicatedRegion();
    for (String wrong :
        new String[] {
          EhcacheClassNames.REPLICATOR, EhcacheClassNames.PROVIDER, EhcacheClassNames.LISTENER
        }) {
      NodeConfiguration node = read(directory, content.replace(wrong, "java.lang.String"));

      assertThat(node.findings())
          .filteredOn(finding -> finding.severity() != Finding.Severity.NOTE)
          .singleElement()
          .asString()
          .contains("the class java.lang.String is not a ");
    }
  }

  @Test
  void factoriesOfPeers_areMade() {
    NodeConfiguration node =
        read(
            directory,
            "<cacheManagerPeerProviderFactory class='"
                + Failing.class.getName()
                + "'/>"
                + PLAIN_REGION);

    assertThat(node.findings()).isEmpty();
    assertThat(node.tryFactories())
        .singleElement()
        .asString()
        .endsWith("FactoryCheckTest$Failing fails: no network today; take it out");
  }

  /** A factory with a constructor that Ehcache cannot call. */
  public static class Demanding extends RMIBootstrapCacheLoaderFactory {
    @SuppressWarnings("unused")
    public Demanding(String name) {}
  }

  /** A factory that Ehcache may not make. */
  static class Hidden extends RMIBootstrapCacheLoaderFactory {}

  /** A factory that cannot be made. */
  public static class Failing extends RMICacheManagerPeerProviderFactory {
    public Failing() {
      throw new IllegalStateException("no network today");
    }
  }

  @Test
  void factoriesOfOurs_areNotTried() {
    assertThat(read(directory, replicatedRegion()).tryFactories()).isEmpty();
  }
}
