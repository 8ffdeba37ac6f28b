package io.ehcached.store;

import io.ehcached.item.Stamp;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** The newest stamp of each number that a stamp can carry. Safe for use by many threads. */
final class NewestByNumber {
  private final AtomicLongArray newest;
  private volatile int[] numbers = {}; // those that have one; never changed

  /**
   * Makes one in which no number has a stamp.
   *
   * @param count how many numbers there are
   */
  NewestByNumber(int count) {
    newest = new AtomicLongArray(count);
  }

  /** Takes in a stamp, unless there is a newer one of its number. */
  void raise(long stamp) {
    int number = Stamp.number(stamp);
    if (newest.get(number) < stamp
        && newest.getAndAccumulate(number, stamp, Math::max) == Stamp.NONE) {
      add(number);
    }
  }

  private synchronized void add(int number) {
    int[] more = Arrays.copyOf(numbers, numbers.length + 1);
    more[numbers.length] = number;
    numbers = more;
  }

  boolean isEmpty() {
    return numbers.length == 0;
  }

  /** Returns the stamps, in no order. */
  List<Long> stamps() {
    return Arrays.stream(numbers).mapToObj(newest::get).toList();
  }
}
