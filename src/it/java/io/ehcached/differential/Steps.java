package io.ehcached.differential;

import io.ehcached.differential.Script.Step;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What all protocols' steps are made of, and scripts made of steps. */
final class Steps {
  private static final int MOST = 30;

  private Steps() {}

  /** Returns scripts, of which half touch no item: in these the cas uniques are compared. */
  static Arbitrary<Script> scripts(Arbitrary<Step> steps) {
    Arbitrary<List<Integer>> pieces =
        Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(100_000)),
                Tuple.of(2, Arbitraries.integers().between(20, 2000)),
                Tuple.of(2, Arbitraries.integers().between(1, 20)))
            .list()
            .ofMinSize(1)
            .ofMaxSize(4);
    Arbitrary<Step> reading = steps.filter(step -> !step.touches());
    Arbitrary<List<Step>> lists =
        Arbitraries.oneOf(
            steps.list().ofMinSize(1).ofMaxSize(MOST), reading.list().ofMinSize(1).ofMaxSize(MOST));
    return Combinators.combine(lists, pieces).as(Script::new);
  }

  /** Returns names of keys whose values are text, not numbers. */
  static Arbitrary<String> textKeys() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.of("{a}", "{a}", "{b}")), Tuple.of(1, Arbitraries.of("{long a}")));
  }

  /** Returns names of keys whose values are never blank: memcached reads old memory there. */
  static Arbitrary<String> numberKeys() {
    return Arbitraries.of("{n}", "{n}", "{m}");
  }

  static Arbitrary<String> keys() {
    return Arbitraries.frequencyOf(Tuple.of(3, textKeys()), Tuple.of(1, numberKeys()));
  }

  /**
   * Returns values, small and about as large as they may be ({@code -I 2k}); none is a line above
   * two kilobytes, which is what one becomes whose first bytes another step has swallowed.
   */
  static Arbitrary<String> values() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.of("x", "two", "value")),
        Tuple.of(2, numbers()),
        Tuple.of(1, Arbitraries.of("", "\r\n", "a b\r\nget a\r\n", "\0\u0080\u00ff")),
        Tuple.of(1, Arbitraries.integers().between(900, 2030).map("v"::repeat)));
  }

  /**
   * Returns values of which some can be counted with. None has a minus sign: memcached looks for
   * one in the memory behind a large number, too.
   */
  static Arbitrary<String> numbers() {
    return Arbitraries.of(
        "0",
        "7",
        "99",
        "100",
        "007",
        "18446744073709551615",
        "18446744073709551616",
        "12345678901234567890123",
        "x7",
        "7x",
        "1.5");
  }

  /** Returns amounts to add or take away. */
  static Arbitrary<String> deltas() {
    return Arbitraries.of("0", "1", "5", "93", "1000000", "18446744073709551615");
  }

  /** Returns client flags. */
  static Arbitrary<String> flags() {
    return Arbitraries.of("0", "0", "7", "65536", "4294967295");
  }

  /** Returns lifetimes: none, some, and such as are over. */
  static Arbitrary<String> exptimes() {
    return Arbitraries.of("0", "0", "0", "30", "60", "2592000", "-1", "-100", "2592001");
  }
}
