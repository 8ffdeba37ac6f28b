package io.ehcached.simulation;

import io.ehcached.simulation.Scenario.Kind;
import io.ehcached.simulation.Scenario.Settings;
import io.ehcached.simulation.Scenario.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Faults that there were, as scripts, so that they stay when seeds come to mean other scenarios;
 * and what parts of the rule are for that seeds hardly reach. A line has a moment in milliseconds,
 * a node, a step and its two arguments; the last one says only when all is healed.
 */
enum Script {
  /** A node that was suspended kept what had been deleted meanwhile. */
  SUSPENDED_NODE(
      3,
      3,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
        100 0 SET 0 0
       3000 2 SUSPEND 0 0
       4000 0 DELETE 0 0
       4500 0 DELETE_OTHERS 10 0
      15000 2 RESUME 0 0
      20000 healed
      """),

  /** A fresh node got what had been deleted before, and passed it on. */
  FRESH_NODE(
      3,
      3,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
        100 2 SET 0 0
       3000 2 ISOLATE 0 1
       4000 0 DELETE 0 0
       4500 0 DELETE_OTHERS 10 0
       9000 3 START 0 0
      12000 2 HEAL 0 0
      18000 healed
      """),

  /**
   * Items that were written some seconds before a cut were not given, nor dropped, or came back.
   */
  WRITTEN_BEFORE_A_CUT(
      3,
      3,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
        100 0 SET 0 0
       2100 0 SET 1 0
       4800 0 SET 2 0
       5100 2 ISOLATE 0 1
       6000 0 DELETE 0 0
       6000 0 DELETE 1 0
       6000 0 DELETE 2 0
       6500 0 DELETE_OTHERS 10 0
      15000 2 HEAL 0 0
      20000 healed
      """),

  /** An older write came back after the newer one had expired. */
  EXPIRED_WHILE_APART(
      3,
      Values.MANY,
      Values.MANY,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
      """
       3000 2 ISOLATE 0 1
       4000 2 SET 0 0
       4300 0 SET 0 1000
       9000 2 HEAL 0 0
      15000 healed
      """),

  /** A node that had just been copied died, and who copied it met one that was away. */
  SOURCE_THAT_DIES_AFTER_THE_COPY(
      2,
      3,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
        100 1 SET 0 0
       3000 1 ISOLATE 0 1
       4000 0 DELETE 0 0
       4500 0 DELETE_OTHERS 10 0
       9000 2 START 0 0
       9150 0 KILL 0 0
      20000 1 HEAL 0 0
      24000 healed
      """),

  /** A removal was hidden by a newer loss of the same number, which a node had seen by itself. */
  SMALL_REGION_WITH_A_NEWER_LOSS(
      4,
      7,
      9,
      5109,
      List.of(17L, -17L, -7L, 0L, -18L, 0L),
      /* maxItems= */ 5,
      """
         4879 1 SET 5 0
        11780 1 SET 9 0
        12190 2 SET 2 0
        18917 3 LEAVE 0 0
        18917 0 LEAVE 3 0
        18917 3 LEAVE 1 0
        18917 1 LEAVE 3 0
        18917 3 LEAVE 2 0
        18917 2 LEAVE 3 0
        19127 3 DELETE 2 0
        20545 3 SET 10 0
        23719 1 DELETE_OTHERS 24 0
        33070 3 JOIN 1 0
        33495 3 SET 3 0
        34373 2 SET 6 0
        38161 healed
      """),

  /** An item was dropped because of a loss that no third node was told of, and the peer ended. */
  DROPPED_BEFORE_ITS_SOURCE_ENDED(
      2,
      2,
      12,
      6342,
      List.of(-3L, -18L, 17L, 6L, 0L, 0L),
      /* maxItems= */ 0,
      """
         2698 0 SET 3 0
         2856 0 CUT 1 0
         4825 1 DELETE 3 0
        11617 2 START 0 0
        13301 1 KILL 0 0
        16340 healed
      """),

