package io.ehcached.item;

/**
 * A stored value with its flags, its expiry and the stamp of the write that made it. An item never
 * changes: a write puts another in its place.
 */
public interface Item {
  /** Returns the item's name. */
  Key key();

  /** Returns the value's own bytes, which nobody may change. */
  byte[] value();

  /** Returns the client's flags: 32 bits, unsigned. */
  int flags();

  /**
   * Returns when the item dies by itself, in milliseconds since the epoch, or {@link Expiry#REGION}
   * when the client left that to the region.
   */
  long expiry();

  /** Returns the stamp of the write that made the item; see {@link Stamp}. */
  long stamp();

  /** Returns what the item is marked with: the bits of {@link Marks}. */
  default int marks() {
    return 0;
  }

  /**
   * Returns the cas unique: of the stamp, so that it is the same number on every node, or else,
   * with {@link Marks#OWN_CAS}, a number that the item keeps besides. Unsigned.
   */
  default long cas() {
    return Stamp.casUnique(stamp());
  }
}
