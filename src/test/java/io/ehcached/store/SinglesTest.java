package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How much work the writes are that are remembered one by one. */
final class SinglesTest {
  private static final int BOUND = 100;

  @Test
  void writesThatAreAllNeeded_doNotLookAtAllThatAreKept() {
    AtomicInteger looks = new AtomicInteger();
    Singles singles = new Singles(BOUND, stamp -> looks.incrementAndGet() < 0);
    int writes = 100 * BOUND;
    for (int i = 0; i < writes; i++) {
      singles.add(i);
    }
    assertThat(looks.get()).isLessThanOrEqualTo(2 * writes);
    assertThat(singles.sorted()).hasSize(BOUND).contains((long) writes - 1, (long) writes - BOUND);
  }
}
