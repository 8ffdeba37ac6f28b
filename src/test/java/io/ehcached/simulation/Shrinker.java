package io.ehcached.simulation;

import io.ehcached.simulation.Scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds a short script that still fails, by leaving out steps for as long as it does. */
final class Shrinker {
  private static final int MAX_RUNS = 3000;

  private final Predicate<Scenario> fails;
  private int runs;

  Shrinker(Predicate<Scenario> fails) {
    this.fails = fails;
  }

  Scenario shrink(Scenario scenario) {
    Scenario shortest = scenario;
    int share = Math.max(1, scenario.steps().size() / 2);
    while (runs < MAX_RUNS) {
      Scenario shorter = without(shortest, share);
      if (!shorter.equals(shortest)) {
        shortest = shorter;
      } else if (share == 1) {
        break;
      } else {
        share = Math.max(1, share / 2);
      }
    }
    return shortest;
  }

  /** Leaves out so many steps one after the other wherever that goes. */
  private Scenario without(Scenario scenario, int count) {
    Scenario shortest = scenario;
    for (int from = 0; from < shortest.steps().size() && runs < MAX_RUNS; ) {
      List<Step> fewer = new ArrayList<>(shortest.steps());
      fewer.subList(from, Math.min(fewer.size(), from + count)).clear();
      Scenario shorter = shortest.with(List.copyOf(fewer));
      runs++;
      if (fails.test(shorter)) {
        shortest = shorter;
      } else {
        from += count;
      }
    }
    return shortest;
  }
}
