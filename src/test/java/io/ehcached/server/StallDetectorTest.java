package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallDetectorTest {
  private static final int PATIENCE = 60;

  private final MemoryBudget memory = MemoryBudget.shortAbove(1000);
  private final StallDetector stall = new StallDetector();

  private boolean isOver(boolean waits, long moved, int patience, long seconds) {
    return isOver(waits ? Long.MAX_VALUE : 0, moved, patience, seconds);
  }

  private boolean isOver(long owed, long moved, int patience, long seconds) {
    return stall.isOver(owed, moved, memory.isShort(), patience, TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void whatDoesNotGoOn_isOverWhenPatienceIs() {
    assertThat(isOver(true, 5, PATIENCE, 100)).isFalse();
    assertThat(isOver(true, 5, PATIENCE, 160)).isFalse();
    assertThat(isOver(true, 5, PATIENCE, 161)).isTrue();
  }

  @Test
  void goingOn_startsPatienceAnew() {
    isOver(true, 5, PATIENCE, 0);
    assertThat(isOver(true, 6, PATIENCE, 61)).isFalse();
    assertThat(isOver(true, 6, PATIENCE, 121)).isFalse();
    assertThat(isOver(true, 6, PATIENCE, 122)).isTrue();
  }

  @Test
  void whatIsNotWaitedFor_isNeverOver() {
    isOver(true, 5, PATIENCE, 0);
    assertThat(isOver(false, 5, PATIENCE, 1000)).isFalse();
    assertThat(isOver(true, 5, PATIENCE, 2000)).isFalse(); // it has only begun
  }

  @Test
  void noPatienceSet_isForEver() {
    isOver(true, 5, 0, 0);
    assertThat(isOver(true, 5, 0, 1_000_000)).isFalse();
  }

  @Test
  void shortMemory_makesPatienceShortAndSmallStepsNone() {
    memory.add(1001);
    isOver(true, 5, PATIENCE, 0);
    assertThat(isOver(true, 100, PATIENCE, 1)).isFalse();
    assertThat(isOver(true, 200, PATIENCE, 3)).isTrue();
    assertThat(isOver(true, 5 + MemoryBudget.SMALL, PATIENCE, 3)).isFalse();
    memory.add(-1);
    assertThat(isOver(true, 5 + MemoryBudget.SMALL, PATIENCE, 10)).isFalse();
  }

  @Test
  void whoeverTakesAllThatThereIs_isNotOverInShortMemoryEither() {
    memory.add(1001);
    isOver(30L, 0, PATIENCE, 0);
    assertThat(isOver(30L, 30, PATIENCE, 1)).isFalse();
    assertThat(isOver(30L, 60, PATIENCE, 3)).isFalse();
    assertThat(isOver(30L, 70, PATIENCE, 6)).isTrue();
  }
}
