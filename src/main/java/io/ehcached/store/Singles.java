package io.ehcached.store;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The stamps of the writes that a {@link History} remembers one by one. Safe for use by many
 * threads.
 */
final class Singles {
  private final int bound;
  private final LongPredicate needless;
  private final Set<Long> stamps = new LinkedHashSet<>(); // guarded by itself
  private volatile boolean any;

  /**
   * Makes an empty memory.
   *
   * @param bound how many are kept at least, if there are so many; twice as many are kept at most,
   *     so that a write seldom has to look at all
   * @param needless tells which need not be kept
   */
  Singles(int bound, LongPredicate needless) {
    this.bound = bound;
    this.needless = needless;
  }

  boolean contains(long stamp) {
    if (!any) {
      return false;
    }
    synchronized (stamps) {
      return stamps.contains(stamp);
    }
  }

  void add(long stamp) {
    synchronized (stamps) {
      stamps.add(stamp);
      any = true;
      if (stamps.size() >= 2 * bound) {
        trim();
      }
    }
  }

  /**
   * Returns the stamps that are needed, in ascending order; if there are more than the bound, those
   * added last.
   */
  List<Long> sorted() {
    if (!any) {
      return List.of();
    }
    synchronized (stamps) {
      trim();
      any = !stamps.isEmpty();
      return stamps.stream().sorted().toList();
    }
  }

  private void trim() {
    stamps.removeIf(needless::test);
    Iterator<Long> oldest = stamps.iterator();
    for (int above = stamps.size() - bound; above > 0; above--) {
      oldest.next();
      oldest.remove();
    }
  }
}
