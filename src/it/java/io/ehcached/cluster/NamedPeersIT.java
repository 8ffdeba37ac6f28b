package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.Hosts;
import io.ehcached.support.NameServer;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.Patience;
import io.ehcached.support.TextClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes that find each other by one name, as the pods of a headless Service do: each on a machine
 * of its own, all started with the same file.
 */
@Timeout(300)
class NamedPeersIT {
  private static final int SERVER = 5;
  private static final String NAME = "rmiUrls=//nodes:4567/memcached";
  private static final String SERVICE = "rmiUrls=//_registry._tcp.nodes/memcached";

  @TempDir Path directory;
  @AutoClose private Hosts hosts;
  @AutoClose private NameServer server;
  private final NodeProcess[] nodes = new NodeProcess[SERVER];
  private Path file;

  @BeforeEach
  void plugIn() {
    hosts = Hosts.start(SERVER + 1);
    hosts.resolveBy(
        "nameserver " + hosts.address(SERVER), "search default.svc.cluster", "options ndots:5");
    server = NameServer.start(hosts.on(SERVER), hosts.address(SERVER));
    file = directory.resolve("ehcache.xml");
  }

  @AfterEach
  void stop() {
    Stream.of(nodes).filter(node -> node != null).forEach(NodeProcess::close);
  }

  private void write(String provider, String listener) throws Exception {
    Files.writeString(
        file,
        """
        <ehcache>
          <cacheManagerPeerProviderFactory
              class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
              properties="%s"/>
          <cacheManagerPeerListenerFactory
              class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory"
              properties="port=4567%s"/>
          <cache name="memcached" maxBytesLocalHeap="16m" eternal="true">
            <cacheEventListenerFactory
                class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"
                properties="replicateAsynchronously=true"/>
            <bootstrapCacheLoaderFactory
                class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
                properties="bootstrapAsynchronously=false"/>
          </cache>
        </ehcache>
        """
            .formatted(provider, listener));
  }

