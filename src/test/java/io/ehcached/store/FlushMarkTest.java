package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes agree on that were told of flushes in whatever order. */
class FlushMarkTest {
  private static final long T = 1_790_000_000_000L;

  @AutoClose private final TestRegion here = TestRegion.eternal();
  @AutoClose private final TestRegion there = TestRegion.eternal();

  /** A flush asked for at {@code T + asked}, for {@code T + due}. */
  private static FlushMark delayed(long asked, long due) {
    return FlushMark.NONE.flushedAt(T + due, Stamp.atMillis(T + asked) + 1);
  }

  private static FlushMark atOnce(long asked) {
    return FlushMark.NONE.flushed(Stamp.atMillis(T + asked) + 1);
  }

  private static long at(long millis) {
    return Stamp.atMillis(T + millis);
  }

  private static List<Arguments> pairs() {
    List<FlushMark> marks =
        List.of(
            delayed(0, 10),
            delayed(0, 10).settled(T + 10),
            delayed(5, 8),
            delayed(5, 100),
            delayed(20, 30),
            delayed(20, 200),
            delayed(20, 10),
            atOnce(7),
            atOnce(25),
            FlushMark.NONE);
    List<Arguments> pairs = new ArrayList<>();
    for (FlushMark one : marks) {
      marks.forEach(other -> pairs.add(Arguments.of(one, other)));
    }
    return pairs;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void inEitherOrder_theSameComesOut(FlushMark one, FlushMark other) {
    FlushMark both = one.merge(other);
    assertThat(other.merge(one)).isEqualTo(both);
    assertThat(both.merge(one)).isEqualTo(both);
    assertThat(both.merge(other)).isEqualTo(both);
  }

  @Test
  void olderWasDueWhenTheNewerWasAskedFor_bothHold() {
    FlushMark both = delayed(0, 10).merge(delayed(20, 200));
    assertThat(both.kills(at(9), T)).isTrue();
    assertThat(both.kills(at(10), T)).isFalse();
    assertThat(both.kills(at(199), T + 199)).isFalse();
    assertThat(both.kills(at(199), T + 200)).isTrue();
  }

  @Test
  void olderWasNotDueWhenTheNewerWasAskedFor_theNewerTakesItsPlace() {
    for (FlushMark newer : List.of(delayed(5, 8), delayed(5, 100))) {
      FlushMark both = delayed(0, 10).merge(newer);
      assertThat(both).isEqualTo(newer);
    }
  }

  private static void tell(TestRegion from, TestRegion to) {
    StoredItem mark = from.store.held(FlushMark.KEY);
    StoredItem copy = FlushMark.of(mark).toItem();
    copy.stamp(mark.stamp());
    to.store.peerWrites().merge(copy);
  }

  private static FlushMark mark(TestRegion region) {
    return FlushMark.of(region.store.held(FlushMark.KEY));
  }

  /** One node's clock is behind, so that the first flush is not due yet where the next is asked. */
  @Test
  void newerOfAPeerWithAClockBehind_doesNotUndoOneThatIsDueHere() {
    here.set("k", "v");
    there.clock.advanceMillis(-900);
    here.store.flushAt(here.clock.getAsLong() + 1_000);
    here.clock.advanceMillis(1_000);
    there.clock.advanceMillis(1_000);
    assertThat(here.get("k")).isNull();
    there.store.clock().observe(here.store.held(FlushMark.KEY).stamp());
    there.store.flushAt(there.clock.getAsLong() + 60_000);

    tell(there, here);

    assertThat(here.get("k")).isNull();
    tell(here, there);
    assertThat(mark(there)).isEqualTo(mark(here));
  }

  @Test
  void newerOfAPeerThatDoesNotKnowOfOneThatIsDue_doesNotUndoIt() {
    here.set("k", "v");
    here.store.flushAt(here.clock.getAsLong() + 1_000);
    here.clock.advanceMillis(2_000);
    there.clock.advanceMillis(2_000);
    there.store.flushAt(there.clock.getAsLong() + 60_000);
    assertThat(here.get("k")).isNull();

    tell(there, here);

    assertThat(here.get("k")).isNull();
  }

  /** By their stamps nodes find out whether they hold the same. */
  @Test
  void whatBothComeTo_hasAStampOfItsOwn_unlessOneHasItAlready() {
    here.store.flush();
    there.clock.advanceMillis(5);
    there.store.flushAt(there.clock.getAsLong() + 60_000);
    long newer = there.store.held(FlushMark.KEY).stamp();

    tell(there, here);

    assertThat(here.store.held(FlushMark.KEY).stamp()).isGreaterThan(newer);
    tell(here, there);
    assertThat(there.store.held(FlushMark.KEY).stamp())
        .isEqualTo(here.store.held(FlushMark.KEY).stamp());
    assertThat(mark(there)).isEqualTo(mark(here));
    tell(there, here);
    assertThat(there.store.held(FlushMark.KEY).stamp())
        .isEqualTo(here.store.held(FlushMark.KEY).stamp());
  }
}
