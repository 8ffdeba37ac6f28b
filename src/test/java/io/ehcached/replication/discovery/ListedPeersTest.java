package io.ehcached.replication.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusals;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whose hosts are let in, and from when on. */
class ListedPeersTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final PeerUrl ADDRESS = PeerUrl.parse("//192.168.0.12:4567/a");
  private static final PeerUrl NAME = PeerUrl.parse("//localhost:4567/a");
  private static final PeerUrl UNKNOWN = PeerUrl.parse("//no-such-host.invalid:4567/a");

  private final HostRules hosts = new HostRules();
  private final LinkSettings settings =
      new LinkSettings(HERE, HERE, 1_000, 1_000, PeerSecurity.none(), hosts, new Refusals());
  private final KnownPeers peers = new KnownPeers();
  private final Map<String, InetAddress> names = new HashMap<>(Map.of("localhost", HERE));
  private long nanos;
  private int lookups;

  private ListedPeers list(PeerUrl... urls) {
    peers.start(settings);
    return new ListedPeers(
        List.of(urls),
        settings,
        0,
        peers,
        task -> {
          lookups++;
          task.run();
        },
        this::addresses,
        () -> nanos);
  }

  private InetAddress[] addresses(String host) throws UnknownHostException {
    return names.containsKey(host)
        ? new InetAddress[] {names.get(host)}
        : InetAddress.getAllByName(host);
  }

  @Test
  void beforeAListIsInEffect_addressesAreLetInAndAllOthersMayBecomeKnown() throws Exception {
    ListedPeers.expect(List.of(ADDRESS, NAME), hosts);
    assertThat(hosts.allows(InetAddress.getByName("192.168.0.12"))).isTrue();
    assertThat(hosts.allows(HERE)).isFalse();
    assertThat(hosts.mayBecomeKnown()).isTrue();
  }

  @Test
  void allHostsAreKnown_whoIsNotListedIsAStranger() throws Exception {
    ListedPeers.expect(List.of(ADDRESS, NAME), hosts);
    list(ADDRESS, NAME).refresh();
    assertThat(hosts.allows(InetAddress.getByName("192.168.0.12"))).isTrue();
    assertThat(hosts.allows(HERE)).isTrue();
    assertThat(hosts.allows(InetAddress.getByName("192.168.0.13"))).isFalse();
    assertThat(hosts.mayBecomeKnown()).isFalse();
  }

  @Test
  void aNameIsNotKnown_isAskedForAgainWhenAHostThatIsNotLetInCalls() {
    list(ADDRESS, UNKNOWN).refresh();
    int before = lookups;
    assertThat(hosts.mayBecomeKnown()).isTrue();
    assertThat(lookups).isGreaterThan(before);
  }

  @Test
  void aNameStandsForAnotherAddress_thatIsLetInOnceItHasCalled() throws Exception {
    InetAddress moved = InetAddress.getByName("192.168.0.99");
    list(ADDRESS, NAME).refresh();
    names.put("localhost", moved);

    assertThat(hosts.allows(moved)).isFalse();
    assertThat(hosts.mayBecomeKnown()).isFalse(); // that call is refused, and said so
    assertThat(hosts.allows(moved)).isTrue();
    assertThat(hosts.allows(HERE)).isFalse();
  }

  @Test
  void strangersWhoCallAgainAndAgain_haveNamesLookedUpOnceASecond() {
    list(NAME, UNKNOWN).refresh();
    int before = lookups;
    for (int i = 0; i < 1000; i++) {
      hosts.mayBecomeKnown();
    }
    assertThat(lookups).isEqualTo(before + 1);
    nanos += TimeUnit.SECONDS.toNanos(1);
    hosts.mayBecomeKnown();
    assertThat(lookups).isEqualTo(before + 2);
  }

  @Test
  void addressesAlone_areNotLookedUp() {
    list(ADDRESS).refresh();
    hosts.mayBecomeKnown();
    assertThat(lookups).isZero();
  }
}
