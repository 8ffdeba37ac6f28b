package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.RawCall;
import io.ehcached.support.TextClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes that find each other by themselves and share a secret, and who is not to join them. */
@Timeout(300)
class StrangersIT {
  private static final String GROUP = "230.0.0.1";
  private static final int REGISTRY = 0;
  private static final int COLLECTOR = 2;
  private static final long BIND = 4905912898345647071L; // what RMI calls these interfaces
  private static final long CLEAN = -669196253586618813L;

  private static int port;
  private static Path secret;
  @AutoClose private static Cluster cluster;

  @BeforeAll
  static void start() throws IOException {
    port = FreePorts.next();
    secret = secret("a secret that is long enough");
    cluster = Plan.of(2).discovery(automatic() + ", secretFile=" + secret).start();
  }

  private static Path secret(String text) throws IOException {
    return Files.writeString(Files.createTempFile("ehcached", ".secret"), text);
  }

  private static String automatic() {
    return ("hostName=localhost, peerDiscovery=automatic, multicastGroupAddress=%s,"
            + " multicastGroupPort=%d, timeToLive=0")
        .formatted(GROUP, port);
  }

  private static long refused(int node, String what) {
    return Long.parseLong(cluster.replication(node).get("refused_" + what));
  }

  private static void assertWell() {
    String value = Long.toString(System.nanoTime());
    assertThat(cluster.client(0).set("well", value)).isEqualTo("STORED");
    Cluster.eventually("node 1 to see it", () -> value.equals(cluster.client(1).get("well")));
    cluster.assertSound();
  }

  @Test
  void restartedAtOnceOnTheSamePort_isFoundAgain() {
    assertWell();
    assertThat(cluster.client(0).set("before", "x")).isEqualTo("STORED");
    cluster.kill(1);
    long start = System.nanoTime();
    cluster.restart(1);
    long started = System.nanoTime();
    cluster.awaitLinked();
    System.out.printf(
        "faults: killed and restarted on the same port: serving after %d ms, linked %d ms later,"
            + " by heartbeat %s%n",
        TimeUnit.NANOSECONDS.toMillis(started - start),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started),
        cluster.replication(1).get("heartbeats_sent"));
    assertThat(cluster.client(1).get("before")).isEqualTo("x"); // found before it served
    assertWell();
    assertThat(cluster.client(1).set("back", "x")).isEqualTo("STORED");
    Agreement.await("restarted", cluster, List.of("well", "back"), System.nanoTime());
  }

  @Test
  void whoDoesNotKnowTheSecret_getsNothingAndGivesNothing() throws IOException {
    assertWell();
    String both = "rmiUrls=//127.0.0.1:" + cluster.peerPort(0) + "/memcached, ";
    String discovery = both + automatic().replace("automatic", "both");
    for (String proof : List.of("", ", secretFile=" + secret("another secret, as long as it"))) {
      Plan plan = Plan.of(1).discovery(discovery + proof);
      try (NodeProcess stranger = NodeProcess.start(plan.file(0));
          TextClient client = stranger.connect()) {
        assertThat(client.set("well", "poisoned")).isEqualTo("STORED");
        assertThat(client.ask("flush_all")).isEqualTo("OK");
        long heartbeats = refused(0, "heartbeat_unproved");
        Cluster.eventually(
            "the stranger to be refused",
            () ->
                refused(0, "heartbeat_unproved") > heartbeats
                    && refused(0, "connection_false_proof") + refused(0, "connection_unproved")
                        > 0);
        assertThat(client.get("well")).isNull();
        assertThat(cluster.replication(0)).containsEntry("peers", "1");
      }
    }
    assertThat(cluster.client(0).get("well")).matches("\\d+");
    assertWell();
  }

  @Test
  void anotherClusterInTheGroup_isNotMixedIn() throws IOException {
    assertWell();
    Path file =
        Files.writeString(
            Files.createTempFile("ehcache", ".xml"),
            Files.readString(Plan.of(1).discovery(automatic() + ", secretFile=" + secret).file(0))
                .replace("name=\"faults\"", "name=\"another\""));
    try (NodeProcess other = NodeProcess.start(file);
        TextClient client = other.connect()) {
      assertThat(client.get("well")).isNull();
      assertThat(client.set("well", "of another cluster")).isEqualTo("STORED");
      Cluster.eventually(
          "both to hear of each other",
          () ->
              refused(0, "heartbeat_cluster") > 0
                  && !"0".equals(client.stat("replication", "refused_heartbeat_cluster")));
      assertThat(client.stat("replication", "peers")).isEqualTo("0");
    }
    assertThat(cluster.client(0).get("well")).matches("\\d+");
    assertWell();
  }

  @Test
  void heartbeatThatIsAZipBomb_isDroppedUnread() throws IOException {
    byte[] small = bomb(1_000_000);
    byte[] large = bomb(60_000_000);
    NetworkInterface nic = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    try (MulticastSocket socket =
        new MulticastSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      socket.setNetworkInterface(nic);
      socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
      for (byte[] bomb : List.of(small, large)) {
        socket.send(new DatagramPacket(bomb, bomb.length, new InetSocketAddress(GROUP, port)));
      }
    }
    for (int i = 0; i < cluster.size(); i++) {
      int node = i;
      Cluster.eventually(
          "the bombs to be dropped",
          () ->
              refused(node, "heartbeat_malformed") > 0 && refused(node, "heartbeat_oversized") > 0);
    }
    assertWell();
  }

  private static byte[] bomb(int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(new byte[length]);
    }
    return bytes.toByteArray();
  }

  @Test
  void gadget_isNotRead_withOrWithoutASecret() throws Exception {
    for (int node = 0; node < cluster.size(); node++) {
      attack(cluster.peerPort(node));
    }
    assertWell();
    try (Cluster open = Plan.of(1).start()) {
      attack(open.peerPort(0));
      assertThat(open.client(0).set("well", "x")).isEqualTo("STORED");
      assertThat(open.node(0).log()).doesNotContain("ERROR");
    }
  }

  /** As the well-known tools do it; whoever reads the object is busy for years. */
  private static void attack(int port) throws Exception {
    rawCall(port, REGISTRY, 0, BIND);
    rawCall(port, REGISTRY, 2, BIND);
    rawCall(port, COLLECTOR, 0, CLEAN);
    rawCall(port, COLLECTOR, 1, CLEAN);
  }

  private static void rawCall(int port, long object, int operation, long hash) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      RawCall.send(socket, object, operation, hash, nested());
    } catch (SocketException e) {
      assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*"); // it hung up
    }
  }

  /** Sets in sets, whose hashes take 2 to the 100th steps to work out. */
  private static Object nested() {
    Set<Object> root = new HashSet<>();
    Set<Object> one = root;
    Set<Object> other = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Set<Object> nextOne = new HashSet<>();
      Set<Object> nextOther = new HashSet<>();
      nextOne.add("x"); // so that the two differ
      one.add(nextOne);
      one.add(nextOther);
      other.add(nextOne);
      other.add(nextOther);
      one = nextOne;
      other = nextOther;
    }
    return root;
  }
}
