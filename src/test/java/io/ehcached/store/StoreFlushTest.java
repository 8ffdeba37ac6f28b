package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StoreFlushTest {
  @AutoClose private final TestRegion region = TestRegion.eternal();
  private final Store store = region.store;

  @Test
  void flush_killsTheOlder_andSparesTheLater_inTheSameMillisecond() {
    region.set("older", "v");
    store.flush();
    region.set("later", "v");

    assertThat(region.get("older")).isNull();
    assertThat(region.get("later")).isEqualTo("v");
  }

  @Test
  void flush_ofAnEmptyRegion_sparesTheLater() {
    store.flush();
    region.set("k", "v");

    assertThat(region.get("k")).isEqualTo("v");
  }

  @Test
  void flush_letsAnAddSucceed() {
    region.set("k", "old");
    store.flush();

    Key key = Key.of("k");
    StoredItem mine = new StoredItem(key, new byte[1], 0, 0);

    assertThat(store.change(key, mine, (old, item) -> old == null ? item : old)).isSameAs(mine);
  }

  @Test
  void flushAt_killsTheOlder_onlyOnceItsMomentHasCome() {
    region.set("k", "v");
    store.flushAt(region.clock.getAsLong() + 2_000);

    region.clock.advanceMillis(1_999);
    assertThat(region.get("k")).isEqualTo("v");

    region.clock.advanceMillis(1);
    assertThat(region.get("k")).isNull();
  }

  @Test
  void flushAt_killsWhatIsWrittenBeforeItsMoment_andSparesTheLater() {
    store.flushAt(region.clock.getAsLong() + 2_000);
    region.clock.advanceMillis(1_999);
    region.set("before", "v");
    region.clock.advanceMillis(1);
    region.set("at", "v");

    assertThat(region.get("before")).isNull();
    assertThat(region.get("at")).isEqualTo("v");
  }

  @Test
  void flushAt_ofThePast_killsWhatIsOlderThanThat() {
    region.set("old", "v");
    region.clock.advanceSeconds(10);
    region.set("new", "v");
    store.flushAt(region.clock.getAsLong() - 5_000);

    assertThat(region.get("old")).isNull();
    assertThat(region.get("new")).isEqualTo("v");
  }

  @Test
  void flush_takesBackTheOneToCome() {
    store.flushAt(region.clock.getAsLong() + 2_000);
    region.set("older", "v");
    store.flush();
    region.set("later", "v");
    assertThat(region.get("older")).isNull();

    region.clock.advanceSeconds(3);

    assertThat(region.get("later")).isEqualTo("v");
  }

  @Test
  void flushAt_afterAFlush_doesNotBringTheDeadBack() {
    region.set("k", "v");
    store.flush();
    store.flushAt(region.clock.getAsLong() + 2_000);

    assertThat(region.get("k")).isNull();
  }

  @Test
  void flushAt_onceDue_isNotUndoneByALaterOne() {
    region.set("k", "v");
    store.flushAt(region.clock.getAsLong() + 1_000);
    region.clock.advanceSeconds(1);
    store.flushAt(region.clock.getAsLong() + 50_000);

    assertThat(region.get("k")).isNull();
  }

  @Test
  void flush_holds_whenItsMarkWasEvicted() {
    region.set("k", "v");
    store.flush();
    region.cache.removeQuiet(FlushMark.KEY);

    assertThat(region.get("k")).isNull();
  }

  @Test
  void reclaim_bringsAnEvictedMarkBack_soThatOthersLearnOfIt() {
    region.set("k", "v");
    store.flush();
    region.cache.removeQuiet(FlushMark.KEY);

    store.reclaim();

    assertThat(region.cache.getQuiet(FlushMark.KEY)).isNotNull();
    assertThat(region.openStore(region.clock).get(Key.of("k"))).isNull();
  }

  @Test
  void flush_whileOneBecomesDue_leavesItsMark() {
    for (int reads = 0; reads < 12; reads++) {
      try (TestRegion other = TestRegion.eternal()) {
        AtomicLong millis = new AtomicLong(other.clock.getAsLong());
        Store ticking = other.openStore(millis::getAndIncrement); // by each look at the clock
        ticking.flushAt(millis.get() + reads);

        ticking.flush();
        ticking.reclaim();

        assertThat(other.cache.getQuiet(FlushMark.KEY)).as("after %s reads", reads).isNotNull();
      }
    }
  }

  @Test
  void flush_isKnown_afterAReopening() {
    region.set("k", "v");
    StoredItem killed = store.peek(Key.of("k"));
    store.flush();
    Store reopened = region.openStore(region.clock);

    assertThat(reopened.get(Key.of("k"))).isNull();
    StoredItem next =
        reopened.change(
            Key.of("k"), null, (old, none) -> new StoredItem(killed.key(), new byte[1], 0, 0));
    assertThat(reopened.get(Key.of("k"))).isSameAs(next);
  }

  @Test
  void flush_afterAReopeningWithAClockBehind_killsWhatTheRegionHolds() {
    region.clock.advanceSeconds(50);
    region.set("k", "v");
    region.clock.advanceSeconds(-50);

    Store reopened = region.openStore(region.clock);
    reopened.flush();

    assertThat(reopened.get(Key.of("k"))).isNull();
  }

  @Test
  void mark_ofAPeer_killsHereToo() {
    region.set("k", "v");
    long stamp = Stamp.atMillis(region.clock.getAsLong() + 5_000);
    StoredItem mark = FlushMark.NONE.flushed(stamp).toItem();
    mark.stamp(stamp);

    assertThat(store.peerWrites().merge(mark)).isEqualTo(Merged.TAKEN);

    assertThat(region.get("k")).isNull();
    region.set("k", "later"); // though the clock here is behind
    assertThat(region.get("k")).isEqualTo("later");
  }

  @Test
  void reclaim_givesTheMemoryOfTheFlushedBack() {
    region.set("a", "v");
    region.set("b", "v");
    store.flush();
    region.set("c", "v");

    store.reclaim();

    assertThat(store.keys()).containsExactly(Key.of("c"));
    assertThat(store.counts().reclaimed()).isEqualTo(2);
  }

  @Test
  void writeOverAFlushedItem_countsAsReclaimed() {
    region.set("a", "v");
    region.set("a", "w");
    assertThat(store.counts().reclaimed()).isZero();
    store.flush();

    region.set("a", "x");

    assertThat(store.counts().reclaimed()).isEqualTo(1);
  }

  @Test
  void reclaim_settlesAFlushThatIsDue_andKeepsItsEffect() {
    region.set("before", "v");
    store.flushAt(region.clock.getAsLong() + 1_000);
    region.clock.advanceSeconds(1);
    region.set("after", "v");

    store.reclaim();
    store.reclaim();

    assertThat(store.keys()).containsExactly(Key.of("after"));
    assertThat(FlushMark.of(store.peek(FlushMark.KEY)).isPending()).isFalse();
  }
}
