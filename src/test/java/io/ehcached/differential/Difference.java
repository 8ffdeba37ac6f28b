package io.ehcached.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * All in which our answers differ from those of some memcached: from 1.6.45, which is the
 * reference, on purpose, and from Debian's 1.6.18, where memcached itself has come to answer
 * otherwise since. {@code docs/differences.md} has a row for each, with the reason, and the
 * transcripts say {@code # differs: name} where they differ on purpose.
 *
 * <p>Of the answers to a script, those may differ that have a pattern here. Of the others some are
 * taken for the same by {@link LineAnswers} and {@link Names}, and what would leave the two servers
 * holding different items is not asked at all, and is held in the transcripts instead ({@code #
 * today:}, {@code # ours:}). What the two read differently is sent differently: behind a storage
 * line that cannot be read, 1.6.18 takes the data block for a command, so it is sent none.
 */
enum Difference {
  CAS(true),
  BASE64_KEYS(true),
  WIDE_FLAGS(true),
  FAR_EXPTIME(true),
  COUNT_TTL(true),
  OPAQUE_FIRST(true),
  TTL_OF_NEW(true),
  LONG_LINES(true),
  EARLY_TOO_LARGE(true),
  KEPT_ANSWERS(true),
  ONE_LINE_END(true, "gets? .*longer.*", "", ""), // an empty line behind the error
  BLANK_NUMBERS(true),
  BARE_NEWLINES(true),
  ME_BASE64(true, "me .* b", "EN", "CLIENT_ERROR bad command line format"),
  PIPELINED_REFUSALS(true),
  HTTP_BEFORE_LOGIN(true),
  SASL_LIST(true),
  BINARY_BODIES(true),
  BINARY_VERBOSITY(true),
  BINARY_STATS(true),
  UDP(true),
  DUMPS(true),
  TUNING(true),
  STATISTICS(true),
  AUTO_DISCOVERY(true),

  STRICT_NUMBERS(false),
  SWALLOWED_BLOCKS(false),
  /** Lines that lack words, gats without keys among them, and lines too short. */
  MISSING_ARGUMENTS(false, ".*", "ERROR|END", "CLIENT_ERROR bad command line format"),
  BLANKS_FIRST(false),
  NOREPLY(false),
  DELETE_JUNK(false),
  /** What is wrong with a flag of {@code md} is told as for the other commands. */
  META_FLAGS(
      false,
      ".*",
      "CLIENT_ERROR (invalid or duplicate flag|invalid flag|duplicate flag)",
      "CLIENT_ERROR (invalid flag|duplicate flag|bad token in command line format"
          + "|bad command line format|error decoding key|invalid numeric (delta|initial) value)"),
  META_DEBUG_FLAGS(false),
  META_COUNT_KEY(
      false,
      "ma .*",
      "CLIENT_ERROR bad command line format",
      "CLIENT_ERROR invalid or duplicate flag"),
  META_NEW_FLAGS(false),
  META_QUIET_COUNT(false),
  FLUSH_DELAY(false),
  SHORT_LOGINS(false),
  DUMP_HEADS(false);

  private final boolean onPurpose;
  private final Pattern step;
  private final Pattern theirs;
  private final Pattern ours;

  Difference(boolean onPurpose) {
    this(onPurpose, "", "", "");
  }

  Difference(boolean onPurpose, String step, String theirs, String ours) {
    this.onPurpose = onPurpose;
    this.step = Pattern.compile(step, Pattern.DOTALL);
    this.theirs = Pattern.compile(theirs);
    this.ours = Pattern.compile(ours);
  }

  /** Tells whether today's memcached answers otherwise too. */
  boolean isOnPurpose() {
    return onPurpose;
  }

  /** Returns the name that documents and transcripts have for it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Tells whether answers are the same, or differ as they may.
   *
   * @param today whether they are those of today's memcached, which has no differences of age
   */
  static boolean explains(String step, List<String> theirs, List<String> ours, boolean today) {
    String line = step.strip();
    List<String> told = new ArrayList<>(theirs);
    if (ONE_LINE_END.step.matcher(line).matches()) {
      told.removeIf(String::isEmpty);
    }
    if (told.size() != ours.size()) {
      return false;
    }
    for (int i = 0; i < told.size(); i++) {
      if (!told.get(i).equals(ours.get(i)) && !isKnown(line, told.get(i), ours.get(i), today)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKnown(String line, String theirs, String ours, boolean today) {
    for (Difference difference : values()) {
      if ((difference.onPurpose || !today)
          && difference.step.matcher(line).matches()
          && difference.theirs.matcher(theirs).matches()
          && difference.ours.matcher(ours).matches()) {
        return true;
      }
    }
    return false;
  }
}
