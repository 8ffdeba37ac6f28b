package io.ehcached.command;

import static io.ehcached.command.TestNode.request;
import static io.ehcached.protocol.Command.ADD;
import static io.ehcached.protocol.Command.APPEND;
import static io.ehcached.protocol.Command.DELETE;
import static io.ehcached.protocol.Command.PREPEND;
import static io.ehcached.protocol.Command.REPLACE;
import static io.ehcached.protocol.Command.SET;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.Counter;
import io.ehcached.item.Item;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.store.TestRegion;
import net.sf.ehcache.config.MemoryUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StorageCommandsTest {
  @AutoClose private final TestNode node = new TestNode();

  @Test
  void set_storesValueAndFlags() {
    assertThat(node.status(request(SET, "k", "v").flags(-1))).isEqualTo(Status.OK);

    assertThat(node.get("k")).isEqualTo("v");
    assertThat(node.item("k").flags()).isEqualTo(-1);
  }

  @Test
  void set_thatWantsTheCas_isAnsweredWithTheItem() {
    Item item = node.run(request(SET, "k", "v").wantsCas(true)).item();

    assertThat(item.cas()).isEqualTo(node.item("k").cas());
  }

  @Test
  void set_overAnItem_keepsTheKeyThatTheRegionHas() {
    node.set("k", "v");
    byte[] key = node.item("k").key().bytes();

    node.set("k", "w");
    node.status(request(Command.APPEND, "k", "w"));

    assertThat(node.item("k").key().bytes()).isSameAs(key);
  }

  @Test
  void set_ofTooLargeAValue_removesTheOldItem() {
    node.set("k", "v");

    assertThat(node.status(request(SET, "k").error(Status.TOO_LARGE))).isEqualTo(Status.TOO_LARGE);

    assertThat(node.get("k")).isNull();
    assertThat(node.count(Counter.STORE_TOO_LARGE)).isEqualTo(1);
    assertThat(node.count(Counter.CMD_SET)).isEqualTo(1);
  }

  @Test
  void set_withAnotherError_leavesTheOldItem() {
    node.set("k", "v");

    assertThat(node.status(request(SET, "k").error(Status.BAD_CHUNK))).isEqualTo(Status.BAD_CHUNK);

    assertThat(node.get("k")).isEqualTo("v");
  }

  @Test
  void cas_ofTooLargeAValue_leavesTheOldItem() {
    node.set("k", "v");

    Request cas = request(SET, "k").compareCas(node.item("k").cas()).error(Status.TOO_LARGE);
    assertThat(node.status(cas)).isEqualTo(Status.TOO_LARGE);

    assertThat(node.get("k")).isEqualTo("v");
  }

  @Test
  void invalid_isAnsweredWithItsError() {
    assertThat(node.status(Request.invalid(Status.BAD_FORMAT))).isEqualTo(Status.BAD_FORMAT);
    assertThat(node.count(Counter.STORE_TOO_LARGE)).isZero();
    assertThat(node.status(Request.invalid(Status.TOO_LARGE))).isEqualTo(Status.TOO_LARGE);
    assertThat(node.count(Counter.STORE_TOO_LARGE)).isEqualTo(1);
  }

  @Test
  void set_withNegativeExptime_isStoredDead() {
    node.set("k", "v");

    assertThat(node.set("k", "w", -1)).isEqualTo(Status.OK);

    assertThat(node.get("k")).isNull();
  }

  @Test
  void set_withRelativeExptime_livesUntilThen() {
    node.set("k", "v", 30);

    node.region.clock.advanceMillis(29_999);
    assertThat(node.get("k")).isEqualTo("v");
    node.region.clock.advanceMillis(1);
    assertThat(node.get("k")).isNull();
  }

  @Test
  void set_withAbsoluteExptime_livesUntilThen() {
    long seconds = node.region.clock.getAsLong() / 1000 + 10;
    node.set("k", "v", seconds);
    node.set("past", "v", 1_000_000_000); // in the year 2001

    assertThat(node.get("past")).isNull();
    assertThat(node.get("k")).isEqualTo("v");
    node.region.clock.advanceSeconds(10);
    assertThat(node.get("k")).isNull();
  }

  @Test
  void add_storesOnlyWhereThereIsNone() {
    assertThat(node.status(request(ADD, "k", "v"))).isEqualTo(Status.OK);
    assertThat(node.status(request(ADD, "k", "w"))).isEqualTo(Status.NOT_STORED);
    assertThat(node.get("k")).isEqualTo("v");
  }

  @Test
  void add_overADeadItem_stores() {
    node.set("k", "v", -1);

    assertThat(node.status(request(ADD, "k", "w"))).isEqualTo(Status.OK);
    assertThat(node.get("k")).isEqualTo("w");
  }

  @Test
  void replace_storesOnlyOverAnItem() {
    assertThat(node.status(request(REPLACE, "k", "v"))).isEqualTo(Status.NOT_STORED);
    assertThat(node.get("k")).isNull();
    node.set("k", "v");
    assertThat(node.status(request(REPLACE, "k", "w").flags(9))).isEqualTo(Status.OK);
    assertThat(node.get("k")).isEqualTo("w");
    assertThat(node.item("k").flags()).isEqualTo(9);
  }

  @Test
  void cas_storesOnlyOverTheItemItNames() {
    node.set("k", "v");
    long cas = node.item("k").cas();

    assertThat(node.status(request(SET, "k", "w").compareCas(cas + 1))).isEqualTo(Status.EXISTS);
    assertThat(node.get("k")).isEqualTo("v");
    assertThat(node.status(request(SET, "k", "w").compareCas(cas))).isEqualTo(Status.OK);
    assertThat(node.get("k")).isEqualTo("w");
    assertThat(node.status(request(SET, "k", "x").compareCas(cas))).isEqualTo(Status.EXISTS);
    assertThat(node.status(request(SET, "n", "x").compareCas(cas))).isEqualTo(Status.NOT_FOUND);
    assertThat(node.get("n")).isNull();

    assertThat(node.count(Counter.CAS_BADVAL)).isEqualTo(2);
    assertThat(node.count(Counter.CAS_HITS)).isEqualTo(1);
    assertThat(node.count(Counter.CAS_MISSES)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"REPLACE", "APPEND", "PREPEND", "DELETE", "TOUCH", "GET_AND_TOUCH"})
  void anyCommand_thatComparesTheCas_leavesAnotherItemAlone(Command command) {
    node.set("k", "1");
    long cas = node.item("k").cas();

    assertThat(node.status(request(command, "k", "2").compareCas(cas - 1)))
        .isEqualTo(Status.EXISTS);
    assertThat(node.get("k")).isEqualTo("1");
    assertThat(node.status(request(command, "k", "2").compareCas(cas))).isEqualTo(Status.OK);
  }

  @Test
  void appendAndPrepend_joinTheValues_andKeepFlagsAndExpiry() {
    node.set("k", "b", 100);
    long expiry = node.item("k").expiry();

    assertThat(node.status(request(APPEND, "k", "c").flags(77).exptime(1))).isEqualTo(Status.OK);
    assertThat(node.status(request(PREPEND, "k", "a").flags(77).exptime(1))).isEqualTo(Status.OK);

    assertThat(node.get("k")).isEqualTo("abc");
    assertThat(node.item("k").flags()).isEqualTo(5);
    assertThat(node.item("k").expiry()).isEqualTo(expiry);
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "PREPEND"})
  void join_withNoItem_storesNone(Command command) {
    assertThat(node.status(request(command, "k", "v"))).isEqualTo(Status.NOT_STORED);
    assertThat(node.get("k")).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "PREPEND"})
  void join_aboveTheItemSizeLimit_leavesTheOldItem(Command command) {
    String half = "x".repeat(TestNode.ITEM_SIZE / 2);
    node.set("k", half);

    assertThat(node.status(request(command, "k", half))).isEqualTo(Status.NOT_STORED);

    assertThat(node.get("k")).isEqualTo(half);
  }

  @Test
  void delete_removes_once() {
    node.set("k", "v");

    assertThat(node.status(request(DELETE, "k"))).isEqualTo(Status.OK);
    assertThat(node.status(request(DELETE, "k"))).isEqualTo(Status.NOT_FOUND);

    assertThat(node.get("k")).isNull();
    assertThat(node.count(Counter.DELETE_HITS)).isEqualTo(1);
    assertThat(node.count(Counter.DELETE_MISSES)).isEqualTo(1);
  }

  @Test
  void everyWrite_makesTheCasGreater() {
    node.set("k", "1");
    long last = node.item("k").cas();
    for (Command command :
        new Command[] {
          SET, REPLACE, APPEND, PREPEND, Command.INCREMENT, Command.DECREMENT, Command.TOUCH
        }) {
      assertThat(node.status(request(command, "k", "1"))).as("%s", command).isEqualTo(Status.OK);
      long cas = node.item("k").cas();
      assertThat(Long.compareUnsigned(cas, last)).as("%s", command).isPositive();
      last = cas;
    }
  }

  @Test
  void aValueThatTheRegionHasNoRoomFor_isRefused_andTheOldOneIsGone() {
    TestRegion small =
        TestRegion.with(region -> region.maxBytesLocalHeap(700, MemoryUnit.BYTES).eternal(true));
    try (TestNode full = new TestNode(small)) {
      full.set("k", "v");

      assertThat(full.set("k", "x".repeat(900))).isEqualTo(Status.OUT_OF_MEMORY);

      assertThat(full.get("k")).isNull();
      assertThat(full.count(Counter.STORE_NO_MEMORY)).isEqualTo(1);
      assertThat(full.set("k", "w")).isEqualTo(Status.OK);
    }
  }

  @Test
  void counters_countValuesThatCameAndItemsThatWereStored() {
    node.set("k", "v");
    node.status(request(ADD, "k", "v"));
    node.status(request(APPEND, "k", "v"));

    assertThat(node.count(Counter.CMD_SET)).isEqualTo(3);
    assertThat(node.count(Counter.TOTAL_ITEMS)).isEqualTo(2);
  }

  @Test
  void fullRegionThatMayNotEvict_losesTheOldValueOfASetAlone() {
    try (TestNode full =
        new TestNode(
            TestRegion.with(region -> region.maxBytesLocalHeap(64, MemoryUnit.KILOBYTES)))) {
      full.region.store.refuseWhenFull();
      assertThat(full.set("set", "v")).isEqualTo(Status.OK);
      assertThat(full.set("appended", "v")).isEqualTo(Status.OK);
      int i = 0;
      while (full.set("filler" + i, "x".repeat(200)) == Status.OK) {
        i++;
      }
      String more = "x".repeat(500);

      assertThat(full.status(request(Command.APPEND, "appended", more)))
          .isEqualTo(Status.OUT_OF_MEMORY);
      assertThat(full.status(request(Command.ADD, "new", more))).isEqualTo(Status.OUT_OF_MEMORY);
      assertThat(full.set("set", more)).isEqualTo(Status.OUT_OF_MEMORY);

      assertThat(full.get("appended")).isEqualTo("v");
      assertThat(full.get("set")).isNull();

      assertThat(full.set("set", "v")).isEqualTo(Status.OK);
      assertThat(full.status(request(Command.SET, "set", more).with(Option.INVALIDATE)))
          .isEqualTo(Status.OUT_OF_MEMORY);
      assertThat(full.get("set")).isNull();
      assertThat(full.get("filler0")).isNotNull();
    }
  }
}