  private String secret() throws Exception {
    Path secret = directory.resolve("secret");
    if (!Files.exists(secret)) {
      Files.writeString(secret, "0123456789abcdef0123456789abcdef\n");
      Files.setPosixFilePermissions(
          secret, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }
    return ", secretFile=" + secret;
  }

  private void startNodes(int from, int to) {
    IntStream.range(from, to)
        .parallel()
        .forEach(i -> nodes[i] = NodeProcess.builder().on(hosts, i).config(file).start());
  }

  /** Has the name stand for these machines. */
  private void name(int... machines) {
    server.serve(
        IntStream.of(machines)
            .mapToObj(i -> "host-record=nodes.default.svc.cluster," + hosts.address(i))
            .toArray(String[]::new));
  }

  private String stat(int node, String name) {
    try (TextClient client = nodes[node].connect()) {
      return client.stat(" replication", name);
    }
  }

  private void awaitPeers(int count, int... of) {
    for (int i : of) {
      awaited(i, () -> stat(i, "peers").equals("" + count));
      awaited(i, () -> stat(i, "reachable_peers").equals("" + count));
    }
  }

  private void awaited(int node, Callable<Boolean> condition) {
    try {
      await().atMost(Patience.LONG).until(condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(nodes[node].log(), e);
    }
  }

  private void write(int at, String key) {
    try (TextClient client = nodes[at].connect()) {
      assertThat(client.set(key, "v")).isEqualTo("STORED");
    }
  }

  private void awaitItem(String key, int... at) {
    for (int i : at) {
      awaited(
          i,
          () -> {
            try (TextClient client = nodes[i].connect()) {
              return "v".equals(client.get(key));
            }
          });
    }
  }

  private void leave(int node) {
    assertThat(nodes[node].terminate()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void threeNodesBecomeFive_andTwo_withOneFileThatNobodyEdits(boolean proving) throws Exception {
    write("peerDiscovery=manual, " + NAME, proving ? secret() : "");
    name(0, 1, 2);
    startNodes(0, 3);
    awaitPeers(2, 0, 1, 2);
    write(0, "three");
    awaitItem("three", 1, 2);

    name(0, 1, 2, 3, 4);
    startNodes(3, 5);
    awaitPeers(4, 0, 1, 2, 3, 4);
    write(0, "old");
    write(4, "new");
    awaitItem("old", 1, 2, 3, 4);
    awaitItem("new", 0, 1, 2, 3);
    awaitItem("three", 3, 4);

    name(3, 4);
    leave(0);
    leave(1);
    leave(2);
    awaitPeers(1, 3, 4);
    write(3, "two");
    awaitItem("two", 4);
    awaitItem("three", 3, 4);
    assertThat(stat(3, "name:0:name")).isEqualTo("nodes");
    assertThat(stat(3, "name:0:addresses")).isEqualTo("2");
  }

  @Test
  void nameServerThatIsAway_costsNoPeer_andDelaysNoStart() throws Exception {
    write("peerDiscovery=manual, " + NAME, secret());
    name(0, 1);
    startNodes(0, 2);
    awaitPeers(1, 0, 1);

    server.fallSilent();
    awaited(0, () -> stat(0, "name:0:last_error").equals("the name server does not answer"));
    awaited(0, () -> Integer.parseInt(stat(0, "name:0:unresolved_secs")) >= 8); // several answers
    assertThat(nodes[0].log())
        .contains("Name nodes (rmiUrls) cannot be resolved: the name server does not answer;");
    write(0, "away");
    awaitItem("away", 1);
    awaitPeers(1, 0, 1);
    startNodes(2, 3); // it finds nobody yet, and serves
    assertThat(stat(2, "name:0:addresses")).isEqualTo("0");

    name(0, 1, 2);
    awaitPeers(2, 0, 1, 2);
    awaited(0, () -> stat(0, "name:0:unresolved_secs").equals("0"));
    awaitItem("away", 2);
  }

  @Test
  void podThatComesBackAtAnotherAddress_isFound() throws Exception {
    write("peerDiscovery=manual, " + NAME, secret());
    name(0, 1);
    startNodes(0, 2);
    awaitPeers(1, 0, 1);
    nodes[1].kill();
    name(0, 2);
    startNodes(2, 3);
    write(0, "moved");
    awaitItem("moved", 2);
    awaitPeers(1, 0, 2);
    assertThat(nodes[0].log()).contains("no longer stands for " + hosts.address(1));
  }

  @Test
  void records_ofServices_areHostsAndPorts() throws Exception {
    write("peerDiscovery=manual, " + SERVICE, secret());
    serve(0, 1);
    startNodes(0, 2);
    awaitPeers(1, 0, 1);
    serve(0, 1, 2);
    startNodes(2, 3);
    awaitPeers(2, 0, 1, 2);
    serve(1, 2);
    leave(0);
    awaitPeers(1, 1, 2);
    write(1, "key");
    awaitItem("key", 2);
  }

  private void serve(int... machines) {
    List<String> records = new ArrayList<>();
    for (int i : machines) {
      records.add("srv-host=_registry._tcp.nodes.default.svc.cluster,pod-" + i + ".cluster,4567");
      records.add("host-record=pod-" + i + ".cluster," + hosts.address(i));
    }
    server.serve(records.toArray(String[]::new));
  }

  @Test
  void ipv6Addresses_areFoundAsWell() throws Exception {
    for (int i = 0; i < 3; i++) {
      hosts.addAddress(i, "fd00::1" + i + "/64");
    }
    write("peerDiscovery=manual, " + NAME, secret());
    nameIpv6(0, 1);
    startNodes(0, 2);
    awaitPeers(1, 0, 1);
    nameIpv6(0, 1, 2);
    startNodes(2, 3);
    awaitPeers(2, 0, 1, 2);
    nameIpv6(1, 2);
    leave(0);
    awaitPeers(1, 1, 2);
    assertThat(stat(1, "peer:0:url")).isEqualTo("//[fd00::12]:4567/memcached");
  }

  private void nameIpv6(int... machines) {
    server.serve(
        IntStream.of(machines)
            .mapToObj(i -> "host-record=nodes.default.svc.cluster,fd00::1" + i)
            .toArray(String[]::new));
  }

  @Test
  void nodeUnderAnAddressThatItDoesNotKnow_isNoPeerOfItself() throws Exception {
    hosts.addAddress(0, "192.168.0.99/24");
    // An address of a router, so that the node listens on all of its own.
    write(
        "peerDiscovery=manual, " + NAME,
        ", hostName=192.168.0.200, bindAddress=0.0.0.0" + secret());
    server.serve(
        "host-record=nodes.default.svc.cluster," + hosts.address(0),
        "host-record=nodes.default.svc.cluster,192.168.0.99");
    startNodes(0, 1);
    awaited(0, () -> stat(0, "name:0:addresses").equals("2"));
    awaited(0, () -> stat(0, "peers").equals("0"));

    server.serve("host-record=nodes.default.svc.cluster," + hosts.address(0));
    awaited(0, () -> stat(0, "name:0:addresses").equals("1"));
    assertThat(nodes[0].log()).doesNotContain(" is down ").doesNotContain(" is left ");
  }

  @Test
  void listBecomesAName_andMulticast_andAName_whileClientsWrite() throws Exception {
    String list = "rmiUrls=//192.168.0.11:4567/memcached|//192.168.0.12:4567/memcached";
    String group = "multicastGroupAddress=230.0.0.1, multicastGroupPort=4446, timeToLive=1";
    name(0, 1);
    write("peerDiscovery=manual, " + list, secret());
    startNodes(0, 2);
    awaitPeers(1, 0, 1);

    int before = nodes[0].log().length(); // starting nodes may miss each other at first
    int changes = 0;
    for (String provider :
        List.of(
            "peerDiscovery=manual, " + NAME,
            "peerDiscovery=both, " + group + ", " + NAME,
            "peerDiscovery=automatic, " + group,
            "peerDiscovery=both, " + group + ", " + NAME,
            "peerDiscovery=manual, " + NAME,
            "peerDiscovery=manual, " + list)) {
      write(provider, secret());
      for (int i = 0; i < 2; i++) {
        int node = i;
        awaited(i, () -> stat(node, "names").equals(provider.contains(NAME) ? "1" : "0"));
        awaited(i, () -> provider.contains(group) != stat(node, "multicast_state").equals("off"));
      }
      String key = "change" + changes++;
      write(0, key);
      awaitItem(key, 1);
    }
    awaitPeers(1, 0, 1);
    assertThat(nodes[0].log().substring(before))
        .doesNotContain(" is left ")
        .doesNotContain(" is down ");
  }
}