  /** The same, by a look that had become void. */
  DROPPED_BY_A_VOID_LOOK(
      2,
      3,
      26,
      6286,
      List.of(6L, -3L, 14L, -4L, 0L, 0L),
      /* maxItems= */ 0,
      """
        22176 0 SET 0 0
        22433 1 SET 1 3869
        22663 0 SET 0 0
        22776 0 LEAVE 1 0
        22776 1 LEAVE 0 0
        25550 1 SET 3 0
        26829 1 DELETE 0 0
        34907 2 START 0 0
        34907 2 SLOW 1 314
        37717 1 KILL 0 0
        52255 healed
      """),

  /** A renewed item was taken for a removed one, where an agreement covered what it replaced. */
  RENEWED_ON_ANOTHER_NODE(
      4,
      10000,
      2,
      3886,
      List.of(6175L, 112894L, 103887L, 44823L, 93677L, 114866L),
      /* maxItems= */ 0,
      """
         3789 4 START 0 0
        18407 3 ISOLATE 0 1
        19824 0 SET 5 0
        20622 3 DELETE 3 0
        21745 5 START 0 0
        21930 0 KILL 0 0
        21992 1 KILL 0 0
        22095 2 KILL 0 0
        24977 3 HEAL 0 0
        25284 1 START 0 0
        42876 healed
      """),

  /**
   * A node that had stood still did not wait for what clients had written to a peer that copied.
   */
  WRITTEN_WHILE_COPYING(
      2,
      3,
      6,
      600000,
      List.of(5L, -14L, -19L, 3L, 0L, 0L),
      /* maxItems= */ 0,
      """
         7613 1 SET 10 0
        11457 1 SUSPEND 0 0
        13195 0 KILL 0 0
        14862 0 START 0 0
        14971 0 DELETE 0 0
        15079 0 DELETE 3 0
        15349 0 SET 10 0
        15592 0 SET 6 0
        15603 1 RESUME 0 0
        48661 healed
      """),

  /** A renewed item met a newer write that had been out of reach. */
  NEWER_WRITE_OUT_OF_REACH(
      3,
      Values.MANY,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
       3000 1 ISOLATE 0 1
       3000 2 ISOLATE 0 1
       4000 2 SET 0 0
       4500 1 SET 0 0
       4600 1 SUSPEND 0 0
       5000 0 DELETE 5 0
      12000 2 HEAL 0 0
      16000 1 HEAL 0 0
      16000 1 RESUME 0 0
      20000 healed
      """),

  /** A removal that was forgotten before it was sent, while something older was taken. */
  REMOVAL_FORGOTTEN_BEFORE_IT_WAS_SENT(
      4,
      3,
      1,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
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
      """),

  /** An item that was sent late, to a node that had forgotten its removal. */
  ITEM_SENT_LATE(
      3,
      Values.MANY,
      1,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
      """
      22347 0 ISOLATE 0 0
      22906 0 DELETE 1 0
      30608 1 DELETE 0 0
      30909 1 DELETE 1 0
      31195 0 SET 0 0
      31633 1 DELETE 0 0
      32532 healed
      """),

  /** A renewed item that was taken where it had been removed before. */
  RENEWED_ITEM_THAT_WAS_REMOVED(
      4,
      Values.MANY,
      15,
      15_000,
      Values.SAME_CLOCKS,
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
      """),

  /** A new node got an item from a third one during its copy, which its source had overwritten. */
  ITEM_THAT_CAME_DURING_A_COPY(
      3,
      3,
      Values.MANY,
      6999,
      Values.SAME_CLOCKS,
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
      """),

  /** A flush that removed renewed items, and with them what was written after it. */
  FLUSH_OF_RENEWED_ITEMS(
      4,
      Values.MANY,
      29,
      13_750,
      List.of(-49_611L, 54_506L, -54_934L, -88_375L, 88_982L, -109_489L),
      """
        301 3 LEAVE 1 0
        992 3 SET 7 0
       1083 5 START 0 0
       1155 5 DELETE_OTHERS 33 0
       2679 3 ISOLATE 0 1
       8054 3 FLUSH 0 0
      14856 3 SET 7 0
      17698 healed
      """),

