package io.ehcached.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that not all nodes list become peers of all, or are refused on both ends. */
@Timeout(300)
class UnlistedPeersIT {
  private static final String SECRET = "correct horse battery staple 0123456789";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<NodeProcess> nodes = new ArrayList<>();
  private final int[] ports = FreePorts.next(5);
  private String more = "";
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    nodes.forEach(NodeProcess::close);
  }

  private void useSecret() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    more += ", secretFile=" + secret;
  }

  private String url(int node) {
    return "//127.0.0.1:" + ports[node] + "/memcached";
  }

  private String urls(int... listed) {
    return IntStream.of(listed).mapToObj(this::url).collect(Collectors.joining("|"));
  }

  /** On one machine, nodes differ in their port at least; everything else is the same file. */
  private Path file(int port, String urls) {
    return NodeProcess.config(
        """
        <ehcache name="unlisted" updateCheck="false">
          <cacheManagerPeerProviderFactory
              class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory"
              properties="hostName=127.0.0.1, port=%d, peerDiscovery=manual, rmiUrls=%s%s"/>
          <cache name="memcached" maxBytesLocalHeap="16m" eternal="true">
            <cacheEventListenerFactory
                class="net.sf.ehcache.distribution.RMICacheReplicatorFactory"/>
            <bootstrapCacheLoaderFactory
                class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory"
                properties="bootstrapAsynchronously=false"/>
          </cache>
        </ehcache>
        """
            .formatted(port, urls, more));
  }

  private NodeProcess start(int node, int... listed) {
    return start(file(ports[node], urls(listed)));
  }

  private NodeProcess start(Path file) {
    NodeProcess node = NodeProcess.start(file, "--admin-port", "-1");
    nodes.add(node);
    return node;
  }

  /** Returns the status and the text of a page of the admin port. */
  private static String page(NodeProcess node, String path) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.adminPort() + path));
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String stat(NodeProcess node, String name) {
    try (TextClient client = node.connect()) {
      return client.stat("replication", name);
    }
  }

  /** Returns the peers that are live and send here, and how each is known. */
  private static List<String> live(NodeProcess node) {
    List<String> live = new ArrayList<>();
    int count = Integer.parseInt(stat(node, "peers"));
    for (int i = 0; i < count; i++) {
      String peer = "peer:" + i + ":";
      if ("live".equals(stat(node, peer + "state"))
          && "yes".equals(stat(node, peer + "sends_here"))) {
        live.add(stat(node, peer + "known_by"));
      }
    }
    return live;
  }

  private static void awaitMutual(List<NodeProcess> all) {
    for (NodeProcess node : all) {
      await()
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                assertThat(live(node)).as(node.log()).hasSize(all.size() - 1);
                assertThat(page(node, "/readyz")).startsWith("200 ready");
              });
    }
  }

  private static void assertWritesReachAll(List<NodeProcess> all, String key) {
    for (int from = 0; from < all.size(); from++) {
      String name = key + from;
      try (TextClient client = all.get(from).connect()) {
        assertThat(client.set(name, "v")).isEqualTo("STORED");
      }
      for (NodeProcess node : all) {
        try (TextClient client = node.connect()) {
          await().untilAsserted(() -> assertThat(client.get(name)).isEqualTo("v"));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void clusterGrowsAndShrinks_byOneFile(boolean secret) throws IOException {
    if (secret) {
      useSecret();
    }
    for (int node = 0; node < 3; node++) {
      start(node, 0, 1, 2);
    }
    awaitMutual(nodes);
    assertWritesReachAll(nodes, "three");
    start(3, 0, 1, 2);
    start(4, 0, 1, 2);
    awaitMutual(nodes);
    assertWritesReachAll(nodes, "five");
    assertThat(live(nodes.get(0))).contains("accepted").isSubsetOf("listed", "accepted", "told");
    assertThat(page(nodes.get(0), "/metrics")).contains("by=\"accepted\"");
    assertThat(page(nodes.get(0), "/cluster.json")).contains("\"known_by\": \"accepted\"");
    assertThat(nodes.get(0).log()).contains("Accepted peer " + url(3));

    assertThat(nodes.get(0).terminate()).isZero();
    assertThat(nodes.get(3).terminate()).isZero();
    assertThat(nodes.get(4).terminate()).isZero();
    awaitMutual(nodes.subList(1, 3));
    assertWritesReachAll(nodes.subList(1, 3), "two");
  }

  @Test
  void fourthNode_receivesWritesAsSoonAsItIsReady() {
    for (int node = 0; node < 3; node++) {
      start(node, 0, 1, 2);
    }
    awaitMutual(nodes);
    NodeProcess fourth = start(3, 0, 1, 2);
    await().until(() -> page(fourth, "/readyz").startsWith("200 ready"));
    assertThat(live(fourth)).containsOnly("listed").hasSize(3);
    assertWritesReachAll(nodes, "key");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void chain_becomesPeersOfAll(boolean secret) throws IOException {
    if (secret) {
      useSecret();
    }
    for (int node = 0; node < 4; node++) {
      start(node, node + 1);
    }
    start(4, 3);
    awaitMutual(nodes);
    assertWritesReachAll(nodes, "chain");
    // Those that it does not list were told of, or were themselves told and called first.
    assertThat(live(nodes.get(0))).contains("listed").isSubsetOf("listed", "told", "accepted");
  }

  @Test
  void closedList_refusesOthers_andBothEndsWarn() throws IOException {
    more = ", acceptUnlisted=false";
    Path first = file(ports[0], urls(0, 1));
    start(first);
    start(1, 0, 1);
    awaitMutual(nodes);
    NodeProcess newcomer = start(2, 0);
    await()
        .untilAsserted(
            () ->
                assertThat(page(newcomer, "/readyz"))
                    .startsWith("503 ")
                    .contains("peer " + url(0) + " refuses this node", "acceptUnlisted=false"));
    assertThat(stat(newcomer, "peer:0:state")).isEqualTo("refused");
    assertThat(newcomer.log()).containsPattern("WARN +\\S+ Peer " + url(0) + " is refused");
    assertThat(nodes.get(0).log()).contains("Refused peer " + url(2), "acceptUnlisted=false");
    assertThat(Integer.parseInt(stat(nodes.get(0), "refused_peer_unlisted"))).isPositive();
    assertThat(page(nodes.get(0), "/readyz")).startsWith("200 ready");
    try (TextClient client = newcomer.connect();
        TextClient other = nodes.get(0).connect()) {
      assertThat(client.set("own", "x")).isEqualTo("STORED");
      assertThat(other.set("theirs", "x")).isEqualTo("STORED");
      assertThat(client.get("theirs")).isNull();
      assertThat(other.get("own")).isNull();
    }

    Files.writeString(first, Files.readString(first).replace(", acceptUnlisted=false", ""));
    await().until(() -> page(newcomer, "/readyz").startsWith("200 ready"));
    await().until(() -> live(nodes.get(0)).contains("accepted"));
    try (TextClient client = newcomer.connect()) {
      await().until(() -> "x".equals(client.get("theirs")));
    }
  }

  @Test
  void listThatIsClosedLater_letsOthersLeave() throws IOException {
    Path first = file(ports[0], urls(0, 1));
    start(first);
    start(1, 0);
    start(2, 0);
    awaitMutual(nodes);
    Files.writeString(
        first,
        Files.readString(first)
            .replace("peerDiscovery=manual", "acceptUnlisted=false, peerDiscovery=manual"));
    await().until(() -> live(nodes.get(0)).equals(List.of("listed")));
    await().until(() -> page(nodes.get(2), "/readyz").startsWith("503 "));
    assertThat(page(nodes.get(2), "/readyz")).contains("refuses this node");
    assertThat(page(nodes.get(1), "/readyz")).startsWith("200 ready");
  }

  @Test
  void peerThatIsRemovedFromTheList_staysOnlyIfItListsThisNode() throws IOException {
    Path first = file(ports[0], urls(0, 1));
    start(first);
    start(1, 1);
    awaitMutual(nodes);
    Files.writeString(first, Files.readString(first).replace("|" + url(1), ""));
    for (NodeProcess node : nodes) {
      await().until(() -> "0".equals(stat(node, "peers")));
      await().until(() -> page(node, "/readyz").startsWith("200 ready"));
    }
    try (TextClient one = nodes.get(0).connect();
        TextClient other = nodes.get(1).connect()) {
      assertThat(one.set("apart", "x")).isEqualTo("STORED");
      assertThat(other.get("apart")).isNull();
    }
    nodes.get(1).terminate();
    NodeProcess again = start(1, 0);
    awaitMutual(List.of(nodes.get(0), again));
    assertThat(live(nodes.get(0))).containsExactly("accepted");
  }
}
