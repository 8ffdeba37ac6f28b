package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.PLAIN_REGION;
import static io.ehcached.config.EhcacheXml.bootstrap;
import static io.ehcached.config.EhcacheXml.listener;
import static io.ehcached.config.EhcacheXml.printed;
import static io.ehcached.config.EhcacheXml.provider;
import static io.ehcached.config.EhcacheXml.read;
import static io.ehcached.config.EhcacheXml.region;
import static io.ehcached.config.EhcacheXml.replicatedRegion;
import static io.ehcached.config.EhcacheXml.replicator;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.network.DiscoverySettings;
import io.ehcached.replication.network.DiscoverySettings.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each thing about a node among others that trips people up is said, with its place and its mend.
 */
class ClusterFindingsTest {
  private static final String MULTICAST =
      "multicastGroupAddress=230.0.0.1, multicastGroupPort=4446, timeToLive=0, hostName=127.0.0.1";
  private static final String AUTOMATIC = "peerDiscovery=automatic, " + MULTICAST;
  private static final String MANUAL =
      "peerDiscovery=manual, hostName=192.168.0.12, port=4567, rmiUrls=";

  @TempDir Path directory;

  private static Arguments of(String what, String content, String... parts) {
    return Arguments.of(what, content, parts);
  }

  private static Arguments withProvider(String what, String properties, String... parts) {
    return of(what, provider(properties) + listener("") + replicatedRegion(), parts);
  }

  private static Arguments withReplicator(String what, String properties, String... parts) {
    return of(
        what,
        provider(AUTOMATIC) + listener("") + region(replicator(properties) + bootstrap("")),
        parts);
  }