  /** An agreement that was told before the items that were renewed in its round. */
  ITEM_RENEWED_IN_A_ROUND(
      4,
      3,
      22,
      12_295,
      Values.SAME_CLOCKS,
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
      """),

  /** An item that lived too long on a node whose first answer was slow. */
  ITEM_FOR_A_NODE_THAT_ANSWERED_LATE(
      3,
      4,
      Values.MANY,
      Values.LONG_MILLIS,
      List.of(-86_296L, -96_646L, -27_985L, -38_208L, 83_776L, 0L),
      """
      12933 0 SUSPEND 0 0
      14060 4 START 0 0
      16694 4 SET 3 0
      17372 1 SET 3 2859
      18148 healed
      """),

  /**
   * An item was removed by a node that had not seen it, and first met one that had copied that
   * node.
   */
  ITEM_THAT_THE_REMOVER_HAD_NOT_SEEN(
      3,
      Values.MANY,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
        100 2 CUT 0 0
       3000 2 SET 0 0
       3020 2 ISOLATE 0 0
       3050 0 DELETE 0 0
       3070 1 ISOLATE 0 0
       8000 3 START 0 0
       9000 0 KILL 0 0
      12000 2 HEAL 0 0
      12000 2 CUT 1 0
      18000 healed
      """),

  /** An item came while all was compared with a node that had removed it and forgotten that. */
  ITEM_THAT_CAME_DURING_A_LOOK(
      3,
      Values.MANY,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
          0 2 ISOLATE 0 0
        100 1 SET 0 0
       2900 1 ISOLATE 0 0
       3000 2 SET 1 0
       3010 0 SET 2 0
       3950 0 DELETE 0 0
       4000 0 LEAVE 1 0
       9000 0 LEAVE 2 0
       9000 2 LEAVE 0 0
       9000 1 LEAVE 2 0
       9000 2 LEAVE 1 0
       9800 2 HEAL 0 0
       9800 1 JOIN 2 0
       9800 2 JOIN 1 0
       9900 2 JOIN 0 0
       9900 0 JOIN 2 0
      16000 healed
      """),

  /** A removal was forgotten during the round after which the peer was told that it has all. */
  REMOVAL_FORGOTTEN_IN_A_ROUND(
      3,
      Values.MANY,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
          0 1 ISOLATE 0 0
        100 2 SET 0 0
       3000 2 ISOLATE 0 0
       3950 0 DELETE 0 0
       6800 0 LEAVE 1 0
       6800 1 LEAVE 0 0
       6800 2 LEAVE 1 0
       6900 1 HEAL 0 0
       6900 2 ISOLATE 0 0
       6900 1 JOIN 0 0
       6900 0 JOIN 1 0
       7250 0 KILL 0 0
       9000 2 HEAL 0 0
       9000 2 JOIN 1 0
      15000 healed
      """),

  /**
   * An item replaced an older one and expired, and nothing of that was sent to who had the older.
   */
  EXPIRED_BEFORE_IT_WAS_SENT(
      3,
      Values.MANY,
      Values.MANY,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
      """
       3000 2 ISOLATE 0 0
       3100 0 SET 1 0
       4000 2 SET 0 0
       4300 0 SET 0 1000
       4500 0 LEAVE 2 0
       9000 2 HEAL 0 0
      15000 healed
      """),

  /**
   * A node removed an item that had come by way of another one, and then met who had written it.
   */
  REMOVED_HERE_AND_WRITTEN_OUT_OF_REACH(
      3,
      Values.MANY,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
       3000 0 ISOLATE 0 0
       3500 2 DELETE 5 0
       8000 2 SET 0 0
       8050 2 ISOLATE 0 0
       9000 1 HEAL 0 0
       9000 2 ISOLATE 0 0
      10600 0 ISOLATE 0 0
      10610 0 SET 1 0
      10620 0 DELETE 0 0
      10700 0 LEAVE 1 0
      10700 0 LEAVE 2 0
      15000 0 HEAL 0 0
      15000 0 CUT 1 0
      15000 0 JOIN 2 0
      20000 healed
      """),

  /** An item replaced an older one and was evicted, and nothing of that was sent. */
  EVICTED_WITHOUT_BEING_SENT(
      2,
      3,
      Values.MANY,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
      /* maxItems= */ 1,
      """
        100 1 SET 0 0
       3000 1 ISOLATE 0 0
       3500 0 SET 1 0
       3600 0 SET 0 0
       3700 0 SET 2 0
       3800 0 DELETE 2 0
       4000 0 DELETE_OTHERS 5 0
       8000 1 HEAL 0 0
      14000 healed
      """),

  /**
   * A removal met the item that it removed, which had been written once more; then its node died.
   */
  REMOVAL_OF_A_RENEWED_ITEM(
      3,
      Values.MANY,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
          0 2 ISOLATE 0 0
        100 1 SET 0 0
       3000 1 ISOLATE 0 0
       3500 0 DELETE 0 0
       3600 2 DELETE 5 0
       8000 3 START 0 0
       8500 3 ISOLATE 0 0
       9000 2 HEAL 0 0
       9000 2 CUT 0 0
       9000 2 CUT 3 0
      11000 1 LEAVE 0 0
      12000 1 HEAL 0 0
      12000 3 CUT 1 0
      14000 0 KILL 0 0
      15000 3 HEAL 0 0
      20000 healed
      """),

