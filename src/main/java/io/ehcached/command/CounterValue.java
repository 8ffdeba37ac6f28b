package io.ehcached.command;

/**
 * Values that {@code incr} and {@code decr} can change: unsigned 64-bit decimal numbers. As in
 * memcached, which uses C's {@code strtoull}, blanks may surround the number, a plus sign may
 * precede it, and whatever follows the first blank behind it is ignored.
 */
final class CounterValue {
  /** The largest number that takes one more digit, and the largest such digit. */
  private static final long MAX_TENTH = Long.divideUnsigned(-1L, 10);

  private static final int MAX_LAST_DIGIT = (int) Long.remainderUnsigned(-1L, 10);

  private CounterValue() {}

  /** Tells whether {@code value} starts with a number below 2^64. */
  static boolean isNumber(byte[] value) {
    int first = firstDigit(value);
    int i = first;
    long number = 0;
    while (i < value.length && isDigit(value[i])) {
      int digit = value[i] - '0';
      int room = Long.compareUnsigned(number, MAX_TENTH);
      if (room > 0 || (room == 0 && digit > MAX_LAST_DIGIT)) {
        return false;
      }
      number = number * 10 + digit;
      i++;
    }
    return i > first && (i == value.length || isBlank(value[i]) || value[i] == 0);
  }

  /** Returns the number that {@code value}, of which {@link #isNumber} holds, starts with. */
  static long parse(byte[] value) {
    long number = 0;
    for (int i = firstDigit(value); i < value.length && isDigit(value[i]); i++) {
      number = number * 10 + (value[i] - '0');
    }
    return number;
  }

  /** Returns the digits of {@code number}, and blanks behind them up to {@code minLength} bytes. */
  static byte[] format(long number, int minLength) {
    int digits = 1;
    for (long rest = Long.divideUnsigned(number, 10); rest != 0; rest /= 10) {
      digits++;
    }
    byte[] text = new byte[Math.max(digits, minLength)];
    long rest = number;
    for (int i = digits - 1; i >= 0; i--) {
      text[i] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
      rest = Long.divideUnsigned(rest, 10);
    }
    for (int i = digits; i < text.length; i++) {
      text[i] = ' ';
    }
    return text;
  }

  private static int firstDigit(byte[] value) {
    int i = 0;
    while (i < value.length && isBlank(value[i])) {
      i++;
    }
    return i < value.length && value[i] == '+' ? i + 1 : i;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
