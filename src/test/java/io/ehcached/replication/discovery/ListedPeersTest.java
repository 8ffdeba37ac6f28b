package io.ehcached.replication.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusals;
import java.net.InetAddress;
import java.util.List;
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
  private final Peers peers = new Peers();
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
        });
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
}