  /**
   * An item was evicted before it was sent, and an older one came that had been written once more.
   */
  EVICTED_BEFORE_IT_WAS_SENT(
      3,
      Values.MANY,
      Values.MANY,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
      /* maxItems= */ 1,
      """
          0 2 ISOLATE 0 0
        100 1 SET 0 0
        200 1 LEAVE 2 0
       3000 0 ISOLATE 0 0
       3400 0 SET 1 0
       3500 0 SET 0 0
       3600 0 SET 1 0
       3610 2 SET 2 0
       3700 2 SET 3 0
       4000 0 DELETE 1 0
       4010 2 DELETE 3 0
       5500 0 LEAVE 1 0
       6000 2 HEAL 0 0
       6000 2 CUT 0 0
       6000 1 JOIN 2 0
       9000 0 HEAL 0 0
       9000 0 CUT 2 0
      12000 healed
      """),

  /**
   * An item was flushed on one node, and came once more from a node that did not know of the flush.
   */
  RENEWED_ITEM_AFTER_A_FLUSH(
      3,
      Values.MANY,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
          0 2 ISOLATE 0 0
        100 1 SET 0 0
       3000 1 ISOLATE 0 0
       3500 0 FLUSH 0 0
       3600 2 DELETE 5 0
       6000 0 LEAVE 2 0
       8000 2 HEAL 0 0
       8000 2 CUT 0 0
      11000 1 KILL 0 0
      12000 2 HEAL 0 0
      12000 0 JOIN 2 0
      12100 2 KILL 0 0
      15000 healed
      """),

  /** A node told what it had seen before the peer had looked for what that node had removed. */
  CLAIM_BEFORE_ALL_WAS_LOOKED_AT(
      2,
      3,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
        100 0 SET 0 0
       3000 1 ISOLATE 0 0
       4000 0 SET 1 0
       4100 0 DELETE 0 0
       4500 0 DELETE_OTHERS 10 0
       9000 1 HEAL 0 0
      10500 0 SET 2 0
      16000 healed
      """),

  /** Writes were dropped during a round that looked for writes dropped before. */
  WRITES_DROPPED_DURING_A_ROUND(
      2,
      3,
      Values.MANY,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
      """
       5000 0 SET 0 0
       5000 0 SET 1 0
       5000 0 SET 2 0
       5000 0 SET 3 0
       5000 0 SET 4 0
       5500 0 SET 5 0
       5500 0 SET 6 0
       5500 0 SET 7 0
       5500 0 SET 8 0
       5500 0 SET 9 0
       5700 0 HEAL 0 0
       9000 healed
      """),

  /**
   * Items were refused, since a clock was far ahead, and the other was set before they came again.
   */
  CLOCK_SET_AFTER_A_REFUSAL(
      2,
      Values.MANY,
      Values.MANY,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
      """
       3000 0 STEP_CLOCK 0 4200000
       5000 0 SET 0 0
       5200 1 STEP_CLOCK 0 4200000
       9000 healed
      """),

  /**
   * Items were refused, since a clock was far ahead, and offered again before the other was set.
   */
  REFUSED_UNTIL_THE_CLOCK_IS_SET(
      2,
      Values.MANY,
      Values.MANY,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
      """
       3000 0 STEP_CLOCK 0 4200000
       5000 0 SET 0 0
      10000 1 STEP_CLOCK 0 4200000
      15000 healed
      """),

