package io.ehcached.replication.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.link.Gadget;
import io.ehcached.replication.security.TestSecrets;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.PeerWatcher;
import io.ehcached.support.FreePorts;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes as separate processes find each other and exchange frames, as ehcache.xml has it. */
@Timeout(120)
class TwoProcessesIT {
  private static final String REGION = NodeMain.REGION;

  private static String listener(int port) {
    return "hostName=127.0.0.1, port=" + port + ", socketTimeoutMillis=5000";
  }

  private static String url(int port) {
    return "//127.0.0.1:" + port + "/" + REGION;
  }

  private static String group() {
    return "peerDiscovery=automatic, multicastGroupAddress=239.77.7.7, multicastGroupPort="
        + FreePorts.next()
        + ", timeToLive=0";
  }

  @Test
  void manual_twoNodesWithOneList_callEachOtherAndNotThemselves() throws Exception {
    int a = FreePorts.next();
    int b = FreePorts.next();
    String list = "peerDiscovery=manual, rmiUrls=" + url(a) + "|" + url(b);
    try (NodeProcess nodeA = NodeProcess.start(listener(a), list);
        NodeProcess nodeB = NodeProcess.start(listener(b), list)) {
      assertThat(nodeA.awaitLine("READY")).isEqualTo(url(a));
      assertThat(nodeB.awaitLine("READY")).isEqualTo(url(b));
      assertThat(nodeA.awaitLine("JOINED")).isEqualTo(url(b));
      assertThat(nodeB.awaitLine("JOINED")).isEqualTo(url(a));
      assertThat(nodeA.call(url(b), "x")).isEqualTo("echo x");
      assertThat(nodeB.call(url(a), "y")).isEqualTo("echo y");
      assertThat(nodeA.said("JOINED")).containsExactly(url(b));
      assertThat(nodeB.said("JOINED")).containsExactly(url(a));
    }
  }

  @Test
  void automatic_twoNodesOnLoopback_callEachOtherAndNotThemselves() throws Exception {
    String group = group();
    try (NodeProcess nodeA = NodeProcess.start(listener(0), group);
        NodeProcess nodeB = NodeProcess.start(listener(0), group)) {
      String a = nodeA.awaitLine("READY");
      String b = nodeB.awaitLine("READY");
      assertThat(nodeA.awaitLine("JOINED")).isEqualTo(b);
      assertThat(nodeB.awaitLine("JOINED")).isEqualTo(a);
      assertThat(nodeA.call(b, "x")).isEqualTo("echo x");
      assertThat(nodeB.call(a, "y")).isEqualTo("echo y");
      nodeB.leave();
      assertThat(nodeA.awaitLine("LEFT")).isEqualTo(b);
      assertThat(nodeA.said("JOINED")).containsExactly(b);
    }
  }

  @Test
  void automatic_peerKilledAndStartedAnewAtItsPort_isFoundAgain() throws Exception {
    String group = group();
    int port = FreePorts.next();
    try (NodeProcess nodeA = NodeProcess.start(listener(0), group)) {
      String a = nodeA.awaitLine("READY");
      try (NodeProcess first = NodeProcess.start(listener(port), group)) {
        assertThat(nodeA.awaitLine("JOINED", 1)).isEqualTo(url(port));
        assertThat(nodeA.call(url(port), "x")).isEqualTo("echo x");
        first.kill();
      }
      try (NodeProcess second = NodeProcess.start(listener(port), group)) {
        assertThat(nodeA.awaitLine("LEFT")).isEqualTo(url(port));
        assertThat(nodeA.awaitLine("JOINED", 2)).isEqualTo(url(port));
        assertThat(nodeA.call(url(port), "y")).isEqualTo("echo y");
        assertThat(second.awaitLine("JOINED")).isEqualTo(a);
      }
    }
  }

  @Test
  void automatic_twoClustersInOneGroup_neverMix() throws Exception {
    String group = group();
    try (NodeProcess redA = NodeProcess.start(listener(0), group + ", clusterName=red");
        NodeProcess blueA = NodeProcess.start(listener(0), group + ", clusterName=blue");
        NodeProcess redB = NodeProcess.start(listener(0), group + ", clusterName=red");
        NodeProcess blueB = NodeProcess.start(listener(0), group + ", clusterName=blue")) {
      assertThat(redA.awaitLine("JOINED")).isEqualTo(redB.awaitLine("READY"));
      assertThat(blueA.awaitLine("JOINED")).isEqualTo(blueB.awaitLine("READY"));
      AtomicInteger asked = new AtomicInteger();
      await()
          .until(
              () -> {
                redA.type("counts");
                return redA.awaitLine("COUNTS", asked.incrementAndGet());
              },
              counts -> !counts.contains("refused_heartbeat_cluster=0"));
      assertThat(redA.said("JOINED")).hasSize(1);
      assertThat(blueA.said("JOINED")).hasSize(1);
      assertThat(redA.log()).contains("its cluster is 'blue' and this node's is 'red'");
    }
  }

