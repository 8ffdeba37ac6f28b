package io.ehcached.protocol;

import io.ehcached.item.Key;

/**
 * The printed form of a key. A key may contain any bytes, which most texts cannot hold unchanged.
 */
public final class PrintedKey {
  private static final String UNRESERVED = "-._~"; // besides letters and digits: RFC 3986, 2.3
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final int DELETE = 0x7F;

  private PrintedKey() {}

  /** Adds a key URL-encoded, as memcached does: all but the unreserved characters. */
  public static void appendEncoded(Key key, StringBuilder out) {
    for (byte b : key.bytes()) {
      int c = b & 0xFF;
      if (isUnreserved(c)) {
        out.append((char) c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 0xF]);
      }
    }
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }

  /** Tells whether a key can be printed unchanged: it has neither blanks nor control characters. */
  public static boolean isPlain(Key key) {
    for (byte b : key.bytes()) {
      int c = b & 0xFF;
      if (c <= ' ' || c == DELETE) {
        return false;
      }
    }
    return true;
  }
}
