package io.ehcached.command;

import static io.ehcached.command.TestNode.request;
import static io.ehcached.protocol.Command.GET;
import static io.ehcached.protocol.Command.GET_AND_TOUCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.Counter;
import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.StoredItem;
import io.ehcached.store.TestRegion;
import net.sf.ehcache.config.MemoryUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MetaGetCommandsTest {
  @AutoClose private final TestNode node = new TestNode();

  private static Request fetch(String key) {
    return request(GET, key).with(Option.MAY_WIN).with(Option.WANT_TTL);
  }

  private static Request touch(String key, long exptime) {
    return request(GET_AND_TOUCH, key)
        .exptime(exptime)
        .with(Option.TOUCH)
        .with(Option.MAY_WIN)
        .with(Option.WANT_TTL);
  }

  private ItemState state(Request request) {
    Response response = node.run(request);
    assertThat(response.status()).isEqualTo(Status.OK);
    return response.state();
  }

  private void invalidate(String key) {
    assertThat(node.status(request(Command.DELETE, key).with(Option.INVALIDATE)))
        .isEqualTo(Status.OK);
  }

  @Test
  void plainRead_ofAPlainItem_hasNoState() {
    node.set("k", "v");

    Response response = node.run(request(GET, "k").with(Option.MAY_WIN));

    assertThat(response.item().value()).asString().isEqualTo("v");
    assertThat(response.state()).isNull();
    assertThat(node.count(Counter.CMD_GET)).isEqualTo(1);
    assertThat(node.count(Counter.GET_HITS)).isEqualTo(1);
  }

  @Test
  void miss_isCountedAsOne_evenOfATouch() {
    assertThat(node.status(fetch("k"))).isEqualTo(Status.NOT_FOUND);
    assertThat(node.status(touch("k", 5))).isEqualTo(Status.NOT_FOUND);

    assertThat(node.count(Counter.CMD_GET)).isEqualTo(2);
    assertThat(node.count(Counter.GET_MISSES)).isEqualTo(2);
  }

  @Test
  void ttl_isInSecondsRoundedUp() {
    node.set("k", "v", 10);
    assertThat(state(fetch("k")).ttlSeconds()).isEqualTo(10);
    node.region.clock.advanceMillis(1);
    assertThat(state(fetch("k")).ttlSeconds()).isEqualTo(10);
    node.region.clock.advanceMillis(999);
    assertThat(state(fetch("k")).ttlSeconds()).isEqualTo(9);

    node.set("k", "v");
    assertThat(state(fetch("k")).ttlSeconds()).isEqualTo(ItemState.FOREVER);
  }

  @Test
  void touch_givesANewExpiry_andCountsAsATouch() {
    node.set("k", "v", 10);

    assertThat(state(touch("k", 50)).ttlSeconds()).isEqualTo(50);
    assertThat(state(touch("k", 60).with(Option.TTL_BEFORE_TOUCH)).ttlSeconds()).isEqualTo(50);
    assertThat(state(fetch("k")).ttlSeconds()).isEqualTo(60);

    assertThat(node.count(Counter.TOUCH_HITS)).isEqualTo(2);
    assertThat(node.count(Counter.GET_HITS)).isEqualTo(1);
  }

  @Test
  void staleItem_isWonOnce() {
    node.set("k", "v", 100);
    invalidate("k");

    ItemState first = state(fetch("k"));
    ItemState second = state(fetch("k"));

    assertThat(first.stale()).isTrue();
    assertThat(first.won()).isTrue();
    assertThat(first.alreadyWon()).isFalse();
    assertThat(second.stale()).isTrue();
    assertThat(second.won()).isFalse();
    assertThat(second.alreadyWon()).isTrue();
  }

  @Test
  void win_isAVersionThatPeersTakeOver_withTheCasThatItHad() {
    node.set("k", "v", 100);
    invalidate("k");
    Item stale = node.item("k");

    Item won = node.run(fetch("k")).item();

    assertThat(won.stamp()).isGreaterThan(stale.stamp());
    assertThat(won.cas()).isEqualTo(stale.cas());
    assertThat(won.marks()).isEqualTo(Marks.STALE | Marks.WON | Marks.OWN_CAS);
    assertThat(won.expiry()).isEqualTo(stale.expiry());
    assertThat(won.flags()).isEqualTo(stale.flags());
    assertThat(node.run(fetch("k")).item()).as("who does not win changes nothing").isSameAs(won);
  }

  @Test
  void textRead_ofAStaleItem_winsNothing() {
    node.set("k", "v");
    invalidate("k");

    assertThat(node.get("k")).isEqualTo("v");

    assertThat(state(fetch("k")).won()).isTrue();
  }

  @Test
  void newValue_endsStalenessAndWin() {
    node.set("k", "v");
    invalidate("k");
    long cas = node.run(fetch("k")).item().cas();

    assertThat(node.status(request(Command.SET, "k", "w").compareCas(cas))).isEqualTo(Status.OK);

    assertThat(node.item("k").marks()).isZero();
    assertThat(node.run(request(GET, "k").with(Option.MAY_WIN)).state()).isNull();
  }

  @Test
  void invalidation_afterAWin_letsTheNextWin() {
    node.set("k", "v");
    invalidate("k");
    node.run(fetch("k"));

    invalidate("k");

    assertThat(state(fetch("k")).won()).isTrue();
  }

  @Test
  void recache_isWonOnceByWhoAsksSoonBeforeTheEnd() {
    node.set("k", "v", 100);
    assertThat(state(fetch("k").recache(100)).won()).isFalse();

    node.region.clock.advanceSeconds(71);

    assertThat(state(fetch("k").recache(29)).won()).isFalse();
    assertThat(state(fetch("k").recache(30)).won()).isTrue();
    assertThat(state(fetch("k").recache(30)).alreadyWon()).isTrue();
    assertThat(state(fetch("k")).alreadyWon()).isTrue();
  }

  @Test
  void recache_ofAnItemThatStays_isNotWon() {
    node.set("k", "v");

    assertThat(state(fetch("k").recache(1_000_000)).won()).isFalse();
  }

  @Test
  void recache_looksAtTheExpiryAfterTheTouch_unlessItIsAskedForBefore() {
    node.set("k", "v", 100);
    assertThat(state(touch("k", 20).recache(30)).won()).isTrue();

    node.set("k", "v", 100);
    assertThat(state(touch("k", 20).recache(30).with(Option.RECACHE_BEFORE_TOUCH)).won()).isFalse();

    node.set("k", "v", 20);
    assertThat(state(touch("k", 0).recache(30)).won()).isFalse();
  }

  @Test
  void vivify_makesAnItemThatTheFirstHasWon() {
    Response first = node.run(fetch("k").vivifyExptime(30));
    Response second = node.run(fetch("k").vivifyExptime(90));

    assertThat(first.item().value()).isEmpty();
    assertThat(first.state().won()).isTrue();
    assertThat(first.state().stale()).isFalse();
    assertThat(first.state().ttlSeconds()).isEqualTo(30);
    assertThat(second.state().won()).isFalse();
    assertThat(second.state().alreadyWon()).isTrue();
    assertThat(second.state().ttlSeconds()).isEqualTo(30);
    assertThat(node.status(request(Command.ADD, "k", "v"))).isEqualTo(Status.NOT_STORED);
  }

  @Test
  void use_isToldAsItWasBefore_andLeftWhereAsked() {
    node.set("k", "v");

    assertThat(state(fetch("k").with(Option.WANT_USE).with(Option.LEAVE_USE)).fetched()).isFalse();
    assertThat(state(fetch("k").with(Option.WANT_USE)).fetched()).isFalse();
    assertThat(state(fetch("k").with(Option.WANT_USE).with(Option.LEAVE_USE)).fetched()).isTrue();
  }

  @Test
  void win_thatIsToLeaveNoUse_leavesTheOneThereWas() {
    node.set("k", "v");
    invalidate("k");
    Request leaving = fetch("k").with(Option.LEAVE_USE).with(Option.WANT_USE);
    assertThat(state(leaving).won()).isTrue();
    assertThat(state(leaving).fetched()).isFalse();

    node.get("k");
    invalidate("k");
    node.get("k");
    assertThat(state(leaving).fetched()).isTrue();
    assertThat(state(leaving).fetched()).isTrue();
  }

  @Test
  void touch_keepsMarks_andACasOfItsOwn() {
    node.status(request(Command.SET, "k", "v").chosenCas(7));
    node.status(request(Command.TOUCH, "k").exptime(10));
    assertThat(node.item("k").cas()).isEqualTo(7);

    invalidate("k");
    node.status(request(GET_AND_TOUCH, "k").exptime(20));
    assertThat(node.item("k").marks()).isEqualTo(Marks.STALE);
  }

  @Test
  void regionThatIsFull_andEvictsNothing_stillLetsEveryoneRead() {
    try (TestNode full =
        new TestNode(
            TestRegion.with(
                region -> region.maxBytesLocalHeap(64, MemoryUnit.KILOBYTES).eternal(true)))) {
      full.region.store.refuseWhenFull();
      full.set("k", "v", 100);
      for (int i = 0; full.set("filler" + i, "x".repeat(500)) == Status.OK; i++) {}
      full.status(request(Command.DELETE, "filler0"));
      long left = 64 * 1024 - full.region.store.bytes();
      long others = new StoredItem(Key.of("last"), new byte[0], 0, 0).size();
      assertThat(full.set("last", "x".repeat((int) (left - others)))).isEqualTo(Status.OK);

      for (int i = 0; i < 2; i++) { // nobody knows of the first win
        ItemState soon = full.run(fetch("k").recache(200)).state();
        assertThat(soon.won()).isTrue();
        assertThat(soon.alreadyWon()).isFalse();
        assertThat(soon.ttlSeconds()).isEqualTo(100);
      }
      assertThat(full.status(fetch("n").vivifyExptime(30))).isEqualTo(Status.NOT_FOUND);
      assertThat(full.get("k")).isEqualTo("v");
    }
  }

  @Test
  void debug_leavesNoTrace() {
    assertThat(node.status(request(Command.DEBUG, "k"))).isEqualTo(Status.NOT_FOUND);
    node.set("k", "v", 10);

    ItemState state = state(request(Command.DEBUG, "k"));

    assertThat(state.ttlSeconds()).isEqualTo(10);
    assertThat(state.size()).isPositive();
    assertThat(state(request(Command.DEBUG, "k")).fetched()).isFalse();
    assertThat(node.count(Counter.CMD_META)).isEqualTo(3);
    assertThat(node.count(Counter.CMD_GET)).isZero();
  }

  @Test
  void stalenessAndWin_leaveTheRegionsLifespan() {
    try (TestNode mortal = new TestNode(mortalRegion())) {
      mortal.set("k", "v");
      long written = mortal.region.store.peek(Key.of("k")).written();

      mortal.status(request(Command.DELETE, "k").with(Option.INVALIDATE));
      mortal.run(fetch("k"));

      StoredItem won = mortal.region.store.peek(Key.of("k"));
      assertThat(won.written()).isEqualTo(written);
      assertThat(mortal.region.store.end(won)).isEqualTo(written + 100_000);
    }
  }

  private static TestRegion mortalRegion() {
    return TestRegion.with(
        region -> TestRegion.roomy(region).eternal(false).timeToLiveSeconds(100));
  }
}
