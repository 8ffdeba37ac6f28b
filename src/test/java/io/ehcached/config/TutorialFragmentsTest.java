package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.AUTOMATIC_FRAGMENT;
import static io.ehcached.config.EhcacheXml.MANUAL_FRAGMENT;
import static io.ehcached.config.EhcacheXml.REGION_FRAGMENT;
import static io.ehcached.config.EhcacheXml.printed;
import static io.ehcached.config.EhcacheXml.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.network.DiscoverySettings.Way;
import io.ehcached.replication.network.PeerSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fragments that people have from tutorials work as they stand, and what is odd is said. */
class TutorialFragmentsTest {
  @TempDir Path directory;

  @Test
  void manualFragment_reachesTheOtherMachine() {
    NodeConfiguration node = read(directory, "\n" + MANUAL_FRAGMENT + REGION_FRAGMENT);

    assertThat(node.isUsable()).isTrue();
    assertThat(node.regionName()).isEqualTo("sampleCache2");
    assertThat(node.bound()).isEqualTo(new RegionBound(0, 10));
    PeerSettings peers = node.peers();
    assertThat(peers.discovery().ways()).containsExactly(Way.MANUAL);
    assertThat(peers.listener().hostName()).isEqualTo("192.168.0.12");
    assertThat(peers.listener().port()).isEqualTo(4567);
    assertThat(peers.listener().socketTimeoutMillis()).isEqualTo(2000);
    assertThat(peers.discovery().listed())
        .containsExactly(new PeerUrl("192.168.0.13", 4567, "sampleCache2"));
  }

  @Test
  void manualFragment_isExplainedLineByLine() {
    List<String> printed = printed(read(directory, "\n" + MANUAL_FRAGMENT + REGION_FRAGMENT));

    assertThat(printed)
        .anyMatch(
            line ->
                line.startsWith(
                        "ehcache.xml:4: warning: <cacheManagerPeerProviderFactory>: rmiUrls name the region"
                            + " oschina_cache, which the file does not define")
                    && line.contains("write //192.168.0.12:4567/sampleCache2"))
        .anyMatch(
            line ->
                line.startsWith(
                        "ehcache.xml:3: warning: <cacheManagerPeerProviderFactory>: hostName=localhost")
                    && line.endsWith("write hostName=192.168.0.12"))
        .anyMatch(
            line ->
                line.startsWith(
                    "ehcache.xml:4: note: <cacheManagerPeerProviderFactory>: the URL"
                        + " //192.168.0.12:4567/sampleCache2 is this node itself"))
        .anyMatch(
            line ->
                line.startsWith(
                        "ehcache.xml:2: note: <cacheManagerPeerProviderFactory>: no cacheManagerPeerListenerFactory")
                    && line.contains("192.168.0.12, port 4567"))
        .anyMatch(
            line ->
                line.startsWith(
                        "ehcache.xml:8: warning: <cacheEventListenerFactory>: replicateUpdatesViaCopy=false makes"
                            + " peers forget an updated item")
                    && line.endsWith("write replicateUpdatesViaCopy=true"))
        .anyMatch(line -> line.contains("<cache name=\"sampleCache2\">: has no bootstrap loader"))
        .allMatch(line -> !line.contains("\n"));
  }

  @Test
  void automaticFragment_listensAtThisMachinesAddress() {
    NodeConfiguration node = read(directory, AUTOMATIC_FRAGMENT + REGION_FRAGMENT);

    assertThat(node.isUsable()).isTrue();
    PeerSettings peers = node.peers();
    assertThat(peers.discovery().ways()).containsExactly(Way.AUTOMATIC);
    assertThat(peers.listener().hostName()).isEqualTo("192.168.0.12");
    assertThat(peers.listener().port()).isZero();
    assertThat(peers.discovery().group().address()).isEqualTo("230.0.0.1");
    assertThat(peers.discovery().group().port()).isEqualTo(4446);
    assertThat(peers.discovery().group().timeToLive()).isEqualTo(32);
    assertThat(printed(node))
        .anyMatch(line -> line.contains("note: ") && line.endsWith("write hostName=192.168.0.12"))
        .anyMatch(
            line ->
                line.contains("no cacheManagerPeerListenerFactory")
                    && line.contains("any free port"));
  }
}
