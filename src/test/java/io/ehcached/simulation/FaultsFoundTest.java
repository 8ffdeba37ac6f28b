package io.ehcached.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.ehcached.simulation.Scenario.Kind;
import io.ehcached.simulation.Scenario.Settings;
import io.ehcached.simulation.Scenario.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Faults that seeds have found, as scripts, so that they stay when seeds come to mean others. */
class FaultsFoundTest {
  private static final int SEEDS = 40; // each with other delays
  private static final int MANY = 100_000;
  private static final long LONG_MILLIS = 3_600_000;

  private final Logger log = (Logger) LoggerFactory.getLogger("io.ehcached");
  private Level level;
  private int maxPending = MANY;
  private int removals = MANY;
  private long removalMillis = LONG_MILLIS;
  private List<Long> offsets = Collections.nCopies(6, 0L);

  @BeforeEach
  void quiet() {
    level = log.getLevel();
    Simulate.quiet();
  }

  @AfterEach
  void loud() {
    log.setLevel(level);
  }

  /**
   * Runs a script.
   *
   * @param script lines of a moment, the word {@code ms}, a node, a step and its two arguments; the
   *     last one says only when all is healed
   */
  private void run(int nodes, String script) {
    List<Step> steps = new ArrayList<>();
    Scanner words = new Scanner(script);
    long end = 0;
    while (words.hasNext()) {
      long moment = words.nextLong();
      if (!words.hasNextInt()) {
        end = moment;
        break;
      }
      int node = words.nextInt();
      Kind kind = Kind.valueOf(words.next());
      steps.add(new Step(moment, kind, node, words.nextInt(), words.nextLong()));
    }
    Settings settings =
        new Settings(
            nodes,
            12,
            false,
            false,
            false,
            0,
            maxPending,
            removals,
            removalMillis,
            64,
            false,
            offsets);
    for (long seed = 4; seed <= 4 * SEEDS; seed += 4) { // those that are run to the end
      assertThat(Simulation.run(new Scenario(seed, settings, end, steps)).violations())
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void removalForgottenBeforeItWasSent_andAnOlderItemTakenSince_endTheSameEverywhere() {
    maxPending = 3;
    removals = 1;
    run(
        4,
        """
        12351 1 ISOLATE 0 1
        12580 3 HEAL 0 0
        12677 0 DELETE 10 0
        12866 1 SET 4 0
        13210 1 HEAL 0 0
        13424 3 DELETE 9 0
        13498 0 SET 11 0
        13610 1 DELETE 11 0
        17264 healed
        """);
  }

  @Test
  void itemSentLate_toANodeThatForgotItsRemoval_endsTheSameEverywhere() {
    removals = 1;
    run(
        3,
        """
        22347 0 ISOLATE 0 0
        22906 0 DELETE 1 0
        30608 1 DELETE 0 0
        30909 1 DELETE 1 0
        31195 0 SET 0 0
        31633 1 DELETE 0 0
        32532 healed
        """);
  }

  @Test
  void itemThatOneNodeRemovedAndForgot_staysAway_whicheverNodeIsMetFirst() {
    removals = 15;
    removalMillis = 15_000;
    run(
        4,
        """
         1604 3 SET 10 0
        22647 1 KILL 0 0
        31154 3 CUT 0 1
        31585 0 SUSPEND 0 0
        31979 3 DELETE 10 0
        35281 2 SUSPEND 0 0
        35946 3 KILL 0 0
        37655 0 HEAL 0 0
        38938 3 START 0 0
        50748 3 DELETE_OTHERS 18 0
        53734 healed
        """);
  }

  @Test
  void itemThatComesDuringACopy_andWasOverwrittenAtTheSource_isNotKept() {
    maxPending = 3;
    removalMillis = 6999;
    run(
        3,
        """
          540 2 ISOLATE 0 1
         2711 1 SET 1 0
         3759 1 SUSPEND 0 0
         6327 2 KILL 0 0
        14132 0 SET 4 3330
        14188 0 DELETE 3 0
        22961 0 DELETE 0 0
        29795 0 SET 1 1017
        44641 healed
        """);
  }

  @Test
  void itemWrittenAfterAFlush_isKept_whereTheFlushRemovesWhatWasRenewed() {
    removals = 29;
    removalMillis = 13_750;
    offsets = List.of(-49_611L, 54_506L, -54_934L, -88_375L, 88_982L, -109_489L);
    run(
        4,
        """
          301 3 LEAVE 1 0
          992 3 SET 7 0
         1083 5 START 0 0
         1155 5 DELETE_OTHERS 33 0
         2679 3 ISOLATE 0 1
         8054 3 FLUSH 0 0
        14856 3 SET 7 0
        17698 healed
        """);
  }

  @Test
  void itemRenewedInARound_isThere_whenThePeerIsToldThatItHasAll() {
    maxPending = 3;
    removals = 22;
    removalMillis = 12_295;
    run(
        4,
        """
        35025 0 LEAVE 3 0
        35441 1 SET 5 0
        35665 2 DELETE 5 0
        35828 1 SET 3 0
        36037 3 SET 4 0
        36293 0 SET 10 0
        36662 3 DELETE_OTHERS 37 0
        37295 2 DELETE 9 0
        38197 healed
        """);
  }

  @Test
  void itemSentToANodeThatAnsweredLate_expiresThereInTime_thoughClocksDiffer() {
    maxPending = 4;
    offsets = List.of(-86_296L, -96_646L, -27_985L, -38_208L, 83_776L, 0L);
    run(
        3,
        """
        12933 0 SUSPEND 0 0
        14060 4 START 0 0
        16694 4 SET 3 0
        17372 1 SET 3 2859
        18148 healed
        """);
  }
}
