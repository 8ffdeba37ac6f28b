package io.ehcached.replication.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.names.NameAnswer;
import io.ehcached.replication.names.NameService;
import io.ehcached.replication.security.HostRules;
import io.ehcached.replication.security.PeerSecurity;
import io.ehcached.replication.security.Refusals;
import io.ehcached.replication.status.NameStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which peers a list stands for, and whose hosts are let in, from when on. */
class ListedPeersTest {
  private static final InetAddress OWN = address("10.0.0.1");
  private static final PeerUrl ADDRESS = PeerUrl.parse("//192.168.0.12:4567/a");
  private static final PeerUrl NAME = PeerUrl.parse("//nodes:4567/a");
  private static final PeerUrl UNKNOWN = PeerUrl.parse("//no-such-host.invalid:4567/a");
  private static final PeerUrl SERVICE = PeerUrl.parse("//_registry._tcp.nodes/a");
  private static final Duration ROUND = Duration.ofSeconds(5);

  private final HostRules hosts = new HostRules();
  private final LinkSettings settings =
      new LinkSettings(OWN, OWN, 1_000, 1_000, PeerSecurity.none(), hosts, new Refusals());
  private final KnownPeers peers = new KnownPeers();
  private final Map<String, NameAnswer> names = new HashMap<>();
  private final VirtualEnvironment time = new VirtualEnvironment();
  private final List<String> events = new ArrayList<>();
  private final List<Consumer<NameAnswer>> unanswered = new ArrayList<>();
  private boolean hanging;
  private int lookups;

  /** Answers from the map; nothing at all while it hangs. */
  private final NameService service =
      new NameService() {
        @Override
        public void ask(String name, Consumer<NameAnswer> then) {
          lookups++;
          if (hanging) {
            unanswered.add(then);
          } else {
            then.accept(names.getOrDefault(name, NameAnswer.failed("the name is not known")));
          }
        }

        @Override
        public void close() {}
      };

  @BeforeEach
  void start() {
    peers.start(settings);
    peers.region("a").watch(new Arrivals(events));
  }

  private ListedPeers list(PeerUrl... urls) {
    return new ListedPeers(
        List.of(urls), settings, 4567, peers, service, time, time.executor("list"));
  }

