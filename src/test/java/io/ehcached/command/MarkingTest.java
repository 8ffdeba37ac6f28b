package io.ehcached.command;

import static io.ehcached.command.TestNode.request;
import static io.ehcached.protocol.Command.APPEND;
import static io.ehcached.protocol.Command.DELETE;
import static io.ehcached.protocol.Command.GET;
import static io.ehcached.protocol.Command.INCREMENT;
import static io.ehcached.protocol.Command.PREPEND;
import static io.ehcached.protocol.Command.SET;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.admin.Counter;
import io.ehcached.item.Expiry;
import io.ehcached.item.Item;
import io.ehcached.item.Marks;
import io.ehcached.item.Stamp;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What writes do to marks and cas uniques, and what they make where there is nothing. */
class MarkingTest {
  @AutoClose private final TestNode node = new TestNode();

  @ParameterizedTest
  @EnumSource(names = {"SET", "ADD"})
  void chosenCas_isTheItems(Command command) {
    assertThat(node.status(request(command, "k", "v").chosenCas(-1))).isEqualTo(Status.OK);

    assertThat(node.item("k").cas()).isEqualTo(-1);
    assertThat(node.item("k").stamp()).isNotEqualTo(-1);
    assertThat(node.status(request(SET, "k", "w").compareCas(-1))).isEqualTo(Status.OK);
    assertThat(node.item("k").cas()).isEqualTo(Stamp.casUnique(node.item("k").stamp()));
    assertThat(node.item("k").marks()).isZero();
  }

  @Test
  void chosenCas_holdsForWhatIsJoinedAndCounted() {
    node.set("k", "5");

    node.status(request(APPEND, "k", "5").chosenCas(10));
    assertThat(node.item("k").cas()).isEqualTo(10);
    node.status(request(INCREMENT, "k").delta(1).chosenCas(11));
    assertThat(node.item("k").cas()).isEqualTo(11);
    node.status(request(INCREMENT, "k").delta(1));
    assertThat(node.item("k").cas()).isEqualTo(Stamp.casUnique(node.item("k").stamp()));
  }

  @Test
  void setFromAnOlderVersion_storesAStaleValue_untilTheOldExpiry() {
    node.set("k", "v", 100);
    long cas = node.item("k").cas();
    node.status(request(DELETE, "k").with(Option.INVALIDATE));
    node.run(request(GET, "k").with(Option.MAY_WIN));
    long expiry = node.item("k").expiry();

    Status status =
        node.status(
            request(SET, "k", "w").flags(9).exptime(1).compareCas(cas).with(Option.INVALIDATE));

    assertThat(status).isEqualTo(Status.OK);
    Item item = node.item("k");
    assertThat(item.value()).asString().isEqualTo("w");
    assertThat(item.flags()).isEqualTo(9);
    assertThat(item.expiry()).isEqualTo(expiry);
    assertThat(item.marks()).isEqualTo(Marks.STALE | Marks.WON);
    assertThat(item.cas()).isEqualTo(Stamp.casUnique(item.stamp()));
  }

  @Test
  void setFromANewerVersion_isRefused() {
    node.status(request(SET, "k", "v").chosenCas(5));

    assertThat(node.status(request(SET, "k", "w").compareCas(-1).with(Option.INVALIDATE)))
        .as("cas uniques are unsigned")
        .isEqualTo(Status.EXISTS);
    assertThat(node.status(request(SET, "k", "w").compareCas(5).with(Option.INVALIDATE)))
        .isEqualTo(Status.OK);
    assertThat(node.item("k").marks()).isZero();
  }

  @Test
  void invalidation_isNoDeletion() {
    node.set("k", "v", 100);
    Item before = node.item("k");

    assertThat(node.status(request(DELETE, "k").with(Option.INVALIDATE))).isEqualTo(Status.OK);

    Item after = node.item("k");
    assertThat(after.value()).isSameAs(before.value());
    assertThat(after.flags()).isEqualTo(before.flags());
    assertThat(after.expiry()).isEqualTo(before.expiry());
    assertThat(after.stamp()).isGreaterThan(before.stamp());
    assertThat(after.cas()).isEqualTo(Stamp.casUnique(after.stamp()));
    assertThat(node.count(Counter.DELETE_HITS)).isZero();
    assertThat(node.status(request(DELETE, "n").with(Option.INVALIDATE)))
        .isEqualTo(Status.NOT_FOUND);
  }

