package io.ehcached.protocol;

/**
 * The limits of requests: the item size, and whether there are cas uniques.
 *
 * @param itemSize the most bytes that an item may take ({@code -I}): the value, the key and {@link
 *     #ITEM_OVERHEAD}
 * @param cas whether items have a cas unique that clients see; {@code -C} turns it off, so that
 *     each is 0 and what compares one finds another
 */
public record Limits(int itemSize, boolean cas) {
  /**
   * The bytes that memcached 1.6 adds to key and value when it compares an item with {@code -I}:
   * its header, the cas unique, and the ends of key and value.
   */
  public static final int ITEM_OVERHEAD = 48 + 8 + 1 + 2;

  /** Makes the limits of clients that see cas uniques. */
  public Limits(int itemSize) {
    this(itemSize, true);
  }

  /** Tells whether an item with these lengths and flags is above the limit. */
  public boolean isTooLarge(int keyLength, int flags, long valueLength) {
    int flagsLength = flags == 0 ? 0 : Integer.BYTES; // memcached stores no zero flags
    return valueLength > (long) itemSize - ITEM_OVERHEAD - flagsLength - keyLength;
  }
}
