package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Stamp;
import io.ehcached.item.StampClock;
import io.ehcached.store.HistoryView.Claim;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which writes a node says that it has seen. */
final class HistoryTest {
  private static final long NOW = 1_790_000_000_000L;
  private static final Origin OTHER = new Origin(22, 2, stamp(0));

  private final History history = new History(new StampClock(() -> NOW, 1), 11);

  private static long stamp(long afterMillis) {
    return Stamp.atMillis(NOW + afterMillis) | 2;
  }

  private HistoryView ofOther() {
    return new HistoryView(List.of(new Claim(OTHER, stamp(1000))), List.of(), List.of(), List.of());
  }

  @Test
  void writeThatWasHereAndLeft_wasSeen_thoughThoseBeforeItWereNot() {
    history.meet(ofOther());
    history.left(stamp(10));
    assertThat(history.covers(stamp(10))).isTrue();
    assertThat(history.covers(stamp(9))).isFalse();
    assertThat(history.view().covers(stamp(10), ofOther())).isTrue();
    assertThat(history.view().covers(stamp(9), ofOther())).isFalse();
    assertThat(history.view().covers(stamp(11), ofOther())).isFalse();
  }

  @Test
  void singles_areLetGoOnceAllBeforeThemWasSeen() {
    history.meet(ofOther());
    history.left(stamp(10));
    history.left(stamp(30));
    history.saw(new Claim(OTHER, stamp(20)));
    assertThat(history.view().singles()).containsExactly(stamp(30));
    assertThat(history.covers(stamp(10))).isTrue();
    history.left(stamp(15));
    assertThat(history.view().singles()).containsExactly(stamp(30));
  }

  @Test
  void singles_areNoMoreThanTheBound_andTheOldestGoFirst() {
    history.meet(ofOther());
    for (int i = 1; i <= History.MAX_SINGLES + 1; i++) {
      history.left(stamp(i));
    }
    assertThat(history.view().singles()).hasSize(History.MAX_SINGLES).doesNotContain(stamp(1));
    assertThat(history.covers(stamp(History.MAX_SINGLES + 1))).isTrue();
  }

  @Test
  void originsAreToldAnew_onceThereIsAnother() {
    assertThat(history.origins().seen()).extracting(Claim::origin).containsExactly(history.self());
    assertThat(history.origins()).isSameAs(history.origins());
    history.meet(ofOther());
    assertThat(history.origins().seen())
        .extracting(Claim::origin)
        .containsExactly(history.self(), OTHER);
  }

  @Test
  void nodeThatTakesAHistoryOver_hasSeenItsSingles() {
    History source = new History(new StampClock(() -> NOW, 3), 33);
    source.meet(ofOther());
    source.left(stamp(10));
    history.join(source.view());
    assertThat(history.covers(stamp(10))).isTrue();
    assertThat(history.view().singles()).containsExactly(stamp(10));
  }

  @Test
  void singleOfOneOfTwoSources_isCommonOnlyIfTheOtherSawIt() {
    History one = new History(new StampClock(() -> NOW, 3), 33);
    History two = new History(new StampClock(() -> NOW, 4), 44);
    one.meet(ofOther());
    two.meet(ofOther());
    one.left(stamp(10));
    one.left(stamp(20));
    two.left(stamp(5));
    two.left(stamp(20));
    assertThat(one.view().common(two.view()).singles()).containsExactly(stamp(20));
    two.saw(new Claim(OTHER, stamp(12)));
    assertThat(one.view().common(two.view()).singles()).containsExactly(stamp(10), stamp(20));
  }

  @Test
  void newestUntracked_isKeptForEachNumber() {
    history.lose(stamp(10));
    history.lose(stamp(5));
    history.lose(stamp(20) ^ 1);
    assertThat(history.view().untracked()).containsExactlyInAnyOrder(stamp(10), stamp(20) ^ 1);
  }
}
