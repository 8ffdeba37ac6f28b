package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.faults.Contents.Held;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That the judge of all the faults sees what is wrong. */
class HistoryTest {
  private final History history = new History();

  private void found(String value) {
    TreeMap<String, Held> items = new TreeMap<>();
    if (value != null) {
      items.put("k", new Held(value, History.flags(value), "1"));
    }
    history.check(new Contents(items));
  }

  /** When the first writes were asked for: long ago. */
  private static long now() {
    return System.nanoTime() - TimeUnit.SECONDS.toNanos(2);
  }

  /** Later than {@link #now}, by more than clocks may differ. */
  private static long later() {
    return System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
  }

  private static void wrote(History history, int node, String key, String value, long at) {
    history.wrote(node, key, value, at, at);
  }

  @Test
  void theNewestWrite_isRight() {
    wrote(history, 0, "k", "old", now());
    wrote(history, 1, "k", "new", later());
    assertThatCode(() -> found("new")).doesNotThrowAnyException();
  }

  @Test
  void anOlderWrite_isALostOne() {
    wrote(history, 0, "k", "old", now());
    wrote(history, 1, "k", "new", later());
    assertThatThrownBy(() -> found("old")).hasMessageContaining("not the later");
    assertThatThrownBy(() -> found(null)).hasMessageContaining("not the later");
  }

  @Test
  void anItemThatWasRemovedOrFlushed_isAnUndoneRemoval() {
    wrote(history, 0, "k", "old", now());
    wrote(history, 1, "k", null, later());
    assertThatThrownBy(() -> found("old")).hasMessageContaining("not the later");
    assertThatCode(() -> found(null)).doesNotThrowAnyException();

    History flushed = new History();
    wrote(flushed, 0, "k", "old", now());
    flushed.flushed(1, later(), later());
    TreeMap<String, Held> items = new TreeMap<>();
    items.put("k", new Held("old", History.flags("old"), "1"));
    assertThatThrownBy(() -> flushed.check(new Contents(items)))
        .hasMessageContaining("not the later");
  }

  @Test
  void ofTwoAtOnce_eitherIsRight() {
    wrote(history, 0, "k", "one", now());
    wrote(history, 1, "k", "other", now());
    assertThatCode(() -> found("one")).doesNotThrowAnyException();
    assertThatCode(() -> found("other")).doesNotThrowAnyException();
  }

  @Test
  void whatNobodyWrote_isWrong() {
    wrote(history, 0, "k", "one", now());
    assertThatThrownBy(() -> found("none")).hasMessageContaining("nobody wrote");
  }

  @Test
  void flagsOfAnotherValue_areWrong() {
    wrote(history, 0, "k", "one", now());
    TreeMap<String, Held> items = new TreeMap<>();
    items.put("k", new Held("one", History.flags("two"), "1"));
    assertThatThrownBy(() -> history.check(new Contents(items))).hasMessageContaining("flags");
  }

  @Test
  void whatAKilledNodeHadNotSent_mayBeLost() {
    wrote(history, 0, "k", "old", now());
    wrote(history, 1, "k", "new", later());
    history.killed(1);
    assertThatCode(() -> found("old")).doesNotThrowAnyException();
    assertThatCode(() -> found("new")).doesNotThrowAnyException();
    assertThatThrownBy(() -> found(null)).hasMessageContaining("not the later");
  }
}
