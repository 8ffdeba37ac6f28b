package io.ehcached.protocol;

/**
 * How large what a client sends may be.
 *
 * @param itemSize the most bytes that an item may take ({@code -I}): the value, the key and {@link
 *     #ITEM_OVERHEAD}
 */
public record Limits(int itemSize) {
  /**
   * What memcached 1.6 adds to key and value when it holds an item against {@code -I}: its header,
   * the cas unique, and the ends of key and value, in bytes.
   */
  public static final int ITEM_OVERHEAD = 48 + 8 + 1 + 2;

  /** Tells whether an item with these flags, and a key and a value so long, is above the limit. */
  public boolean isTooLarge(int keyLength, int flags, long valueLength) {
    int flagsLength = flags == 0 ? 0 : Integer.BYTES; // memcached stores no zero flags
    return valueLength > (long) itemSize - ITEM_OVERHEAD - flagsLength - keyLength;
  }
}
