package io.ehcached.protocol.line;

/**
 * Decimal numbers as bytes. They are read strictly, as memcached does since 1.6.22: digits only, no
 * plus sign, nothing out of range, and no more characters than memcached looks at. Only the flags
 * and the exptime of storage lines are read as C's {@code strtol} reads them: {@link #loose}.
 */
public final class Decimal {
  /** What {@link #signed32} and {@link #loose} return when there is no such number. */
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /** The most digits of an unsigned 64-bit number. */
  public static final int MAX_DIGITS = 20;

  /** The most characters of a number of 32 bits, zeros in front included. */
  private static final int MAX_FOR_32 = 11;

  /** The most characters of a number of 64 bits, zeros in front included. */
  private static final int MAX_FOR_64 = 22;

  private static final long TEN_TO_19 = Long.parseUnsignedLong("10000000000000000000");
  private static final long LAST_TENTH = Long.divideUnsigned(-1L, 10);
  private static final int LAST_DIGIT = (int) Long.remainderUnsigned(-1L, 10);

  private Decimal() {}

  /** Returns the number from 0 to {@code max}, 32 bits, or -1 when there is no such number. */
  public static long unsigned(byte[] in, int from, int to, long max) {
    if (from == to || to - from > MAX_FOR_32) {
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

  /** Returns the signed 32-bit number, or {@link #NOT_A_NUMBER}; a minus sign alone is 0. */
  public static long signed32(byte[] in, int from, int to) {
    if (from == to || to - from > MAX_FOR_32) {
      return NOT_A_NUMBER;
    }
    boolean negative = in[from] == '-';
    if (negative && to - from == 1) {
      return 0;
    }
    long magnitude =
        negative
            ? unsigned(in, from + 1, to, -(long) Integer.MIN_VALUE)
            : unsigned(in, from, to, Integer.MAX_VALUE);
    if (magnitude < 0) {
      return NOT_A_NUMBER;
    }
    return negative ? -magnitude : magnitude;
  }

  /**
   * Returns the signed 64-bit number, or {@link #NOT_A_NUMBER}. White space may come first, then a
   * sign; white space or a NUL ends the number, whatever follows.
   */
  public static long loose(byte[] in, int from, int to) {
    int at = from;
    while (at < to && isSpace(in[at])) {
      at++;
    }
    boolean negative = at < to && in[at] == '-';
    if (negative || (at < to && in[at] == '+')) {
      at++;
    }
    int first = at;
    long number = 0;
    while (at < to && in[at] >= '0' && in[at] <= '9') {
      int digit = in[at] - '0';
      if (number > (Long.MAX_VALUE - digit) / 10) {
        return NOT_A_NUMBER;
      }
      number = number * 10 + digit;
      at++;
    }
    boolean ends = at == to || isSpace(in[at]) || in[at] == 0;
    if (at == first || !ends) {
      return NOT_A_NUMBER;
    }
    return negative ? -number : number;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Tells whether the bytes are an unsigned 64-bit number. */
  public static boolean isUnsigned64(byte[] in, int from, int to) {
    if (to - from > MAX_FOR_64) {
      return false;
    }
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