  static Stream<Arguments> findings() {
    return Stream.of(
        of(
            "unknown provider",
            "<cacheManagerPeerProviderFactory class='com.acme.Peers'/>" + PLAIN_REGION,
            "error: <cacheManagerPeerProviderFactory>",
            "com.acme.Peers is not on the class path",
            "write class=\"" + EhcacheClassNames.PROVIDER),
        of(
            "nameless provider",
            "<cacheManagerPeerProviderFactory/>" + PLAIN_REGION,
            "error: ",
            "names no class"),
        of(
            "two providers",
            provider(AUTOMATIC) + provider(AUTOMATIC) + replicatedRegion(),
            "warning: <cacheManagerPeerProviderFactory>",
            "only the last is used"),
        of(
            "replicator alone",
            replicatedRegion(),
            "warning: <cacheEventListenerFactory>: replicates to nobody"),
        of(
            "provider alone",
            provider(AUTOMATIC) + listener("") + PLAIN_REGION,
            "warning: <cache name=\"r\">: does not replicate"),
        of(
            "no bootstrap",
            provider(AUTOMATIC) + listener("") + region(replicator("")),
            "note: <cache name=\"r\">: has no bootstrap loader",
            "<bootstrapCacheLoaderFactory class=\""),
        of(
            "no listener",
            provider(AUTOMATIC) + replicatedRegion(),
            "note: <cacheManagerPeerProviderFactory>: no cacheManagerPeerListenerFactory",
            "any free port"),
        withReplicator(
            "updates invalidate",
            "replicateUpdatesViaCopy=false",
            "warning: ",
            "forget an updated item",
            "=true"),
        withReplicator(
            "puts invalidate",
            "replicatePutsViaCopy=false",
            "warning: ",
            "forget a new item",
            "=true"),
        withReplicator(
            "no puts", "replicatePuts=false", "warning: ", "replicatePuts=false lets nodes differ"),
        withReplicator(
            "no removals", "replicateRemovals=false", "warning: ", "deleted items live on"),
        withReplicator(
            "no number",
            "asynchronousReplicationMaximumBatchSize=many",
            "warning: ",
            "many counts as 1000"),
        withReplicator(
            "misspelt",
            "replicateUpdate=true",
            "warning: ",
            "replicateUpdate is not known",
            "write replicateUpdates"),
        withReplicator(
            "neither",
            "replicateAsynchronously=maybe",
            "error: <cacheEventListenerFactory>: ",
            "replicateAsynchronously=maybe is wrong; write true or false"),
        withReplicator(
            "missing comma behind the mode",
            "replicateAsynchronously=true replicatePuts=true",
            "error: ",
            "write true or false, and a comma between properties"),
        withReplicator(
            "missing comma",
            "replicatePuts=true replicateUpdates=true",
            "warning: ",
            "a comma between properties"),
        of(
            "bootstrap chunk",
            provider(AUTOMATIC)
                + listener("")
                + region(replicator("") + bootstrap("maximumChunkSizeBytes=7")),
            "warning: <bootstrapCacheLoaderFactory>",
            "7 counts as 5000000"),
        withProvider(
            "unknown discovery",
            "peerDiscovery=automtic",
            "error: ",
            "peerDiscovery=automtic is not known"),
        withProvider(
            "no group",
            "multicastGroupPort=4446, hostName=127.0.0.1",
            "error: ",
            "names no multicast group"),
        withProvider(
            "no group port",
            "multicastGroupAddress=230.0.0.1, hostName=127.0.0.1",
            "error: ",
            "names no multicast port"),
        withProvider(
            "no multicast address",
            "multicastGroupAddress=192.168.0.1, multicastGroupPort=1, hostName=127.0.0.1",
            "error: ",
            "192.168.0.1 is no multicast address",
            "224.0.0.0 to 239.255.255.255"),
        withProvider(
            "group port too large",
            "multicastGroupAddress=230.0.0.1, multicastGroupPort=70000, hostName=127.0.0.1",
            "error: ",
            "from 1 to 65535"),
        withProvider(
            "time to live too large",
            MULTICAST.replace("timeToLive=0", "timeToLive=256"),
            "error: ",
            "from 0 to 255"),
        withProvider(
            "urls in automatic",
            AUTOMATIC + ", rmiUrls=//a:1/r",
            "warning: ",
            "write peerDiscovery=manual"),
        withProvider(
            "loopback, and beyond",
            MULTICAST.replace("timeToLive=0", "timeToLive=1"),
            "warning: ",
            "hostName=127.0.0.1",
            "write hostName=192.168.0.12",
            "timeToLive=0"),
        withProvider(
            "unknown property",
            AUTOMATIC + ", multicastGroupAdress=x",
            "warning: ",
            "write multicastGroupAddress"),
        withProvider(
            "unknown host",
            "peerDiscovery=manual, hostName=no.such.host.invalid, port=1, rmiUrls=//192.168.0.13:1/r",
            "error: ",
            "no.such.host.invalid is no address",
            "hostName=192.168.0.12"),
        withProvider(
            "elsewhere",
            "peerDiscovery=manual, hostName=10.9.9.9, port=1, rmiUrls=//192.168.0.13:1/r",
            "warning: ",
            "10.9.9.9 is no address of this machine"),
        withProvider(
            "manual without urls",
            "peerDiscovery=manual, hostName=127.0.0.1",
            "warning: ",
            "finds nobody",
            "rmiUrls=//host:port/region"),
        withProvider(
            "no port",
            "peerDiscovery=manual, hostName=192.168.0.12, rmiUrls=//192.168.0.13:4567/r",
            "warning: ",
            "names no port of its own"),
        withProvider(
            "url without slashes",
            MANUAL + "192.168.0.13:4567/r",
            "error: ",
            "does not begin with //"),
        withProvider("url without port", MANUAL + "//192.168.0.13/r", "error: ", "names no port"),
        withProvider(
            "url without region", MANUAL + "//192.168.0.13:4567", "error: ", "names no region"),
        withProvider(
            "commas",
            MANUAL + "//192.168.0.13:4567/r,//192.168.0.14:4567/r",
            "warning: ",
            "write rmiUrls=//192.168.0.13:4567/r|//192.168.0.14:4567/r"),
        withProvider(
            "blanks",
            MANUAL + "//192.168.0.13:4567/r //192.168.0.14:4567/r",
            "warning: ",
            "write rmiUrls=//192.168.0.13:4567/r|//192.168.0.14:4567/r"),
        withProvider(
            "some other region",
            MANUAL + "//192.168.0.13:4567/r|//192.168.0.14:4567/s",
            "warning: ",
            "name the region s",
            "write //192.168.0.14:4567/r"),
        withProvider(
            "itself",
            MANUAL + "//192.168.0.12:4567/r|//192.168.0.13:4567/r",
            "note: ",
            "//192.168.0.12:4567/r is this node itself"),
        withProvider(
            "nobody else",
            MANUAL + "//192.168.0.12:4567/r",
            "warning: ",
            "name no node but this one"),
        of(
            "port too large",
            provider(AUTOMATIC) + listener("port=65536") + replicatedRegion(),
            "error: <cacheManagerPeerListenerFactory>",
            "port=65536",
            "from 0 to 65535"),
        of(
            "one port for two",
            provider(AUTOMATIC) + listener("port=4567, remoteObjectPort=4567") + replicatedRegion(),
            "error: ",
            "remoteObjectPort and port are both 4567"),
        of(
            "timeout too short",
            provider(AUTOMATIC) + listener("socketTimeoutMillis=100") + replicatedRegion(),
            "error: ",
            "socketTimeoutMillis=100",
            "from 200 to 600000"),
        of(
            "wrong separator",
            "<cacheManagerPeerListenerFactory class='"
                + EhcacheClassNames.LISTENER
                + "' properties='port=1' propertySeparator='('/>"
                + provider(AUTOMATIC)
                + replicatedRegion(),
            "error: ",
            "cannot be read"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("findings")
  void mistake_isSaidInOneLine(String what, String content, String[] parts) {
    assertThat(printed(read(directory, content)))
        .anySatisfy(line -> assertThat(line).startsWith("ehcache.xml:1: ").contains(parts))
        .allSatisfy(line -> assertThat(line).doesNotContain("\n", "Exception"));
  }

  @Test
  void bothWaysOfDiscovery_leaveNothingToSay() {
    String urls = "rmiUrls=//192.168.0.13:4567/r";
    String listener = listener("hostName=192.168.0.12, port=4567");
    String group = "multicastGroupAddress=230.0.0.1, multicastGroupPort=4446, timeToLive=1";
    for (String providers :
        new String[] {
          provider("peerDiscovery=both, clusterName=red, " + urls + ", " + group),
          provider("peerDiscovery=manual|automatic, clusterName=red, " + urls + ", " + group),
          provider("peerDiscovery=manual, " + urls)
              + provider("peerDiscovery=automatic, clusterName=red, " + group),
          provider("clusterName=red, " + group) + provider("peerDiscovery=manual, " + urls)
        }) {
      NodeConfiguration node = read(directory, providers + listener + replicatedRegion());

      assertThat(printed(node)).isEmpty();
      assertThat(node.describe()).contains("manual: //192.168.0.13:4567/r; automatic: group");
      DiscoverySettings discovery = node.peers().discovery();
      assertThat(discovery.ways()).containsExactlyInAnyOrder(Way.values());
      assertThat(discovery.listed()).containsExactly(new PeerUrl("192.168.0.13", 4567, "r"));
      assertThat(discovery.clusterName()).isEqualTo("red");
    }
  }

  @Test
  void proofsOfPeers_arePassedOn() throws IOException {
    List<String> properties = new ArrayList<>();
    Map<String, String> files = new HashMap<>();
    List<String> names = List.of("secretFile", "tlsKeyStore", "tlsTrustStore", "tlsPasswordFile");
    for (String name : names) {
      Path file = Files.writeString(directory.resolve(name + " \\x"), "");
      files.put(name, file.toString());
      properties.add(name + "=" + file.toString().replace("\\", "\\\\"));
    }
    String proofs = String.join(", ", properties);
    String listener = listener("hostName=127.0.0.1");
    for (String content :
        new String[] {
          provider(AUTOMATIC + ", " + proofs) + listener,
          provider(AUTOMATIC) + listener("hostName=127.0.0.1, " + proofs)
        }) {
      NodeConfiguration node = read(directory, content + replicatedRegion());

      assertThat(printed(node)).isEmpty();
      assertThat(node.peers().proofs().byProperty()).isEqualTo(files);
    }
  }

  @Test
  void proofOfPeers_thatIsNotThere_isAnError() {
    assertThat(
            printed(
                read(
                    directory,
                    provider(AUTOMATIC)
                        + listener("hostName=127.0.0.1, secretFile=/no/such/file")
                        + replicatedRegion())))
        .singleElement()
        .asString()
        .contains(
            "error: <cacheManagerPeerListenerFactory>: secretFile=/no/such/file is not there");
  }

  @Test
  void hostNameOfARouter_bindsElsewhere() {
    String manual = "peerDiscovery=manual, rmiUrls=//192.168.0.13:1/r";
    NodeConfiguration node =
        read(
            directory,
            provider(manual) + listener("hostName=10.9.9.9, port=1") + replicatedRegion());

    assertThat(node.peers().listener().hostName()).isEqualTo("10.9.9.9");
    assertThat(node.peers().listener().bindAddress()).isEqualTo(EhcacheXml.OWN_ADDRESS);
  }

  @ParameterizedTest
  @CsvSource({
    "port=99999, port=99999 is wrong; write a number from 0 to 65535",
    "port=none, port=none is wrong; write a number from 0 to 65535"
  })
  void wrongPort_isTheOneFinding(String port, String text) {
    String content =
        provider("peerDiscovery=manual, rmiUrls=//192.168.0.13:1/r")
            + listener("hostName=192.168.0.12, " + port)
            + replicatedRegion();

    assertThat(printed(read(directory, content))).singleElement().asString().endsWith(text);
  }

  @Test
  void ipv6WithoutBrackets_isToldToHaveThem() {
    String content =
        provider("peerDiscovery=manual, rmiUrls=//::1:22101/r|//fd00::a:4567/r, port=1")
            + replicatedRegion();

    assertThat(printed(read(directory, content)).toString())
        .contains("//::1:22101/r in rmiUrls is wrong: an IPv6 address is in brackets; write")
        .contains("write //[::1]:22101/r")
        .contains("write //[fd00::a]:4567/r");
  }

  @Test
  void soundFile_leavesNothingToSay() {
    String content = provider(AUTOMATIC) + listener("") + replicatedRegion();

    assertThat(printed(read(directory, content))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"= TRUE ", "=False", " = true", ":false", "=", "=true,replicatePuts=true"})
  void waysToWriteATruth_leaveNothingToSay(String truth) {
    String replicator = replicator("replicateAsynchronously" + truth) + bootstrap("");

    assertThat(printed(read(directory, provider(AUTOMATIC) + listener("") + region(replicator))))
        .isEmpty();
  }

  @Test
  void shippedFile_leavesNothingToSay() {
    NodeConfiguration node = NodeConfiguration.read(Path.of("config/ehcache.xml"), null, 0);

    assertThat(node.findings()).isEmpty();
    assertThat(node.regionName()).isEqualTo("memcached");
    assertThat(node.peers().listener().hostName()).isEqualTo("127.0.0.1");
    assertThat(node.peers().listener().port()).isZero();
    assertThat(node.peers().discovery().group().timeToLive()).isZero();
  }
}
