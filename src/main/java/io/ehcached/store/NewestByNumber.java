package io.ehcached.store;

import io.ehcached.item.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** The newest stamp of each node number. Safe for use by many threads. */
final class NewestByNumber {
  private final AtomicLongArray newest;
  private volatile int[] numbers = {}; // those that have one; never changed

  /**
   * Creates a record without stamps.
   *
   * @param count how many numbers there are
   */
  NewestByNumber(int count) {
    newest = new AtomicLongArray(count);
  }

  /** Adds a stamp, unless its number has a newer one. */
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
    List<Long> stamps = new ArrayList<>();
    for (int number : numbers) {
      stamps.add(newest.get(number));
    }
    return stamps;
  }

  /** Tells whether any stamp is newer than another one. */
  boolean isAnyAfter(long stamp) {
    for (int number : numbers) {
      if (newest.get(number) > stamp) {
        return true;
      }
    }
    return false;
  }
}
