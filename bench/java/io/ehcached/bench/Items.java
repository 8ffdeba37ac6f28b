package io.ehcached.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The items written: keys of 32 bytes, values of 100. */
final class Items {
  static final int KEY_LENGTH = 32;
  static final int VALUE_LENGTH = 100;

  /** Every how many writes of a trickle one is a probe. */
  static final int PROBE_EVERY = 10;

  /** How many keys a trickle writes to, besides its probes. */
  static final int TRICKLE_KEYS = 100_000;

  static final int DIGITS = 19; // of a long

  private Items() {}

  static String key(int item) {
    return text("item-", item);
  }

  static String probe(int number) {
    return text("probe-", number);
  }

  private static String text(String prefix, int number) {
    String digits = Integer.toString(number);
    return prefix + "0".repeat(KEY_LENGTH - prefix.length() - digits.length()) + digits;
  }

  /** Returns a value that starts with a number. */
  static byte[] value(long number) {
    byte[] value = new byte[VALUE_LENGTH];
    Arrays.fill(value, (byte) 'x');
    long rest = number;
    for (int i = DIGITS - 1; i >= 0; i--) {
      value[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return value;
  }

  /** Returns the number that a value starts with. */
  static long number(byte[] value) {
    return Long.parseLong(new String(value, 0, DIGITS, StandardCharsets.ISO_8859_1));
  }
}
