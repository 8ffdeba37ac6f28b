package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LookaheadTest {
  @AutoClose private final TestRegion region = TestRegion.eternal();

  @Test
  void fetch_ofMoreThanItTakes_andOfWhatIsNotThere_leavesNoTrace() {
    region.set("a", "1");
    region.set("b", "2");
    Lookahead lookahead = region.store.lookahead(3);

    for (String key : new String[] {"a", "nowhere", "b", "a", "b"}) {
      lookahead.add(Key.of(key));
    }
    lookahead.fetch();
    lookahead.fetch(); // of nothing

    assertThat(region.store.peek(Key.of("a")).isUsed()).isFalse();
    assertThat(region.store.peek(Key.of("b")).isUsed()).isFalse();
  }

  @Test
  void fetch_withoutATableOfOurOwn_doesNothing() {
    Lookahead lookahead = new Lookahead(null, 3);

    lookahead.add(Key.of("a"));
    lookahead.add(Key.of("b"));
    lookahead.fetch();

    assertThat(region.store.size()).isZero();
  }
}
