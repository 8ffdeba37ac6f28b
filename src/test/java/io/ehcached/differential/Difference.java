package io.ehcached.differential;

import java.util.List;
import java.util.regex.Pattern;

/**
 * All in which our answers to a script may differ from those of memcached 1.6.18: what memcached
 * itself has come to answer otherwise since.
 *
 * <p>On purpose we differ in two things. A touch gives an item another cas unique, which is the
 * stamp by which nodes tell the newer version: scripts that touch are compared without their cas
 * uniques, and the others with them. And a key is answered in base64 where it was asked for so, not
 * where it was stored so: the two are taken for the same.
 *
 * <p>What would leave the two holding different items is not asked at all, and is held in the
 * transcripts instead ({@code # today:}):
 *
 * <ul>
 *   <li>numbers with a plus sign and such as are too large, which 1.6.18 takes;
 *   <li>{@code delete key junk}, which 1.6.18 refuses;
 *   <li>{@code E}, {@code x}, {@code s} and {@code N} of {@code ms}, {@code C} of {@code mg}, which
 *       it does not know, and modes of more than one letter, which it refuses;
 *   <li>an opaque that is too long, which memcached finds after it has read or counted;
 *   <li>{@code ma} with {@code q} and {@code N}, which 1.6.18 answers where it makes a number;
 *   <li>{@code t} of {@code mg} between {@code T} and {@code N}, which tells what the first of the
 *       two said;
 *   <li>lines of more than 2 kB that are none of keys: memcached closes the connection, unless the
 *       line happens to arrive whole;
 *   <li>{@code T} of {@code ma}, which memcached forgets where the number grows longer;
 *   <li>{@code flush_all} with a delay behind one without: 1.6.18 forgets the first.
 * </ul>
 *
 * <p>And what the two read differently is sent differently: behind a storage line that cannot be
 * read, 1.6.18 takes the data block for a command, so it is sent none.
 */
enum Difference {
  /** Lines that lack words, gats without keys among them, are told apart since 1.6.22. */
  MISSING_ARGUMENTS("ERROR|END", "CLIENT_ERROR bad command line format"),
  /** What is wrong with a flag of {@code md} is told as for the other commands. */
  META_FLAGS(
      "CLIENT_ERROR invalid or duplicate flag",
      "CLIENT_ERROR (invalid flag|duplicate flag|bad token in command line format"
          + "|bad command line format|error decoding key|invalid numeric (delta|initial) value)");

  private final Pattern before;
  private final Pattern today;

  Difference(String before, String today) {
    this.before = Pattern.compile(before);
    this.today = Pattern.compile(today);
  }

  /** Tells whether answers are the same, or differ as they may. */
  static boolean explains(List<String> theirs, List<String> ours) {
    if (theirs.size() != ours.size()) {
      return false;
    }
    for (int i = 0; i < theirs.size(); i++) {
      if (!theirs.get(i).equals(ours.get(i)) && !isKnown(theirs.get(i), ours.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKnown(String theirs, String ours) {
    for (Difference difference : values()) {
      if (difference.before.matcher(theirs).matches() && difference.today.matcher(ours).matches()) {
        return true;
      }
    }
    return false;
  }
}
