package io.ehcached.config;

import static io.ehcached.config.EhcacheXml.address;
import static io.ehcached.config.EhcacheXml.listener;
import static io.ehcached.config.EhcacheXml.network;
import static io.ehcached.config.EhcacheXml.printed;
import static io.ehcached.config.EhcacheXml.provider;
import static io.ehcached.config.EhcacheXml.replicatedRegion;
import static io.ehcached.config.EhcacheXml.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.network.PeerSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a node listens, and whom it takes for another, however little the file says. */
class EndpointTest {
  private static final String GROUP = "multicastGroupAddress=230.0.0.1, multicastGroupPort=4446";

  @TempDir Path directory;

  private PeerSettings on(LocalNetwork machine, String elements) {
    return read(machine, elements).peers();
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
    assertThat(peers.listener().bindAddress()).isEqualTo("10.0.0.2");
    assertThat(peers.discovery().listed()).extracting(PeerUrl::host).containsExactly("10.0.0.9");
  }

  @Test
  void misspeltHostName_neverMeansAllInterfaces() {
    NodeConfiguration node =
        read(
            network("10.0.0.2", "172.17.0.1"),
            manual("hostName=10.0.0.22, port=1, ", "10.0.0.9:1"));

    assertThat(node.peers().listener().bindAddress()).isEqualTo("10.0.0.2");
    assertThat(printed(node).toString())
        .contains("warning: <cacheManagerPeerProviderFactory>: hostName=10.0.0.22 is no address of")
        .contains("this machine: it listens on 10.0.0.2 (eth0), ")
        .contains("bindAddress=0.0.0.0 to listen on all; else correct hostName");
  }

  @Test
  void bindAddress_isWhereItListens() {
    String provider = provider(GROUP + ", hostName=10.0.0.2, port=1");
    LocalNetwork network = network("10.0.0.2");

    assertThat(
            on(network, provider + listener("hostName=10.9.9.9, bindAddress=0.0.0.0"))
                .listener()
                .bindAddress())
        .isEqualTo("0.0.0.0");
    assertThat(
            printed(read(network, provider + listener("hostName=10.9.9.9, bindAddress=10.9.9.8")))
                .toString())
        .contains("error: <cacheManagerPeerListenerFactory>: bindAddress=10.9.9.8 is no address");
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

  @Test
  void addressFromWhichPeersAreReached_isTold_notTheFirstOne() {
    LocalNetwork machine =
        network(
            other -> address(other.isMulticastAddress() ? "172.17.0.1" : "10.0.0.2"),
            "172.17.0.1",
            "10.0.0.2",
            "10.244.0.1");

    NodeConfiguration listed = read(machine, manual("port=1, ", "10.0.0.9:1"));
    NodeConfiguration heard = read(machine, provider(GROUP));

    assertThat(listed.peers().listener().hostName()).isEqualTo("10.0.0.2");
    assertThat(printed(listed).toString())
        .contains(
            "peers are told 10.0.0.2 (eth1), from which this machine reaches 10.0.0.9;"
                + " not chosen: 172.17.0.1 (eth0), 10.244.0.1 (eth2);"
                + " to say otherwise write hostName=10.0.0.2");
    assertThat(heard.peers().listener().hostName()).isEqualTo("172.17.0.1");
  }

  @Test
  void peersReachedFromSeveralAddresses_areToldTheOneOfMost() {
    LocalNetwork machine =
        network(
            other -> address(other.getHostAddress().startsWith("10.1") ? "10.1.0.2" : "10.2.0.2"),
            "10.1.0.2",
            "10.2.0.2");

    assertThat(
            on(machine, manual("port=1, ", "10.1.0.9:1", "10.2.0.9:1", "10.2.0.8:1"))
                .listener()
                .hostName())
        .isEqualTo("10.2.0.2");
  }

  @Test
  void groupWithoutRoute_leavesTheDefaultRoute_orSaysThatThereIsNone() {
    LocalNetwork routed =
        network(
            other -> other.isMulticastAddress() ? null : address("10.0.0.2"),
            "172.17.0.1",
            "10.0.0.2");

    assertThat(printed(read(routed, provider(GROUP))).toString())
        .contains("told 10.0.0.2 (eth1), which the default route uses; not chosen: 172.17.0.1");
    assertThat(printed(read(network("172.17.0.1", "10.0.0.2"), provider(GROUP))).toString())
        .contains("told 172.17.0.1 (eth0), the first of this machine, which has no route");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "::1", "[::1]"})
  void loopbackAddress_isUsedAsWritten(String hostName) {
    String bare = hostName.replaceAll("[\\[\\]]", "");
    String[] nodes = {"127.0.0.1:1", "127.0.0.2:1", "[::1]:1"};
    PeerSettings here =
        on(network("10.0.0.2"), manual("hostName=" + hostName + ", port=1, ", nodes));
    NodeConfiguration elsewhere =
        read(network("10.0.0.2"), manual("hostName=" + hostName + ", port=1, ", "10.0.0.9:1"));

    assertThat(here.listener().hostName()).isEqualTo(bare);
    assertThat(here.listener().bindAddress()).isEqualTo(bare);
    assertThat(here.discovery().listed()).hasSize(2).extracting(PeerUrl::host).doesNotContain(bare);
    assertThat(elsewhere.peers().listener().hostName()).isEqualTo(bare);
    assertThat(printed(elsewhere).toString())
        .contains("is an address that no other machine can reach; write hostName=10.0.0.2");
  }

