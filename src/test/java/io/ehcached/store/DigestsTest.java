package io.ehcached.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import org.junit.jupiter.api.Test;

class DigestsTest {
  private static final int SLICES = 16;
  private static final long MILLIS = 1_790_000_000_000L;
  private static final Key KEY = Key.of("key");

  private final Digests digests = new Digests(SLICES);

  private static long stamp(long millisLater) {
    return Stamp.atMillis(MILLIS + millisLater) + 1;
  }

  @Test
  void slice_isToldWithItsSum() {
    digests.add(KEY, stamp(0), /* removal= */ false, 100);
    assertThat(digests.addedSince(100))
        .singleElement()
        .matches(slice -> slice.number() == Digests.slice(stamp(0)))
        .matches(slice -> slice.sum() != 0 && slice.added() == 100);
    assertThat(digests.addedSince(101)).isEmpty();

    digests.remove(KEY, stamp(0), /* removal= */ false);
    assertThat(digests.addedSince(100)).singleElement().matches(slice -> slice.sum() == 0);
  }

  @Test
  void writeOfAnOlderTime_isToldAsOlder() {
    digests.add(KEY, stamp(0), /* removal= */ false, 100);
    digests.add(KEY, stamp(0) - Stamp.atMillis(SLICES << 10), /* removal= */ false, 200);
    assertThat(digests.addedSince(150))
        .singleElement()
        .matches(slice -> slice.number() == Digests.OLDER && slice.added() == 200);
  }

  /** A node whose clock is ahead ends slices that others add to. */
  @Test
  void sliceThatEndedJustAfterItWasAddedTo_isToldAsOlder() {
    digests.add(KEY, stamp(0), /* removal= */ false, 100);
    digests.add(KEY, stamp(SLICES << 10), /* removal= */ true, 110);
    assertThat(digests.addedSince(100))
        .extracting(Digests.Slice::number)
        .containsExactly(Digests.slice(stamp(SLICES << 10)), Digests.OLDER);
    assertThat(digests.addedSince(101))
        .extracting(Digests.Slice::number)
        .containsExactly(Digests.slice(stamp(SLICES << 10)));
  }
}