  @Test
  void both_listedAndHeardPeer_isOne() throws Exception {
    int a = FreePorts.next();
    int b = FreePorts.next();
    String how =
        group().replace("automatic", "both")
            + ", rmiUrls="
            + url(a)
            + "|//localhost:"
            + b
            + "/"
            + REGION;
    try (NodeProcess nodeA = NodeProcess.start(listener(a), how);
        NodeProcess nodeB = NodeProcess.start(listener(b), how);
        NodeProcess nodeC = NodeProcess.start(listener(0), how)) {
      String c = nodeC.awaitLine("READY");
      nodeA.awaitLine("JOINED", 2);
      nodeB.awaitLine("JOINED", 2);
      nodeC.awaitLine("JOINED", 2);
      // Its address, whether it was listed by name or heard first.
      String nameOfB =
          nodeA.said("JOINED").stream().filter(one -> !one.equals(c)).findFirst().orElseThrow();
      assertThat(nameOfB).isEqualTo(url(b));
      assertThat(nodeA.said("JOINED")).containsExactlyInAnyOrder(nameOfB, c);
      assertThat(nodeB.said("JOINED")).containsExactlyInAnyOrder(url(a), c);
      assertThat(nodeA.call(nameOfB, "x")).isEqualTo("echo x");
      await() // until then it is only heard, so that it would leave
          .until(() -> nodeA.log().contains("Name localhost (rmiUrls) stands for 127.0.0.1"));
      nodeC.kill();
      nodeB.leave();
      assertThat(nodeA.said("LEFT")).doesNotContain(nameOfB);
    }
  }

  @Test
  void portTaken_saysWhatToDoAndEnds() throws Exception {
    try (NodeProcess first = NodeProcess.start(listener(0), "peerDiscovery=manual")) {
      String url = first.awaitLine("READY");
      int port = Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
      try (NodeProcess second = NodeProcess.start(listener(port), "peerDiscovery=manual")) {
        assertThat(second.awaitLine("FAULT"))
            .contains("127.0.0.1:" + port)
            .contains("the port is taken");
      }
      assertThat(first.said("FAULT")).isEmpty();
    }
  }

  @Test
  void secret_nodesThatShareIt_findAndCallEachOtherAndNotTheOthers() throws Exception {
    String group = group();
    String ours = ", secretFile=" + TestSecrets.file("the secret of our nodes");
    String theirs = ", secretFile=" + TestSecrets.file("the secret of other nodes");
    try (NodeProcess nodeA = NodeProcess.start(listener(0) + ours, group, true);
        NodeProcess nodeB = NodeProcess.start(listener(0), group + ours, true);
        NodeProcess stranger = NodeProcess.start(listener(0) + theirs, group);
        NodeProcess open = NodeProcess.start(listener(0), group)) {
      String a = nodeA.awaitLine("READY");
      String b = nodeB.awaitLine("READY");
      assertThat(nodeA.awaitLine("JOINED")).isEqualTo(b);
      assertThat(nodeB.awaitLine("JOINED")).isEqualTo(a);
      assertThat(nodeA.call(b, "x")).isEqualTo("echo x");
      // The one that asks for no proof hears both, and is not let in by either.
      stranger.awaitLine("READY");
      open.awaitLine("JOINED", 2);
      assertThat(open.call(a, "y")).startsWith("FAILED");
      AtomicInteger asked = new AtomicInteger();
      await()
          .until(
              () -> {
                stranger.type("counts");
                String counts = stranger.awaitLine("COUNTS", asked.incrementAndGet());
                return !counts.contains("refused_heartbeat_unproved=0");
              });
      assertThat(stranger.said("JOINED")).isEmpty();
      assertThat(nodeA.said("JOINED")).containsExactly(b);
      assertThat(nodeB.said("JOINED")).containsExactly(a);
    }
  }

  @Test
  void proofRequiredAndNoneConfigured_saysWhatToDoAndEnds() throws Exception {
    try (NodeProcess node = NodeProcess.start(listener(0), "peerDiscovery=manual", true)) {
      assertThat(node.awaitLine("FAULT")).contains("set secretFile");
    }
  }

  @Test
  void anObjectBoundInTheRegistry_isNotRead() throws Exception {
    int port = FreePorts.next();
    try (NodeProcess node = NodeProcess.start(listener(port), "peerDiscovery=manual")) {
      node.awaitLine("READY");
      Registry registry = LocateRegistry.getRegistry("127.0.0.1", port, Socket::new);
      assertThatThrownBy(() -> registry.rebind(REGION, new Gadget()))
          .isInstanceOf(RemoteException.class);
      assertThatThrownBy(() -> registry.bind("other", new Gadget()))
          .isInstanceOf(RemoteException.class);
      assertThat(registry.list()).containsExactly(REGION);
      node.type("counts");
      node.awaitLine("COUNTS");
      assertThat(node.said("GADGET")).isEmpty();
    }
  }

  /** The frames are larger than what the system takes in for a process that does not read. */
  @Test
  void peerStopped_holdsNobodyBeyondTheDeadlineAndGoesOnAfterwards() throws Exception {
    byte[] large = new byte[12 << 20];
    try (NodeProcess node = NodeProcess.start(listener(0), "peerDiscovery=manual");
        PeerNetwork network =
            PeerNetwork.open(
                "test",
                NodeMain.settings(
                    "hostName=127.0.0.1, port=0",
                    "peerDiscovery=manual, rmiUrls=" + node.awaitLine("READY")),
                PeerOptions.defaults())) {
      AtomicReference<PeerLink> found = new AtomicReference<>();
      network
          .peers(REGION)
          .watch(
              new PeerWatcher() {
                @Override
                public void joined(PeerLink peer) {
                  found.set(peer);
                }

                @Override
                public void left(PeerLink peer) {
                  found.set(null);
                }
              });
      PeerLink peer = found.get();
      assertThat(peer.call(new byte[1], 20_000)).isNotEmpty();
      node.signal("STOP");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> peer.call(large, 300))
            .isInstanceOf(SocketTimeoutException.class)
            .hasMessageContaining("no answer");
      }
      node.signal("CONT");
      assertThat(peer.call(large, 20_000)).hasSizeGreaterThan(large.length);
    }
  }
}
