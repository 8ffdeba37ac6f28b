package io.ehcached.replication.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Refusals;
import io.ehcached.support.CapturedLog;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is a peer as lists and heartbeats come and go. */
class KnownPeersTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final PeerUrl ONE = PeerUrl.parse("//127.0.0.1:4001/a");
  private static final PeerUrl TWO = PeerUrl.parse("//127.0.0.1:4002/a");
  private static final PeerUrl NAMED = PeerUrl.parse("//node-2.example:4002/a");

  private final List<String> events = new ArrayList<>();
  private final Incarnation other = Incarnation.begin();
  private final HostRules hosts = new HostRules();
  private final Refusals refusals = new Refusals();
  private KnownPeers peers = new KnownPeers();
  private long sequence;

  @BeforeEach
  void start() {
    peers.start(new LinkSettings(HERE, HERE, 1_000, 1_000, PeerSecurity.none(), hosts, refusals));
    peers.region("a").watch(new Arrivals(events));
  }

  private void list(PeerUrl... urls) {
    Map<PeerUrl, InetAddress> listed = new LinkedHashMap<>();
    for (PeerUrl url : urls) {
      listed.put(url, HERE);
    }
    peers.list(listed, Set.of(), Set.of());
  }

  private void hear(int port) {
    peers.hear(new Heartbeat("c", other, ++sequence, 0, HERE, port, List.of("a"), false));
  }

  @Test
  void listThatShrinksAndGrows_changesNobodyElse() {
    list(ONE, TWO);
    list(TWO);
    list(TWO, ONE);
    assertThat(events).containsExactly("+" + ONE, "+" + TWO, "-" + ONE, "+" + ONE);
  }

  @Test
  void peerThatWasListed_isKeptForAWhileWherePeersAreHeard() {
    list(ONE, TWO);
    peers.hearing(true);
    list();
    hear(4002);
    assertThat(events).containsExactly("+" + ONE, "+" + TWO);

    peers.leaveDoubted();
    assertThat(events).containsExactly("+" + ONE, "+" + TWO, "-" + ONE);
    for (int turn = 0; turn < 6; turn++) { // from now on it is as any other that is heard
      peers.turn();
    }
    assertThat(events).last().isEqualTo("-" + TWO);
  }

  @Test
  void peerThatWasHeard_staysTheSameWhereItIsListed() {
    peers.hearing(true);
    hear(4001);
    hear(4002);
    peers.hearing(false);
    list(NAMED);
    peers.leaveDoubted();
    assertThat(events).containsExactly("+" + ONE, "+" + TWO, "-" + ONE);
  }

  @Test
  void peersOfAnotherGroup_leaveUnlessTheyAreHeardInThisOne() {
    peers.hearing(true);
    hear(4001);
    hear(4002);
    peers.doubt();
    hear(4001);
    peers.leaveDoubted();
    assertThat(events).containsExactly("+" + ONE, "+" + TWO, "-" + TWO);
  }

  @Test
  void nameThatIsNotKnownYet_keepsThoseItMayStandFor() {
    peers.hearing(true);
    hear(4002);
    peers.hearing(false);
    peers.list(Map.of(), Set.of(NAMED), Set.of());
    assertThat(events).containsExactly("+" + TWO);

    list(NAMED);
    assertThat(events).containsExactly("+" + TWO);
  }

  @Test
  void nameThatStandsForAnotherAddressNow_leavesNobodyBehind() throws Exception {
    list(NAMED);
    peers.list(Map.of(NAMED, InetAddress.getByName("127.0.0.9")), Set.of(), Set.of());
    assertThat(events).containsExactly("+" + NAMED, "-" + NAMED, "+" + NAMED);
  }

  @Test
  void heartbeatThatComesLate_isNotHeeded() {
    list(ONE);
    hear(4002);
    assertThat(events).containsExactly("+" + ONE);
  }

  private boolean hear(int port, Incarnation life, boolean leaving, String... regions) {
    return peers.hear(
        new Heartbeat("c", life, ++sequence, 0, HERE, port, List.of(regions), leaving));
  }

  @Test
  void regionsThatThisNodeDoesNotHave_areRememberedUpToABoundAndForAWhile() {
    peers.hearing(true);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      names.add("r" + i);
    }
    try (CapturedLog log = CapturedLog.of("io.ehcached.replication.discovery")) {
      hear(4001, other, false, names.toArray(String[]::new));
      assertThat(log.with("")).isEmpty();
    }
    peers.region("r0").watch(new Arrivals(events));
    assertThat(events).isEmpty();
    peers.region("r249").watch(new Arrivals(events));
    assertThat(events).containsExactly("+//127.0.0.1:4001/r249");
    for (int turn = 0; turn < 6; turn++) {
      peers.turn();
    }
    events.clear();
    peers.region("r248").watch(new Arrivals(events));
    assertThat(events).isEmpty();
  }

  @Test
  void listedPeerOfARegionThatComesLater_isThere() {
    list(PeerUrl.parse("//127.0.0.1:4001/later"));
    peers.region("later").watch(new Arrivals(events));
    assertThat(events).containsExactly("+//127.0.0.1:4001/later");
  }

  @Test
  void nodesThatBegin_areOneASecondOnceThereWereMany() {
    AtomicLong nanos = new AtomicLong();
    peers = new KnownPeers(nanos::get);
    start();
    peers.hearing(true);
    int begun = 0;
    for (int i = 0; i < 1_000; i++) {
      begun += hear(4001, new Incarnation(i, i), false, "a") ? 1 : 0;
    }
    assertThat(begun).isEqualTo(256);
    assertThat(refusals.count(Refusal.HEARTBEAT_SURPLUS)).isEqualTo(744);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    assertThat(hear(4001, new Incarnation(2_000, 1), false, "a")).isTrue();
    assertThat(hear(4001, new Incarnation(2_001, 1), false, "a")).isTrue();
    assertThat(hear(4001, new Incarnation(2_002, 1), false, "a")).isFalse();
  }

  @Test
  void goodByeOfANodeThatWasNotThere_takesNoPlace() {
    peers.hearing(true);
    hear(4001, other, true, "a");
    assertThat(hosts.isKnown(HERE)).isFalse();
    hear(4001, other, false, "a");
    assertThat(hosts.isKnown(HERE)).isTrue();
  }
}
