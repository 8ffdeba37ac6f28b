package io.ehcached.options;

import java.util.Locale;

/** The reader of options' numbers and sizes. */
final class Numbers {
  static final int MAX_PORT = 65_535;

  private static final long KB = 1024;

  private Numbers() {}

  /**
   * Reads a whole number.
   *
   * @param what the option and what it counts, as the message shows it: {@code -t (threads)}
   * @param example a value that would be right
   */
  static int integer(String what, String value, int least, int max, String example)
      throws UsageException {
    String bare = value.strip();
    if (bare.matches("-?\\d{1,18}")) {
      long number = Long.parseLong(bare);
      if (number >= least && number <= max) {
        return (int) number;
      }
    }
    String range =
        max == Integer.MAX_VALUE ? "from " + least + " up" : "from " + least + " to " + max;
    throw UsageException.badValue(
        what + " cannot be '" + value + "'; write a number " + range + ", such as " + example);
  }

  /**
   * Reads a size with an optional {@code k}, {@code m} or {@code g} behind it, in bytes; -1 when it
   * is none.
   */
  static long size(String value, String units) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    long unit = 1;
    if (!text.isEmpty() && units.indexOf(text.charAt(text.length() - 1)) >= 0) {
      unit =
          switch (text.charAt(text.length() - 1)) {
            case 'k' -> KB;
            case 'm' -> KB * KB;
            default -> KB * KB * KB;
          };
      text = text.substring(0, text.length() - 1);
    }
    return text.matches("\\d{1,9}") || (unit == 1 && text.matches("\\d{1,15}"))
        ? Long.parseLong(text) * unit
        : -1;
  }
}
