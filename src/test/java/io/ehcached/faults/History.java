package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * What clients did and were answered, on all nodes, and what may therefore be found at the end: a
 * write whose like no node acknowledged later. Clocks of all nodes are taken to be the same. Safe
 * for use by many threads.
 */
final class History {
  /** Flags of values that tell nothing of them. */
  static final long NUMBER_FLAGS = 7;

  /** How much later than another a write must have begun to be newer for certain. */
  private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int SHOWN = 10;
  private static final long NEVER = Long.MIN_VALUE / 2;
  private static final long ALWAYS = Long.MAX_VALUE / 2;

  private final Map<String, List<Write>> writes = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Write> flushes = new ConcurrentLinkedQueue<>();
  private final Set<String> uncertain = ConcurrentHashMap.newKeySet();

  /**
   * A write.
   *
   * @param value null where it was a removal
   * @param from when it was asked for, by {@link System#nanoTime}
   * @param to when it was answered
   * @param binding whether it must not be lost
   */
  private record Write(int node, String value, long from, long to, boolean binding) {}

  /** Notes an acknowledged write, and when it was asked for and answered; null is a removal. */
  void wrote(int node, String key, String value, long from, long to) {
    add(key, new Write(node, value, from, to, true));
  }

  /** Notes a write that was not answered, and may take effect or not. */
  void attempted(int node, String key, String value, long from) {
    add(key, new Write(node, value, from, ALWAYS, false));
  }

  /** Notes that it is not known what an unanswered command may have left under a key. */
  void uncertain(String key) {
    writes.putIfAbsent(key, new ArrayList<>());
    uncertain.add(key);
  }

  /** Notes an acknowledged {@code flush_all}. */
  void flushed(int node, long from, long to) {
    flushes.add(new Write(node, null, from, to, true));
  }

  private void add(String key, Write write) {
    List<Write> all = writes.computeIfAbsent(key, k -> new ArrayList<>());
    synchronized (all) {
      all.add(write);
    }
  }

  /** Notes that a node was killed, with what it had not sent yet. */
  void killed(int node) {
    writes.values().forEach(all -> loosen(node, all));
  }

  private static void loosen(int node, List<Write> all) {
    synchronized (all) {
      all.replaceAll(
          w -> w.node() == node ? new Write(node, w.value(), w.from(), w.to(), false) : w);
    }
  }

  Set<String> keys() {
    return new TreeSet<>(writes.keySet());
  }

  /** Returns the flags that go with a value. */
  static long flags(String value) {
    return value.hashCode() & 0xffffffffL;
  }

  /** Checks that what was found is the newest of what was acknowledged. */
  void check(Contents found) {
    List<String> wrong = new ArrayList<>();
    writes.forEach(
        (key, all) -> {
          String fault = uncertain.contains(key) ? null : fault(found.get(key), all);
          if (fault != null) {
            wrong.add(key + ": " + fault);
          }
        });
    assertThat(wrong.stream().sorted().limit(SHOWN)).as("%d keys", wrong.size()).isEmpty();
  }

  private String fault(Contents.Held held, List<Write> all) {
    String value = held == null ? null : held.value();
    if (held != null && held.flags() != NUMBER_FLAGS && held.flags() != flags(value)) {
      return "flags of another value: " + held;
    }
    List<Write> possible = new ArrayList<>(all);
    possible.addAll(flushes);
    possible.add(new Write(-1, null, NEVER, NEVER, true));
    Comparator<Write> byEnd = Comparator.comparingLong(Write::to);
    Write of =
        possible.stream().filter(w -> Objects.equals(w.value(), value)).max(byEnd).orElse(null);
    if (of == null) {
      return "nobody wrote " + held;
    }
    return possible.stream()
        .filter(w -> w.binding() && w.from() - MARGIN_NANOS > of.to())
        .max(byEnd)
        .map(w -> "holds %s of %s, and not the later %s".formatted(held, of, w))
        .orElse(null);
  }
}