  @Test
  void ownNameAtLoopback_isReported_andItsUrlPassedOver() {
    String[] nodes = {"debian:4567", "10.0.0.9:4567"};
    for (String hostName : List.of("", "hostName=debian, ", "hostName=10.0.0.2, ")) {
      NodeConfiguration node = read(debian(), manual(hostName + "port=4567, ", nodes));

      assertThat(node.peers().listener().hostName()).isEqualTo("10.0.0.2");
      assertThat(node.peers().discovery().listed())
          .containsExactly(new PeerUrl("10.0.0.9", 4567, "r"));
      if (!hostName.contains("10.0.0.2")) {
        assertThat(printed(node).toString())
            .contains("debian resolves to 127.0.1.1 here")
            .contains("write hostName=10.0.0.2, or correct the line of debian in /etc/hosts");
      }
    }
  }

  @Test
  void ownNameAtLoopback_isKeptWhereAllPeersAreHere() {
    String[] nodes = {"debian:4001", "debian:4002"};
    PeerSettings peers = on(debian(), manual("hostName=debian, port=4001, ", nodes));

    assertThat(peers.listener().hostName()).isEqualTo("debian");
    assertThat(peers.discovery().listed()).extracting(PeerUrl::port).containsExactly(4002);
  }

  @Test
  void nameAtLoopbackAndElsewhere_isTheAddressThatOthersReach() {
    PeerSettings peers =
        on(named("10.0.0.2", "127.0.1.1", "10.0.0.2"), manual("", "debian:1", "10.0.0.9:1"));

    assertThat(peers.listener().hostName()).isEqualTo("10.0.0.2");
  }

  @Test
  void everyAddress_isRefused() {
    assertThat(
            printed(read(network("10.0.0.2"), provider(GROUP + ", hostName=0.0.0.0"))).toString())
        .contains("hostName=0.0.0.0 is every address")
        .contains("hostName=10.0.0.2");
  }

  @Test
  void heartbeatsThatStayOnThisMachine_withAnAddressForOthers_areReported() {
    String provider = provider(GROUP + ", timeToLive=0, hostName=10.0.0.2");

    assertThat(printed(read(network("10.0.0.2"), provider)).toString())
        .contains("warning")
        .contains("timeToLive=0")
        .contains("looked for on this machine only")
        .contains("write timeToLive=1");
  }

  @Test
  void heartbeats_leaveWherePeersAreTold_thoughTheProviderNamesLoopback() {
    PeerSettings peers =
        on(
            named("10.0.0.2", "127.0.1.1"),
            provider("peerDiscovery=automatic, hostName=debian, " + GROUP));

    assertThat(peers.listener().hostName()).isEqualTo("10.0.0.2");
    assertThat(peers.discovery().group().hostName()).isNull();
  }

  private NodeConfiguration read(LocalNetwork machine, String elements) {
    Path file = write(directory, "<ehcache>" + elements + replicatedRegion() + "</ehcache>");
    return NodeConfiguration.read(file, null, 0, machine);
  }

  private static LocalNetwork debian() {
    return named("10.0.0.2", "127.0.1.1");
  }

  /** A machine with one address, whose name resolves to others. */
  private static LocalNetwork named(String own, String... resolved) {
    return new LocalNetwork(Map.of(address(own), "eth0"), other -> address(own)) {
      @Override
      List<InetAddress> resolve(String host) {
        return host.equals("debian")
            ? Stream.of(resolved).map(EhcacheXml::address).toList()
            : super.resolve(host);
      }
    };
  }
}
