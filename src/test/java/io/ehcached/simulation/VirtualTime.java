package io.ehcached.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** What is to happen and when, by a clock that jumps from one event to the next. */
final class VirtualTime {
  static final long MILLI = 1_000_000;

  /** The wall clock at the start, in milliseconds since the epoch. */
  static final long START_MILLIS = 1_790_000_000_000L;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final SplittableRandom random;
  private long now = 1000 * MILLI;
  private long number;
  private long trace = 17;

  private record Event(long at, long number, Runnable task) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
    }
  }

  VirtualTime(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Returns the clock, in nanoseconds. */
  long now() {
    return now;
  }

  SplittableRandom random() {
    return random;
  }

  /** Runs a task at a moment, which is not before now. */
  void at(long nanos, Runnable task) {
    events.add(new Event(Math.max(now, nanos), number++, task));
  }

  void after(long nanos, Runnable task) {
    at(now + nanos, task);
  }

  /** Runs all that is to happen up to a moment. */
  void runUntil(long nanos) {
    while (!events.isEmpty() && events.peek().at() <= nanos) {
      Event next = events.poll();
      now = next.at();
      trace = trace * 31 + now;
      next.task().run();
    }
    now = nanos;
  }

  /** Returns a number that two runs share only if they went the same way. */
  long trace() {
    return trace * 31 + number;
  }

  long events() {
    return number;
  }
}
