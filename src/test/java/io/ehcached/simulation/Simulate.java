package io.ehcached.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/** Runs many seeds: what {@code bench/simulate} starts. Safe for use by many threads. */
public final class Simulate {
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MAX_SHOWN = 5;

  private final boolean untilOneFails;
  private volatile long end;
  private final AtomicLong next;
  private final List<Long> failing = new ArrayList<>(); // guarded by this, as is what follows
  private final Map<String, Integer> kinds = new TreeMap<>();
  private long done;
  private long told = System.nanoTime();

  private Simulate(long first, long count, boolean untilOneFails) {
    this.untilOneFails = untilOneFails;
    next = new AtomicLong(first);
    end = first + count;
  }

  /** Keeps nodes that are meant to have faults from telling of them. */
  static void quiet() {
    ((Logger) LoggerFactory.getLogger("io.ehcached")).setLevel(Level.OFF);
  }

  /**
   * Runs seeds, on all cores.
   *
   * @return the seeds that fail
   */
  static List<Long> run(long first, long count) throws InterruptedException {
    return new Simulate(first, count, false).run();
  }

  private List<Long> run() throws InterruptedException {
    long began = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = Runtime.getRuntime().availableProcessors(); i > 0; i--) {
      Thread thread = new Thread(this::work);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    finish(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    return failing;
  }

  private void work() {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      List<String> violations;
      try {
        violations = Simulation.run(Scenario.of(seed)).violations();
      } catch (RuntimeException | StackOverflowError e) {
        violations = List.of("fault: " + e);
      }
      ended(seed, violations);
    }
  }

  private synchronized void ended(long seed, List<String> violations) {
    done++;
    if (!violations.isEmpty()) {
      failing.add(seed);
      end = untilOneFails ? 0 : end;
    }
    for (String violation : violations) {
      if (kinds.merge(kind(violation), 1, Integer::sum) <= MAX_SHOWN) {
        System.out.println("seed " + seed + ": " + violation);
      }
    }
    if (System.nanoTime() - told > PROGRESS_NANOS) {
      told = System.nanoTime();
      System.out.printf("%d seeds, %d violations so far%n", done, failing.size());
    }
  }

  private void finish(long seconds) {
    if (!failing.isEmpty()) {
      System.out.println("promises that were broken, and how often: " + kinds);
      System.out.println("seeds that fail: " + failing);
    }
    System.out.printf("%d seconds%n", seconds);
    System.out.printf("%d seeds, %d violations%n", done, failing.size());
  }

  private static String kind(String violation) {
    return violation.substring(0, violation.indexOf(':'));
  }

  private static void script(long seed) {
    Scenario whole = Scenario.of(seed);
    List<String> violations = Simulation.run(whole).violations();
    if (violations.isEmpty()) {
      System.out.println(whole.script());
      return;
    }
    String kind = kind(violations.get(0));
    Scenario shortest =
        new Shrinker(
                scenario ->
                    Simulation.run(scenario).violations().stream()
                        .anyMatch(violation -> kind(violation).equals(kind)))
            .shrink(whole);
    System.out.println(shortest.script());
    Simulation.run(shortest).violations().forEach(System.out::println);
  }

  /** Ends the process where a script shows a fault. */
  private static void findByScript() {
    for (Script script : Script.values()) {
      List<String> violations =
          script.scenarios().flatMap(s -> Simulation.run(s).violations().stream()).toList();
      if (!violations.isEmpty()) {
        System.out.println("script " + script + ": " + violations.get(0));
        System.exit(1);
      }
    }
  }

  /** As {@code bench/simulate} says. */
  public static void main(String[] args) throws InterruptedException {
    quiet();
    if (args[0].equals("--script")) {
      script(Long.parseLong(args[1]));
      return;
    }
    if (args[0].equals("--find")) {
      findByScript();
      List<Long> failing =
          new Simulate(Long.parseLong(args[2]), Long.parseLong(args[1]), true).run();
      System.exit(failing.isEmpty() ? 0 : 1);
    }
    long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
    System.exit(run(first, Long.parseLong(args[0])).isEmpty() ? 0 : 1);
  }
}
