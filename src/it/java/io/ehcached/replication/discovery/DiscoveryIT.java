package io.ehcached.replication.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.replication.discovery.Discovery.DiscoveryOptions;
import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.LinkThreads;
import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Refusals;
import io.ehcached.replication.security.TestSecrets;
import io.ehcached.support.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that hears heartbeats, good and bad ones, over real multicast on loopback. */
class DiscoveryIT {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final String CLUSTER = "ours";
  private static final int OWN_PORT = 4_001;
  private static final int PEER_PORT = 4_002;
  private static final int OFTEN_MILLIS = 100;
  private static final int SELDOM_MILLIS = 20_000; // so that nobody is missed meanwhile

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(LinkThreads.named("test"));
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Incarnation peer = Incarnation.begin();
  private final HeartbeatCounts counts = new HeartbeatCounts();
  private MulticastSettings multicast;
  private LinkSettings settings;
  private Discovery discovery;
  private MulticastSocket out;
  private long sequence;

  @BeforeEach
  void openSocket() throws Exception {
    multicast =
        new MulticastSettings(InetAddress.getByName("239.77.7.8"), FreePorts.next(), 0, null);
    out = new MulticastSocket(new InetSocketAddress(HERE, 0));
    out.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(HERE));
  }

  private void start(PeerSecurity security) {
    start(security, SELDOM_MILLIS);
  }

  private void start(PeerSecurity security, int intervalMillis) {
    settings =
        new LinkSettings(HERE, HERE, 1_000, 1_000, security, new HostRules(), new Refusals());
    KnownPeers peers = new KnownPeers();
    peers.start(settings);
    peers.hearing(true);
    peers.region("a").watch(new Arrivals(events));
    discovery =
        new Discovery(
            new DiscoveryOptions(multicast, CLUSTER, Incarnation.begin(), OWN_PORT, intervalMillis),
            settings,
            peers,
            () -> List.of("a"),
            counts,
            timer);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    if (discovery != null) {
      discovery.close();
    }
    out.close();
  }

  private void send(byte[] datagram) throws IOException {
    out.send(new DatagramPacket(datagram, datagram.length, multicast.group(), multicast.port()));
  }

  private Heartbeat heartbeat(String cluster, Incarnation incarnation, long number) {
    return new Heartbeat(
        cluster,
        incarnation,
        number,
        System.currentTimeMillis(),
        HERE,
        PEER_PORT,
        List.of("a", "other"),
        false);
  }

  private byte[] good(PeerSecurity security) {
    return new HeartbeatCodec(security.secret()).encode(heartbeat(CLUSTER, peer, ++sequence));
  }

  private void awaitRefused(Refusal refusal) {
    await().untilAsserted(() -> assertThat(settings.refusals().count(refusal)).isPositive());
  }

  /** Shows that a bad datagram was passed over: a good one after it is taken. */
  private void awaitGood(PeerSecurity security) {
    await()
        .until(
            () -> {
              send(good(security));
              return events.contains("+//127.0.0.1:" + PEER_PORT + "/a");
            });
  }

  @Test
  void heartbeat_isTakenAndOthersRegionsAreNot() {
    start(PeerSecurity.none());
    awaitGood(PeerSecurity.none());
    assertThat(events).containsExactly("+//127.0.0.1:4002/a");
  }

  @Test
  void peerThatIsNotHeardAnyMore_leaves() {
    start(PeerSecurity.none(), OFTEN_MILLIS);
    awaitGood(PeerSecurity.none());
    await().until(() -> events.contains("-//127.0.0.1:4002/a"));
  }

  @Test
  void ownHeartbeats_areAStateOfTheirOwn_andNotCountedAsReceived() {
    start(PeerSecurity.none(), OFTEN_MILLIS);
    assertThat(discovery.state()).isEqualTo(MulticastState.STARTING);

    await().until(() -> discovery.state() == MulticastState.ONLY_OWN);
    assertThat(counts.sent().sum()).isPositive();
    assertThat(counts.received().sum()).isZero();
  }

  @Test
  void whatIsHeard_isTheState() throws Exception {
    start(PeerSecurity.none());
    send("hello".getBytes(UTF_8));
    await().until(() -> discovery.state() == MulticastState.REFUSED);
    send(new HeartbeatCodec(null).encode(heartbeat("theirs", peer, 1)));
    await().until(() -> discovery.state() == MulticastState.OTHER_CLUSTER);
    send(new HeartbeatCodec(null).encode(elsewhere()));
    await().until(() -> discovery.state() == MulticastState.OTHER_REGION);
    awaitGood(PeerSecurity.none());
    assertThat(discovery.state()).isEqualTo(MulticastState.PEERS);
    assertThat(counts.received().sum()).isGreaterThanOrEqualTo(4);
  }

  /** Of a node of this cluster that has none of this node's regions. */
  private Heartbeat elsewhere() {
    return new Heartbeat(CLUSTER, Incarnation.begin(), 1, 0, HERE, 4_003, List.of("other"), false);
  }

  @Test
  void zipBomb_isDroppedUnread() throws Exception {
    start(PeerSecurity.none());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(new byte[1 << 20]);
    }
    assertThat(bytes.size()).isLessThan(HeartbeatCodec.MAX_LENGTH);
    send(bytes.toByteArray());
    awaitRefused(Refusal.HEARTBEAT_MALFORMED);
    awaitGood(PeerSecurity.none());
  }

  @Test
  void oversized_isDropped() throws Exception {
    start(PeerSecurity.none());
    byte[] large = new byte[HeartbeatCodec.MAX_LENGTH + 1];
    byte[] good = good(PeerSecurity.none());
    System.arraycopy(good, 0, large, 0, good.length);
    send(large);
    awaitRefused(Refusal.HEARTBEAT_OVERSIZED);
    awaitGood(PeerSecurity.none());
  }

  @Test
  void garbage_isDropped() throws Exception {
    start(PeerSecurity.none());
    byte[] good = good(PeerSecurity.none());
    for (int length = 0; length < good.length; length++) {
      send(Arrays.copyOf(good, length));
    }
    send("hello".getBytes(UTF_8));
    await()
        .untilAsserted(
            () ->
                assertThat(settings.refusals().count(Refusal.HEARTBEAT_MALFORMED))
                    .isEqualTo(good.length + 1));
    awaitGood(PeerSecurity.none());
  }

  @Test
  void otherCluster_isDropped() throws Exception {
    start(PeerSecurity.none());
    send(new HeartbeatCodec(null).encode(heartbeat("theirs", peer, 1)));
    awaitRefused(Refusal.HEARTBEAT_CLUSTER);
    assertThat(events).isEmpty();
  }

  @Test
  void addressOutsideTheSubnet_isDropped() throws Exception {
    start(PeerSecurity.none());
    send(
        new HeartbeatCodec(null)
            .encode(
                new Heartbeat(
                    CLUSTER,
                    peer,
                    1,
                    0,
                    InetAddress.getByName("192.0.2.77"),
                    PEER_PORT,
                    List.of("a"),
                    false)));
    awaitRefused(Refusal.HEARTBEAT_HOST);
    assertThat(events).isEmpty();
  }

  @Test
  void unprovedOrFalselyProved_isDropped() throws Exception {
    PeerSecurity ours = TestSecrets.sharing("the secret of our nodes");
    start(ours);
    send(good(PeerSecurity.none()));
    send(good(TestSecrets.sharing("the secret of other nodes")));
    byte[] changed = good(ours);
    changed[changed.length - 33] ^= 1; // the last before the code
    send(changed);
    await()
        .untilAsserted(
            () -> assertThat(settings.refusals().count(Refusal.HEARTBEAT_UNPROVED)).isEqualTo(3));
    assertThat(events).isEmpty();
    awaitGood(ours);
  }

  @Test
  void recordedHeartbeat_isDropped() throws Exception {
    PeerSecurity ours = TestSecrets.sharing("the secret of our nodes");
    start(ours);
    byte[] recorded = good(ours);
    awaitGood(ours);
    send(recorded);
    awaitRefused(Refusal.HEARTBEAT_STALE);
    assertThat(events).containsExactly("+//127.0.0.1:4002/a");
  }

  @Test
  void heartbeatOfLongAgo_isDropped() throws Exception {
    PeerSecurity ours = TestSecrets.sharing("the secret of our nodes");
    start(ours);
    long hourAgo = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1);
    send(
        new HeartbeatCodec(ours.secret())
            .encode(
                new Heartbeat(CLUSTER, peer, 1, hourAgo, HERE, PEER_PORT, List.of("a"), false)));
    awaitRefused(Refusal.HEARTBEAT_STALE);
    assertThat(events).isEmpty();
  }

  @Test
  void peerStartedAnew_leavesAndJoinsAndItsFormerLifeIsStale() throws Exception {
    start(PeerSecurity.none());
    awaitGood(PeerSecurity.none());
    Incarnation next = new Incarnation(peer.startedMillis() + 1, 7);
    HeartbeatCodec codec = new HeartbeatCodec(null);
    await()
        .until(
            () -> {
              send(codec.encode(heartbeat(CLUSTER, next, ++sequence)));
              return events.size() >= 3;
            });
    send(good(PeerSecurity.none()));
    awaitRefused(Refusal.HEARTBEAT_STALE);
    assertThat(events)
        .containsExactly("+//127.0.0.1:4002/a", "-//127.0.0.1:4002/a", "+//127.0.0.1:4002/a");
  }

  @Test
  void ownAddress_isNoPeer() throws Exception {
    start(PeerSecurity.none());
    send(
        new HeartbeatCodec(null)
            .encode(
                new Heartbeat(
                    CLUSTER,
                    peer,
                    1,
                    System.currentTimeMillis(),
                    HERE,
                    OWN_PORT,
                    List.of("a"),
                    false)));
    awaitGood(PeerSecurity.none());
    assertThat(events).containsExactly("+//127.0.0.1:4002/a");
  }
}
