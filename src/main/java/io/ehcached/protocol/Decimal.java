package io.ehcached.protocol;

import java.nio.charset.StandardCharsets;

/**
 * The codec of decimal numbers, which are bytes of ASCII. Numbers of a request are read strictly,
 * as memcached reads them since 1.6.22: digits only, no plus sign, nothing out of range, and no
 * more characters than memcached looks at. Read leniently, as C's {@code strtol} and {@code
 * strtoull} do, are the flags and the exptime of storage lines ({@link #lenientSigned64}), and the
 * values that {@code incr} and {@code decr} change ({@link #lenientUnsigned64}).
 */
public final class Decimal {
  /** What {@link #signed32} and {@link #lenientSigned64} return when there is no such number. */
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /** The largest unsigned 32-bit number. */
  public static final long MAX_UNSIGNED_32 = 0xFFFF_FFFFL;

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

  /** Returns the unsigned 32-bit number, or -1 when there is no such number. */
  public static long unsigned32(byte[] in, int from, int to) {
    return unsigned(in, from, to, MAX_UNSIGNED_32);
  }

  private static long unsigned(byte[] in, int from, int to, long max) {
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

  /** Returns the unsigned 32-bit number that a word is, or -1 when it is none. */
  public static long unsigned32(String word) {
    byte[] in = word.getBytes(StandardCharsets.ISO_8859_1);
    return unsigned32(in, 0, in.length);
  }

  /** Returns the signed 32-bit number that a word is, or {@link #NOT_A_NUMBER}. */
  public static long signed32(String word) {
    byte[] in = word.getBytes(StandardCharsets.ISO_8859_1);
    return signed32(in, 0, in.length);
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
  public static long lenientSigned64(byte[] in, int from, int to) {
    int at = skipSpace(in, from, to);
    boolean negative = at < to && in[at] == '-';
    if (negative || (at < to && in[at] == '+')) {
      at++;
    }
    int first = at;
    long number = 0;
    while (at < to && isDigit(in[at])) {
      int digit = in[at] - '0';
      if (number > (Long.MAX_VALUE - digit) / 10) {
        return NOT_A_NUMBER;
      }
      number = number * 10 + digit;
      at++;
    }
    if (at == first || !endsAt(in, at, to)) {
      return NOT_A_NUMBER;
    }
    return negative ? -number : number;
  }

  /**
   * Tells whether a value starts with a number below 2^64. White space may come first, then a plus
   * sign; white space or a NUL ends the number, whatever follows.
   */
  public static boolean isLenientUnsigned64(byte[] value) {
    int end = endOfUnsigned64(value, firstDigit(value), value.length);
    return end >= 0 && endsAt(value, end, value.length);
  }

  /** Returns the number for which {@link #isLenientUnsigned64} holds; unsigned. */
  public static long lenientUnsigned64(byte[] value) {
    long number = 0;
    for (int i = firstDigit(value); i < value.length && isDigit(value[i]); i++) {
      number = number * 10 + (value[i] - '0');
    }
    return number;
  }

  private static int firstDigit(byte[] value) {
    int at = skipSpace(value, 0, value.length);
    return at < value.length && value[at] == '+' ? at + 1 : at;
  }

  private static int skipSpace(byte[] in, int from, int to) {
    int at = from;
    while (at < to && isSpace(in[at])) {
      at++;
    }
    return at;
  }

  private static boolean endsAt(byte[] in, int at, int to) {
    return at == to || isSpace(in[at]) || in[at] == 0;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Tells whether the bytes are an unsigned 64-bit number. */
  public static boolean isUnsigned64(byte[] in, int from, int to) {
    return to - from <= MAX_FOR_64 && endOfUnsigned64(in, from, to) == to;
  }

  /** Returns the index behind the digits; -1 when there are none, or they are 2^64 or more. */
  private static int endOfUnsigned64(byte[] in, int from, int to) {
    long number = 0;
    int at = from;
    for (; at < to && isDigit(in[at]); at++) {
      int digit = in[at] - '0';
      int order = Long.compareUnsigned(number, LAST_TENTH);
      if (order > 0 || (order == 0 && digit > LAST_DIGIT)) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return at == from ? -1 : at;
  }

  /** Returns the number for which {@link #isUnsigned64} holds; unsigned. */
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
   * @param out has room for {@link #digits} bytes from {@code at} on
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

  /** Returns the number of digits of an unsigned number. */
  public static int digits(long number) {
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
