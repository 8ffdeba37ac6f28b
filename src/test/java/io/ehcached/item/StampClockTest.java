package io.ehcached.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StampClockTest {
  private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
  private final StampClock clock = new StampClock(millis::get, 7);

  @Test
  void next_isOfThisMillisecondAndNode() {
    long stamp = clock.next(Stamp.NONE);

    assertThat(Stamp.millis(stamp)).isEqualTo(1_800_000_000_000L);
    assertThat(stamp & 0xFF).isEqualTo(7);
    assertThat(stamp).isPositive();
  }

  @Test
  void next_growsWhileTheWallClockStandsStill_evenPastTheCountersRange() {
    long last = 0;
    for (int i = 0; i < 10_000; i++) {
      long stamp = clock.next(Stamp.NONE);
      assertThat(stamp).isGreaterThan(last);
      assertThat(stamp & 0xFF).isEqualTo(7);
      last = stamp;
    }
  }

  @Test
  void next_growsWhenTheWallClockJumpsBack() {
    long before = clock.next(Stamp.NONE);
    millis.addAndGet(-3_600_000);

    assertThat(clock.next(Stamp.NONE)).isGreaterThan(before);
  }

  @Test
  void next_isGreaterThanTheStampSeen_ofAnyNode() {
    for (int node : new int[] {0, 6, 7, 8, 255}) {
      long seen = new StampClock(() -> 1_900_000_000_000L, node).next(Stamp.NONE);
      StampClock fresh = new StampClock(millis::get, 7);

      assertThat(fresh.next(seen)).isGreaterThan(seen);
    }
  }

  @Test
  void observe_makesAllLaterStampsGreater() {
    long seen = Stamp.atMillis(millis.get() + 60_000) | 255;
    clock.observe(seen);

    assertThat(clock.next(Stamp.NONE)).isGreaterThan(seen);
  }

  @Test
  void observe_ofAnOldStamp_changesNothing() {
    long before = clock.next(Stamp.NONE);
    clock.observe(Stamp.atMillis(5));

    assertThat(clock.next(Stamp.NONE)).isGreaterThan(before);
  }

  @Test
  void twoNodes_neverGiveOutTheSameStamp() {
    StampClock other = new StampClock(millis::get, 8);

    assertThat(clock.next(Stamp.NONE)).isNotEqualTo(other.next(Stamp.NONE));
  }

  @Test
  void next_isUnique_forManyThreads() throws Exception {
    Set<Long> all = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  all.add(clock.next(Stamp.NONE));
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(all).hasSize(80_000);
  }
}