  private static InetAddress address(String written) {
    try {
      return InetAddress.getByName(written);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void resolve(String name, long ttl, String... addresses) {
    List<InetSocketAddress> all = new ArrayList<>();
    for (String one : addresses) {
      String[] parts = one.split("#", -1);
      all.add(
          new InetSocketAddress(
              address(parts[0]), parts.length == 1 ? 0 : Integer.parseInt(parts[1])));
    }
    names.put(name, new NameAnswer(all, ttl, ""));
  }

  private static String joined(String last) {
    return "+//10.0.0." + last + ":4567/a";
  }

  private static String left(String last) {
    return "-//10.0.0." + last + ":4567/a";
  }

  @Test
  void name_standsForAllItsAddressesButThisNodesOwn() {
    resolve("nodes", 5, "10.0.0.3", "10.0.0.1", "10.0.0.2");
    list(NAME).begin();

    assertThat(events).containsExactlyInAnyOrder(joined("2"), joined("3"));
    assertThat(hosts.allows(address("10.0.0.3"))).isTrue();
  }

  @Test
  void loopbackAddressOfANodeThatListensElsewhere_isTheNodeItself() {
    resolve("nodes", 5, "127.0.1.1", "10.0.0.2");
    list(NAME).begin();
    assertThat(events).containsExactly(joined("2"));
  }

  @Test
  void newAddress_isAPeerAfterTheTimeToLiveOfTheAnswerBefore() {
    resolve("nodes", 2, "10.0.0.2");
    list(NAME).begin();
    resolve("nodes", 2, "10.0.0.2", "10.0.0.3");

    time.pass(Duration.ofMillis(1_999));
    assertThat(events).containsExactly(joined("2"));
    time.pass(Duration.ofMillis(1));
    assertThat(events).containsExactly(joined("2"), joined("3"));
  }

  @Test
  void answerThatHoldsForAnHour_isAskedForEveryFiveSecondsAllTheSame() {
    resolve("nodes", 3600, "10.0.0.2");
    list(NAME).begin();
    resolve("nodes", 3600, "10.0.0.3");
    time.pass(ROUND);
    assertThat(events).contains(joined("3"));
  }

  @Test
  void answerThatHoldsForNoTime_isAskedForOnceASecond() {
    resolve("nodes", 0, "10.0.0.2");
    list(NAME).begin();
    time.pass(Duration.ofSeconds(10));
    assertThat(lookups).isEqualTo(11);
  }

  @Test
  void addressThatAnswersLack_leavesWithTheThirdOfThem() {
    resolve("nodes", 5, "10.0.0.2", "10.0.0.3");
    list(NAME).begin();
    resolve("nodes", 5, "10.0.0.2");

    time.pass(ROUND.multipliedBy(2));
    assertThat(events).doesNotContain(left("3"));
    assertThat(hosts.allows(address("10.0.0.3"))).isTrue();
    time.pass(ROUND);
    assertThat(events).containsExactly(joined("2"), joined("3"), left("3"));
    assertThat(hosts.allows(address("10.0.0.3"))).isFalse();
  }

  @Test
  void addressThatIsBackInTheThirdAnswer_staysAndBeginsAnew() {
    resolve("nodes", 5, "10.0.0.2", "10.0.0.3");
    list(NAME).begin();
    for (int i = 0; i < 3; i++) {
      resolve("nodes", 5, "10.0.0.2");
      time.pass(ROUND.multipliedBy(2));
      resolve("nodes", 5, "10.0.0.2", "10.0.0.3");
      time.pass(ROUND);
    }
    assertThat(events).containsExactly(joined("2"), joined("3"));
  }

  @Test
  void addressThatLeaves_doesSoThoughAnotherNameIsNotKnown() {
    resolve("nodes", 5, "10.0.0.2", "10.0.0.3");
    list(NAME, UNKNOWN).begin();
    resolve("nodes", 5, "10.0.0.2");
    time.pass(ROUND.multipliedBy(3));
    assertThat(events).containsExactly(joined("2"), joined("3"), left("3"));
  }

  @Test
  void tenMinutesOfErrorsOrEmptyAnswers_removeNobody_andTheFirstAnswerAfterwardsCounts() {
    resolve("nodes", 5, "10.0.0.2", "10.0.0.3");
    ListedPeers listed = list(NAME);
    listed.begin();
    names.put("nodes", NameAnswer.failed("the name server does not answer"));
    time.pass(Duration.ofMinutes(5));
    names.put("nodes", new NameAnswer(List.of(), 5, "the answer is empty"));
    time.pass(Duration.ofMinutes(5));

    assertThat(events).containsExactly(joined("2"), joined("3"));
    NameStatus status = listed.names().get(0);
    assertThat(status.addresses()).isEqualTo(2);
    assertThat(status.lastError()).isEqualTo("the answer is empty");
    assertThat(status.unresolvedSeconds()).isBetween(590L, 600L);
    assertThat(status.secondsSinceResolved()).hasValue(600);

    resolve("nodes", 5, "10.0.0.3", "10.0.0.4");
    time.pass(ROUND);
    assertThat(events).containsExactly(joined("2"), joined("3"), joined("4"));
    assertThat(listed.names().get(0).unresolvedSeconds()).isZero();
    time.pass(ROUND.multipliedBy(2));
    assertThat(events).last().isEqualTo(left("2"));
  }

  @Test
  void errorsBetweenAnswers_doNotCountAsAnswers() {
    resolve("nodes", 5, "10.0.0.2", "10.0.0.3");
    list(NAME).begin();
    for (int i = 0; i < 2; i++) {
      resolve("nodes", 5, "10.0.0.2");
      time.pass(ROUND);
      names.put("nodes", NameAnswer.failed("the name server does not answer"));
      time.pass(ROUND);
    }
    assertThat(events).doesNotContain(left("3"));
    resolve("nodes", 5, "10.0.0.2");
    time.pass(ROUND);
    assertThat(events).last().isEqualTo(left("3"));
  }

  @Test
  void nameServiceThatHangs_delaysNobodyElse() {
    hanging = true;
    list(ADDRESS, NAME).begin();
    time.pass(Duration.ofMinutes(1));
    assertThat(events).containsExactly("+" + ADDRESS);
    assertThat(lookups).isOne();

    unanswered.get(0).accept(new NameAnswer(List.of(at("10.0.0.2", 0)), 5, ""));
    assertThat(events).containsExactly("+" + ADDRESS, joined("2"));
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(address(address), port);
  }

  @Test
  void service_namesThePorts() {
    resolve("_registry._tcp.nodes", 5, "10.0.0.1#4567", "10.0.0.2#4567", "10.0.0.2#4569");
    list(SERVICE).begin();
    assertThat(events)
        .containsExactlyInAnyOrder(joined("2"), "+//10.0.0.2:4569/a"); // and not this node
  }

  @Test
  void ipv6Address_isWrittenInBrackets() {
    resolve("nodes", 5, "fd00::2");
    list(NAME).begin();
    assertThat(events).containsExactly("+//[fd00::2]:4567/a");
  }

  @Test
  void moreThan256Addresses_theSame256CountOnAllNodes_andThoseKnownStay() {
    List<InetSocketAddress> many = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      many.add(at("10.1." + i / 200 + "." + (1 + i % 200), 0));
    }
    names.put("nodes", new NameAnswer(many, 5, ""));
    ListedPeers listed = list(NAME);
    listed.begin();
    assertThat(events).hasSize(WatchedName.MAX_ADDRESSES);

    List<InetSocketAddress> reversed = new ArrayList<>(many);
    Collections.reverse(reversed);
    names.put("nodes", new NameAnswer(reversed, 5, ""));
    time.pass(Duration.ofMinutes(1));
    assertThat(events).hasSize(WatchedName.MAX_ADDRESSES);
    assertThat(listed.names().get(0).addresses()).isEqualTo(WatchedName.MAX_ADDRESSES);

    WatchedName elsewhere = new WatchedName("nodes");
    elsewhere.answered(new NameAnswer(reversed, 5, ""), 0);
    assertThat(
            elsewhere.addresses().stream()
                .map(one -> "+" + PeerUrl.of(one.getAddress(), 4567, "a")))
        .containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  void listThatTakesThePlaceOfAnother_keepsWhatNamesStandFor_andFormsOfTheSamePeer() {
    resolve("nodes", 5, "10.0.0.2", "10.0.0.3");
    ListedPeers before = list(PeerUrl.parse("//10.0.0.2:4567/a"), NAME);
    before.begin();
    hanging = true;
    list(NAME).replace(before);

    assertThat(events).containsExactly(joined("2"), joined("3"));
  }

  @Test
  void listOfAddressesThatBecomesAName_keepsItsPeersUntilTheNameIsKnown() {
    ListedPeers before =
        list(PeerUrl.parse("//10.0.0.2:4567/a"), PeerUrl.parse("//10.0.0.3:4567/a"));
    before.begin();
    ListedPeers after = list(NAME);
    after.replace(before);
    time.pass(Duration.ofMinutes(10));
    assertThat(events).containsExactly(joined("2"), joined("3"));

    resolve("nodes", 5, "10.0.0.3", "10.0.0.4");
    time.pass(ROUND);
    assertThat(events).containsExactly(joined("2"), joined("3"), left("2"), joined("4"));
  }

  @Test
  void listThatWasReplaced_asksNobodyAnyMore() {
    resolve("nodes", 5, "10.0.0.2");
    ListedPeers before = list(NAME);
    before.begin();
    list(ADDRESS).replace(before);
    int asked = lookups;
    time.pass(Duration.ofMinutes(1));
    assertThat(lookups).isEqualTo(asked);
    assertThat(events).containsExactly(joined("2"), left("2"), "+" + ADDRESS);
  }

  @Test
  void beforeAListIsInEffect_addressesAreLetInAndAllOthersMayBecomeKnown() {
    ListedPeers.expect(List.of(ADDRESS, NAME), hosts);
    assertThat(hosts.allows(address("192.168.0.12"))).isTrue();
    assertThat(hosts.allows(address("10.0.0.2"))).isFalse();
    assertThat(hosts.mayBecomeKnown()).isTrue();
  }

  @Test
  void allHostsAreKnown_whoIsNotListedIsAStranger() {
    resolve("nodes", 5, "10.0.0.2");
    ListedPeers.expect(List.of(ADDRESS, NAME), hosts);
    list(ADDRESS, NAME).begin();
    assertThat(hosts.allows(address("192.168.0.12"))).isTrue();
    assertThat(hosts.allows(address("10.0.0.2"))).isTrue();
    assertThat(hosts.allows(address("192.168.0.13"))).isFalse();
    assertThat(hosts.mayBecomeKnown()).isFalse();
  }

  @Test
  void aNameIsNotKnown_isAskedForAgainWhenAHostThatIsNotLetInCalls() {
    list(ADDRESS, UNKNOWN).begin();
    int before = lookups;
    assertThat(hosts.mayBecomeKnown()).isTrue();
    assertThat(lookups).isGreaterThan(before);
  }

  @Test
  void aNameStandsForAnotherAddress_thatIsLetInOnceItHasCalled() {
    resolve("nodes", 5, "10.0.0.2");
    list(ADDRESS, NAME).begin();
    resolve("nodes", 5, "10.0.0.9");

    assertThat(hosts.allows(address("10.0.0.9"))).isFalse();
    assertThat(hosts.mayBecomeKnown()).isFalse(); // that call is refused, and said so
    assertThat(hosts.allows(address("10.0.0.9"))).isTrue();
  }

  @Test
  void strangersWhoCallAgainAndAgain_haveNamesLookedUpOnceASecond() {
    resolve("nodes", 5, "10.0.0.2");
    list(NAME, UNKNOWN).begin();
    int before = lookups;
    for (int i = 0; i < 1000; i++) {
      hosts.mayBecomeKnown();
    }
    assertThat(lookups).isEqualTo(before + 2); // each of the names once
  }

  @Test
  void namesThatStrangersHadLookedUp_areNotAskedForTwiceAsOftenAfterwards() {
    resolve("nodes", 5, "10.0.0.2");
    list(NAME).begin();
    for (int i = 0; i < 10; i++) {
      time.pass(Duration.ofSeconds(1));
      hosts.mayBecomeKnown();
    }
    int before = lookups;
    time.pass(Duration.ofMinutes(1));
    assertThat(lookups - before).isEqualTo(12);
  }

  @Test
  void addressesAlone_areNotLookedUp() {
    list(ADDRESS).begin();
    hosts.mayBecomeKnown();
    time.pass(Duration.ofMinutes(1));
    assertThat(lookups).isZero();
  }
}
