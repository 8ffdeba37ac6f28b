package io.ehcached.replication.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.Hosts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on machines of their own, which prove nothing to each other. */
@Timeout(120)
class SeveralHostsIT {
  private static final int PORT = 40_001;

  @AutoClose private Hosts hosts;
  private final List<NodeProcess> nodes = new ArrayList<>();

  @BeforeEach
  void plugIn() {
    hosts = Hosts.start(3);
  }

  @AfterEach
  void stop() {
    nodes.forEach(NodeProcess::close);
  }

  private NodeProcess start(int host, String provider) throws Exception {
    return start(hosts.on(host), host, provider);
  }

  private NodeProcess start(List<String> there, int host, String provider) throws Exception {
    String listener = "hostName=" + hosts.address(host) + ", port=" + PORT;
    NodeProcess node = NodeProcess.start(there, listener, provider, false);
    nodes.add(node);
    return node;
  }

  private String url(int host) {
    return "//" + hosts.address(host) + ":" + PORT + "/" + NodeMain.REGION;
  }

  private int connect(int host, String address) throws Exception {
    List<String> command = new ArrayList<>(hosts.on(host));
    command.addAll(List.of("bash", "-c", "exec 3<>/dev/tcp/" + address + "/" + PORT));
    return new ProcessBuilder(command).start().waitFor();
  }

  @Test
  void manual_onlyTheListedHostsAreLetIn() throws Exception {
    NodeProcess first = start(0, "peerDiscovery=manual, rmiUrls=" + url(1));
    NodeProcess second = start(1, "peerDiscovery=manual, rmiUrls=" + url(0));
    NodeProcess stranger = start(2, "peerDiscovery=manual, rmiUrls=" + url(0));
    first.awaitLine("READY");
    second.awaitLine("READY");
    stranger.awaitLine("READY");

    assertThat(first.call(url(1), "x")).isEqualTo("echo x");
    assertThat(second.call(url(0), "y")).isEqualTo("echo y");
    assertThat(stranger.call(url(0), "z")).startsWith("FAILED");
    assertThat(first.log())
        .contains("Refused a connection from " + hosts.address(2))
        .contains("peers do not authenticate")
        .contains("set secretFile");
    first.type("counts");
    assertThat(first.awaitLine("COUNTS")).doesNotContain("refused_connection_host=0");
  }

  @Test
  void manual_listedNameThatStandsForAnotherAddress_isLetInOnceItCalls(@TempDir Path directory)
      throws Exception {
    Path names = Files.writeString(directory.resolve("hosts"), hosts.address(1) + " peer\n");
    List<String> there = new ArrayList<>(hosts.on(0));
    there.addAll(List.of("env", "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + names));
    NodeProcess first =
        start(there, 0, "peerDiscovery=manual, rmiUrls=//peer:" + PORT + "/" + NodeMain.REGION);
    first.awaitLine("JOINED");
    NodeProcess moved = start(2, "peerDiscovery=manual, rmiUrls=" + url(0));
    moved.awaitLine("READY");
    assertThat(moved.call(url(0), "x")).startsWith("FAILED");

    Files.writeString(names, hosts.address(2) + " peer\n");
    await().atMost(Duration.ofSeconds(15)).until(() -> moved.call(url(0), "x").equals("echo x"));
  }

  @Test
  void automatic_allOfTheSubnetFindEachOtherAndListenAtHostNameOnly() throws Exception {
    for (int i = 0; i < 3; i++) {
      start(
          i,
          "peerDiscovery=automatic, multicastGroupAddress=230.0.0.1, multicastGroupPort=4446,"
              + " timeToLive=1");
    }
    for (int i = 0; i < 3; i++) {
      nodes.get(i).awaitLine("JOINED", 2);
      assertThat(nodes.get(i).call(url((i + 1) % 3), "x")).isEqualTo("echo x");
      assertThat(nodes.get(i).said("JOINED"))
          .containsExactlyInAnyOrder(url((i + 1) % 3), url((i + 2) % 3));
    }
    assertThat(connect(0, hosts.address(0))).isZero();
    assertThat(connect(0, "127.0.0.1")).isNotZero();
  }
}
