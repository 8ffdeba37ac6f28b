package io.ehcached.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What clients see of stamps. */
class CasUniqueTest {
  private static final long MOST = (1L << 53) - 1; // what a double holds, each number
  private static final long START = 1_577_836_800_000L; // 2020-01-01
  private static final long IN_2080 = 3_471_292_800_000L;
  private static final long IN_2026 = 1_780_000_000_000L;

  @Test
  void casUnique_fitsInADouble_until2089() {
    for (String moment :
        List.of("2020-01-02T00:00:00Z", "2026-07-01T12:00:00Z", "2089-09-01T00:00:00Z")) {
      long millis = Instant.parse(moment).toEpochMilli();
      for (int number : new int[] {0, 7, 255}) {
        long cas = Stamp.casUnique(new StampClock(() -> millis, number).next(Stamp.NONE));

        assertThat(cas).isBetween(1L, MOST);
        assertThat((long) (double) cas).isEqualTo(cas);
      }
    }
  }

  @Test
  void casUnique_isNeverZero_whichMeansNone() {
    assertThat(Stamp.casUnique(Stamp.NONE)).isPositive();
    assertThat(Stamp.casUnique(Stamp.atMillis(START))).isPositive();
    assertThat(Stamp.casUnique(Stamp.atMillis(START) | 255)).isPositive();
  }

  @Test
  void casUnique_ofAClockThatIsFarOff_fitsAndGrows() {
    for (long millis : new long[] {0, 1_000_000, 5_000_000_000_000L}) {
      StampClock clock = new StampClock(() -> millis, 3);
      long first = Stamp.casUnique(clock.next(Stamp.NONE));

      assertThat(first).isBetween(1L, MOST);
      assertThat(Stamp.casUnique(clock.next(Stamp.NONE))).isEqualTo(first + 1);
    }
  }

  @Test
  void casUniques_ofTenThousandWritesInOneMillisecond_differAndGrow() {
    StampClock clock = new StampClock(() -> IN_2026, 255);
    long last = 0;
    for (int i = 0; i < 10_000; i++) {
      long cas = Stamp.casUnique(clock.next(Stamp.NONE));
      assertThat(cas).isGreaterThan(last);
      last = cas;
    }
    assertThat(last).isLessThanOrEqualTo(MOST);
  }

  @Test
  void casUniques_ofAllNodesFirstWritesInOneMillisecond_differ() {
    Set<Long> all = new HashSet<>();
    for (int number = 0; number < 256; number++) {
      StampClock clock = new StampClock(() -> IN_2026, number);
      for (int i = 0; i < 8; i++) {
        all.add(Stamp.casUnique(clock.next(Stamp.NONE)));
      }
    }
    assertThat(all).hasSize(256 * 8);
  }

  @Test
  void aNewNumber_changesWhereTheNextMillisecondBegins() {
    AtomicLong now = new AtomicLong(IN_2026);
    StampClock clock = new StampClock(now::get, 3);
    clock.next(Stamp.NONE);
    clock.renumber(9);
    now.incrementAndGet();
    StampClock other = new StampClock(now::get, 3);

    assertThat(Stamp.casUnique(clock.next(Stamp.NONE)))
        .isNotEqualTo(Stamp.casUnique(other.next(Stamp.NONE)))
        .isEqualTo(Stamp.casUnique(new StampClock(now::get, 9).next(Stamp.NONE)));
  }

  /** One key that two nodes write, each having seen the other's write or not. */
  @Property(tries = 500)
  void casUnique_ofANewerWrite_isGreater(
      @ForAll @LongRange(min = START + 10, max = IN_2080) long start,
      @ForAll @IntRange(max = 255) int first,
      @ForAll @IntRange(max = 255) int second,
      @ForAll @Size(max = 60) List<@IntRange(min = -3, max = 40) Integer> steps) {
    AtomicLong now = new AtomicLong(start);
    StampClock[] nodes = {
      new StampClock(now::get, first), new StampClock(() -> now.get() - 2, second)
    };
    long stamp = Stamp.NONE;
    for (int step : steps) {
      now.addAndGet(step / 10);
      StampClock node = nodes[Math.floorMod(step, 2)];
      node.observe(stamp);
      long next = node.next(stamp);

      assertThat(Stamp.casUnique(next)).isGreaterThan(stamp == 0 ? 0 : Stamp.casUnique(stamp));
      assertThat(Stamp.casUnique(next)).isLessThanOrEqualTo(MOST);
      stamp = next;
    }
  }
}
