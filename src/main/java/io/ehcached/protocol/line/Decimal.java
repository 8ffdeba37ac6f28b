package io.ehcached.protocol.line;

/**
 * Decimal numbers as bytes. They are read strictly, as memcached does since 1.6.22: digits only, no
 * plus sign, nothing out of range.
 */
public final class Decimal {
  /** What {@link #signed32} returns when there is no such number. */
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /** The most digits of an unsigned 64-bit number. */
  public static final int MAX_DIGITS = 20;

  private static final long TEN_TO_19 = Long.parseUnsignedLong("10000000000000000000");
  private static final long LAST_TENTH = Long.divideUnsigned(-1L, 10);
  private static final int LAST_DIGIT = (int) Long.remainderUnsigned(-1L, 10);

  private Decimal() {}

  /** Returns the number from 0 to {@code max}, or -1 when there is no such number. */
  public static long unsigned(byte[] in, int from, int to, long max) {
    if (from == to) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = in[i] - '0';
      if (digit < 0 || digit > 9 || number > (max - digit) / 10) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** Returns the signed 32-bit number, or {@link #NOT_A_NUMBER}. */
  public static long signed32(byte[] in, int from, int to) {
    boolean negative = from < to && in[from] == '-';
    long magnitude =
        negative
            ? unsigned(in, from + 1, to, -(long) Integer.MIN_VALUE)
            : unsigned(in, from, to, Integer.MAX_VALUE);
    if (magnitude < 0) {
      return NOT_A_NUMBER;
    }
    return negative ? -magnitude : magnitude;
  }

  /** Tells whether the bytes are an unsigned 64-bit number. */
  public static boolean isUnsigned64(byte[] in, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = in[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      int order = Long.compareUnsigned(number, LAST_TENTH);
      if (order > 0 || (order == 0 && digit > LAST_DIGIT)) {
        return false;
      }
      number = number * 10 + digit;
    }
    return from < to;
  }

  /** Returns the number of which {@link #isUnsigned64} said that it is one. */
  public static long unsigned64(byte[] in, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + (in[i] - '0');
    }
    return number;
  }

  /**
   * Writes an unsigned number.
   *
   * @param out has room for {@link #MAX_DIGITS} bytes from {@code at} on
   * @return the index behind the last digit
   */
  public static int write(long number, byte[] out, int at) {
    int end = at + digits(number);
    int i = end;
    long rest = number;
    if (rest < 0) {
      long tenth = Long.divideUnsigned(rest, 10);
      out[--i] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
    do {
      long tenth = rest / 10;
      out[--i] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    } while (rest != 0);
    return end;
  }

  private static int digits(long number) {
    if (number < 0) {
      return Long.compareUnsigned(number, TEN_TO_19) < 0 ? 19 : MAX_DIGITS;
    }
    int digits = 1;
    for (long bound = 10; digits < 19 && number >= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }
}
