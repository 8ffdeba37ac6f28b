package io.ehcached.protocol;

/**
 * How large what a client sends may be, and whether it may name a cas unique.
 *
 * @param itemSize the most bytes that an item may take ({@code -I}): the value, the key and {@link
 *     #ITEM_OVERHEAD}
 * @param cas whether items have a cas unique that clients see; {@code -C} turns it off, so that
 *     each is 0 and what compares one finds another
 */
public record Limits(int itemSize, boolean cas) {
  /**
   * What memcached 1.6 adds to key and value when it holds an item against {@code -I}: its header,
   * the cas unique, and the ends of key and value, in bytes.
   */
  public static final int ITEM_OVERHEAD = 48 + 8 + 1 + 2;

  /** Makes the limits of clients who see cas uniques. */
  public Limits(int itemSize) {
    this(itemSize, true);
  }

  /** Tells whether an item with these flags, and a key and a value so long, is above the limit. */
  public boolean isTooLarge(int keyLength, int flags, long valueLength) {
    int flagsLength = flags == 0 ? 0 : Integer.BYTES; // memcached stores no zero flags
    return valueLength > (long) itemSize - ITEM_OVERHEAD - flagsLength - keyLength;
  }
}
