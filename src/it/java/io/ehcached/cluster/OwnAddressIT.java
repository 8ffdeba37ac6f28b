package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.Hosts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.Patience;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes whose files do not name their address, on machines that have several. */
@Timeout(120)
class OwnAddressIT {
  private static final String GROUP =
      "peerDiscovery=automatic, multicastGroupAddress=230.0.0.1, multicastGroupPort=4446, timeToLive=1";

  @AutoClose private Hosts hosts;
  private final List<NodeProcess> nodes = new ArrayList<>();

  @BeforeEach
  void plugIn() {
    hosts = Hosts.start(2);
    for (int i = 0; i < 2; i++) { // made last, they are enumerated first
      hosts.plugIntoNothing(i, "docker0", "172.17.0.1/16");
      hosts.plugIntoNothing(i, "cni0", "10.244.0.1/24");
    }
  }

  @AfterEach
  void stop() {
    nodes.forEach(NodeProcess::close);
  }

  private NodeProcess start(int host, String provider) {
    Path file =
        NodeProcess.config(
            """
            <ehcache>
              <cacheManagerPeerProviderFactory
                  class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
                  properties="%s"/>
              <cacheManagerPeerListenerFactory
                  class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
                  properties="port=40001"/>
              <cache name="memcached" maxBytesLocalHeap="16m" eternal="true">
                <cacheEventListenerFactory
                    class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
                    properties="replicateAsynchronously=true"/>
              </cache>
            </ehcache>
            """
                .formatted(provider));
    NodeProcess node = NodeProcess.builder().on(hosts, host).config(file).start();
    nodes.add(node);
    return node;
  }

  @Test
  void nodesThatHearEachOther_tellTheAddressOfTheNetworkBetweenThem() {
    startBoth(GROUP, GROUP);
    assertThat(nodes.get(0).log())
        .contains("peers are told 192.168.0.11 (eth0), from which this machine reaches 230.0.0.1")
        .contains("not chosen: ")
        .contains("172.17.0.1 (docker0)")
        .contains("10.244.0.1 (cni0)");
  }

  @Test
  void nodesThatListEachOther_tellTheAddressFromWhichTheOtherIsReached() {
    startBoth(listing(1), listing(0));
    assertThat(nodes.get(0).log())
        .contains(
            "peers are told 192.168.0.11 (eth0), from which this machine reaches 192.168.0.12");
  }

  private void startBoth(String first, String second) {
    start(0, first);
    start(1, second);
    for (int i = 0; i < 2; i++) {
      NodeProcess node = nodes.get(i);
      String url = Pattern.quote("//" + hosts.address(1 - i) + ":40001/memcached");
      Pattern live = Pattern.compile("Peer " + url + " \\(.+\\) is live");
      await().atMost(Patience.LONG).until(() -> live.matcher(node.log()).find());
      assertThat(node.log()).contains("listening at " + hosts.address(i) + " port 40001");
    }
  }

  private String listing(int other) {
    return "peerDiscovery=manual, rmiUrls=//" + hosts.address(other) + ":40001/memcached";
  }
}
