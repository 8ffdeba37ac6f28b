package io.ehcached.command;

/** Unsigned 32-bit numbers among a command's words, read as strictly as elsewhere. */
final class Unsigned {
  /** What {@link #of} returns when a word is no such number. */
  static final long NONE = -1;

  private static final long MAX = 0xFFFF_FFFFL;

  private Unsigned() {}

  static long of(String word) {
    if (!word.matches("[0-9]{1,10}")) {
      return NONE;
    }
    long number = Long.parseLong(word);
    return number > MAX ? NONE : number;
  }
}
