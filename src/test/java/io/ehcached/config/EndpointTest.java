package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.listener;
import static io.ehcached.config.EhcacheXml.network;
import static io.ehcached.config.EhcacheXml.provider;
import static io.ehcached.config.EhcacheXml.replicatedRegion;
import static io.ehcached.config.EhcacheXml.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.network.PeerSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a node listens, and whom it takes for another, however little the file says. */
class EndpointTest {
  private static final String GROUP = "multicastGroupAddress=230.0.0.1, multicastGroupPort=4446";

  @TempDir Path directory;

  private PeerSettings on(LocalNetwork machine, String elements) {
    Path file = write(directory, "<ehcache>" + elements + replicatedRegion() + "</ehcache>");
    return NodeConfiguration.read(file, null, 0, machine).peers();
  }

  private static String manual(String properties, String... nodes) {
    return provider(
        "peerDiscovery=manual, " + properties + "rmiUrls=//" + String.join("/r|//", nodes) + "/r");
  }

  @Test
  void ownEntryInTheList_tellsAddressAndPort() {
    PeerSettings peers =
        on(network("10.0.0.2"), manual("", "10.0.0.1:4001", "10.0.0.2:4002", "10.0.0.3:4003"));

    assertThat(peers.listener().hostName()).isEqualTo("10.0.0.2");
    assertThat(peers.listener().port()).isEqualTo(4002);
    assertThat(peers.discovery().listed())
        .extracting(PeerUrl::host)
        .containsExactly("10.0.0.1", "10.0.0.3");
  }

  @Test
  void freePortAskedFor_isNotLookedForInTheList() {
    PeerSettings peers = on(network(), manual("hostName=127.0.0.1, port=0, ", "127.0.0.1:4001"));

    assertThat(peers.listener().port()).isZero();
    assertThat(peers.discovery().listed()).extracting(PeerUrl::port).containsExactly(4001);
  }

  @Test
  void severalNodesOnOneMachine_areToldApartByPort() {
    String[] nodes = {"127.0.0.1:4001", "127.0.0.1:4002"};
    PeerSettings peers = on(network(), manual("hostName=127.0.0.1, port=4002, ", nodes));

    assertThat(peers.discovery().listed()).containsExactly(new PeerUrl("127.0.0.1", 4001, "r"));
  }

  @Test
  void samePortAtAnotherLoopbackAddress_isAnotherNode() {
    String[] nodes = {"127.0.0.1:4001", "127.0.0.2:4001"};
    PeerSettings peers = on(network(), manual("hostName=127.0.0.1, port=4001, ", nodes));

    assertThat(peers.listener().hostName()).isEqualTo("127.0.0.1");
    assertThat(peers.discovery().listed()).containsExactly(new PeerUrl("127.0.0.2", 4001, "r"));
  }

  @Test
  void hostThatOnlyBeginsLikeThisOne_isAnotherNode() {
    String[] nodes = {"10.0.0.2:4567", "10.0.0.21:4567", "10.0.0.2:45670"};
    PeerSettings peers = on(network("10.0.0.2"), manual("hostName=10.0.0.2, port=4567, ", nodes));

    assertThat(peers.discovery().listed())
        .extracting(PeerUrl::toString)
        .containsExactly("//10.0.0.21:4567/r", "//10.0.0.2:45670/r");
  }

  @Test
  void ownNameInTheList_isThisNode() {
    String[] nodes = {"localhost:4001", "127.0.0.1:4002"};
    PeerSettings peers = on(network(), manual("hostName=127.0.0.1, port=4001, ", nodes));

    assertThat(peers.discovery().listed()).extracting(PeerUrl::port).containsExactly(4002);
  }

  @Test
  void loopback_isKeptWhereAllPeersAreHere() {
    PeerSettings peers =
        on(
            network("10.0.0.2"),
            manual("hostName=localhost, port=1, ", "127.0.0.1:2", "localhost:3"));

    assertThat(peers.listener().hostName()).isEqualTo("127.0.0.1");
  }

  @Test
  void loopback_isReplacedWherePeersAreElsewhere() {
    PeerSettings peers =
        on(network("10.0.0.2"), manual("hostName=localhost, port=1, ", "10.0.0.9:1"));

    assertThat(peers.listener().hostName()).isEqualTo("10.0.0.2");
    assertThat(peers.listener().port()).isEqualTo(1);
  }

  @Test
  void addressOfAnotherMachine_isGivenToPeersButNotListenedOn() {
    PeerSettings peers =
        on(network("10.0.0.2"), manual("hostName=10.9.9.9, port=1, ", "10.0.0.2:1", "10.0.0.9:1"));

    assertThat(peers.listener().hostName()).isEqualTo("10.9.9.9");
    assertThat(peers.listener().bindAddress()).isEqualTo("0.0.0.0");
    assertThat(peers.discovery().listed()).extracting(PeerUrl::host).containsExactly("10.0.0.9");
  }

  @Test
  void listener_hasTheLastWord() {
    PeerSettings peers =
        on(
            network("10.0.0.2", "10.0.0.3"),
            provider(GROUP + ", hostName=10.0.0.2, port=1")
                + listener(
                    "hostName=10.0.0.3, port=2, remoteObjectPort=3, socketTimeoutMillis=4000"));

    assertThat(peers.listener().hostName()).isEqualTo("10.0.0.3");
    assertThat(peers.listener().port()).isEqualTo(2);
    assertThat(peers.listener().remoteObjectPort()).isEqualTo(3);
    assertThat(peers.listener().socketTimeoutMillis()).isEqualTo(4000);
  }

  @Test
  void multicastOnThisMachineAlone_staysOnLoopback() {
    assertThat(on(network("10.0.0.2"), provider(GROUP + ", timeToLive=0")).listener().hostName())
        .isEqualTo("127.0.0.1");
  }

  @Test
  void multicastBeyond_tellsAnOutwardAddress() {
    assertThat(on(network("fd00::1", "10.0.0.2"), provider(GROUP)).listener().hostName())
        .isEqualTo("10.0.0.2");
  }
}