  @Test
  void removedValue_leavesAnItemWithTheSameCas() {
    node.set("k", "v", 100);
    long cas = node.item("k").cas();

    node.status(request(DELETE, "k").with(Option.REMOVE_VALUE));

    Item item = node.item("k");
    assertThat(item.value()).isEmpty();
    assertThat(item.flags()).isZero();
    assertThat(item.expiry()).isEqualTo(Expiry.REGION);
    assertThat(item.cas()).isEqualTo(cas);
    assertThat(Stamp.casUnique(item.stamp())).isGreaterThan(cas);
    assertThat(node.count(Counter.DELETE_HITS)).isEqualTo(1);
  }

  @Test
  void removedValue_markedStale_hasACasOfItsTime() {
    node.set("k", "v");

    node.status(request(DELETE, "k").with(Option.REMOVE_VALUE).with(Option.INVALIDATE));

    assertThat(node.item("k").marks()).isEqualTo(Marks.STALE);
    assertThat(node.item("k").cas()).isEqualTo(Stamp.casUnique(node.item("k").stamp()));
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "PREPEND"})
  void joining_vivifiesWhereAsked(Command command) {
    assertThat(node.status(request(command, "k", "v"))).isEqualTo(Status.NOT_STORED);
    assertThat(node.status(request(command, "k", "v").flags(3).exptime(9).vivifyExptime(30)))
        .isEqualTo(Status.OK);

    assertThat(node.item("k").flags()).isEqualTo(3);
    assertThat(node.item("k").expiry()).isEqualTo(node.region.clock.getAsLong() + 30_000);
    assertThat(node.status(request(PREPEND, "k", "u").vivifyExptime(90))).isEqualTo(Status.OK);
    assertThat(node.get("k")).isEqualTo("uv");
  }

  @Test
  void counting_vivifiesWhereAsked() {
    Response first = node.run(request(INCREMENT, "k").delta(5).initial(-1).vivifyExptime(30));
    Response second =
        node.run(
            request(INCREMENT, "k").delta(5).initial(9).vivifyExptime(90).with(Option.WANT_TTL));

    assertThat(first.number()).isEqualTo(-1);
    assertThat(first.state().ttlSeconds()).isEqualTo(30);
    assertThat(second.number()).isEqualTo(4);
    assertThat(second.state().ttlSeconds()).isEqualTo(30);
    assertThat(node.count(Counter.INCR_HITS)).isEqualTo(1);
    assertThat(node.count(Counter.INCR_MISSES)).isZero();
    assertThat(node.count(Counter.TOTAL_ITEMS)).isEqualTo(1);
  }

  @Test
  void counting_touchesWhereAsked() {
    node.set("k", "5");

    ItemState after =
        node.run(
                request(INCREMENT, "k")
                    .delta(1)
                    .exptime(30)
                    .with(Option.TOUCH)
                    .with(Option.WANT_TTL)
                    .with(Option.TTL_BEFORE_TOUCH))
            .state();

    assertThat(after.ttlSeconds()).isEqualTo(ItemState.FOREVER);
    assertThat(node.item("k").expiry()).isEqualTo(node.region.clock.getAsLong() + 30_000);
  }

  @Test
  void counting_keepsMarks_whileTheNumberFits() {
    node.set("k", "98");
    node.status(request(DELETE, "k").with(Option.INVALIDATE));

    node.status(request(INCREMENT, "k").delta(1));
    assertThat(node.item("k").marks()).isEqualTo(Marks.STALE);
    node.status(request(INCREMENT, "k").delta(1));
    assertThat(node.item("k").marks()).isZero();
  }
}