  /**
   * An item was renewed out of reach, and a node that copied another knew only from it that the
   * item had been removed; the removal was forgotten, and the other node died.
   */
  RENEWED_ITEM_AFTER_A_COPY(
      3,
      Values.MANY,
      Values.MANY,
      Values.SHORT_MILLIS,
      Values.SAME_CLOCKS,
      """
          0 2 ISOLATE 0 0
        100 1 SET 0 0
       3000 1 ISOLATE 0 0
       3500 0 DELETE 0 0
       3600 2 DELETE 5 0
       8000 3 START 0 0
       8500 3 ISOLATE 0 0
       9000 2 HEAL 0 0
       9000 2 CUT 0 0
       9000 2 CUT 3 0
      12500 0 KILL 0 0
      15000 1 HEAL 0 0
      15000 3 HEAL 0 0
      20000 healed
      """),

  /** A node was started anew while it was out of reach, so that it had nothing to copy. */
  STARTED_ANEW_OUT_OF_REACH(
      2,
      Values.MANY,
      Values.MANY,
      Values.LONG_MILLIS,
      Values.SAME_CLOCKS,
      """
        100 0 SET 0 0
       3000 0 ISOLATE 0 0
       3100 1 KILL 0 0
       4000 1 START 0 0
      12000 0 HEAL 0 0
      15000 healed
      """),

  /**
   * A client waits for a peer that stands still, and another node flushes what the client wrote
   * before the peer has it. The peer may still hold something older.
   */
  FLUSHED_BEFORE_IT_WAS_SENT(
      3,
      /* synchronous= */ true,
      """
        100 2 SET 0 0
       3000 1 SUSPEND 0 0
       3100 2 SET 0 0
       3120 0 SET 5 0
       3300 2 SET 3 0
       3340 0 FLUSH 0 0
       3500 1 RESUME 0 0
      10000 healed
      """);

  private static final int RUNS = 40; // each with other delays
  private static final int KEYS = 12;
  private static final int SLICES = 64;

  @SuppressWarnings("ImmutableEnumChecker") // its list is never changed
  private final Settings settings;

  private final String lines;

  /** What most scripts have. */
  private static final class Values {
    static final int MANY = 100_000;
    static final long LONG_MILLIS = 3_600_000;
    static final long SHORT_MILLIS = 3000;
    static final List<Long> SAME_CLOCKS = Collections.nCopies(6, 0L);
  }

  Script(
      int nodes,
      int maxPending,
      int removals,
      long removalMillis,
      List<Long> offsets,
      String lines) {
    this(nodes, maxPending, removals, removalMillis, offsets, /* maxItems= */ 0, lines);
  }

  Script(
      int nodes,
      int maxPending,
      int removals,
      long removalMillis,
      List<Long> offsets,
      int maxItems,
      String lines) {
    this(nodes, maxPending, removals, removalMillis, offsets, maxItems, false, lines);
  }

  Script(int nodes, boolean synchronous, String lines) {
    this(
        nodes,
        Values.MANY,
        Values.MANY,
        Values.LONG_MILLIS,
        Values.SAME_CLOCKS,
        /* maxItems= */ 0,
        synchronous,
        lines);
  }

  Script(
      int nodes,
      int maxPending,
      int removals,
      long removalMillis,
      List<Long> offsets,
      int maxItems,
      boolean synchronous,
      String lines) {
    this.lines = lines;
    boolean exact = removals == Values.MANY && removalMillis == Values.LONG_MILLIS && maxItems == 0;
    settings =
        new Settings(
            nodes,
            KEYS,
            synchronous,
            /* waiting= */ synchronous,
            exact,
            maxItems,
            maxPending,
            removals,
            removalMillis,
            SLICES,
            /* stepped= */ false,
            offsets);
  }

  /** Returns this with several seeds for what it leaves to chance, all of them run to the end. */
  Stream<Scenario> scenarios() {
    List<Step> steps = new ArrayList<>();
    Scanner words = new Scanner(lines);
    long moment = words.nextLong();
    while (words.hasNextInt()) {
      int node = words.nextInt();
      Kind kind = Kind.valueOf(words.next());
      steps.add(new Step(moment, kind, node, words.nextInt(), words.nextLong()));
      moment = words.nextLong();
    }
    long end = moment;
    return LongStream.rangeClosed(1, RUNS)
        .mapToObj(i -> new Scenario(4 * i, settings, end, List.copyOf(steps)));
  }
}
