package io.ehcached.item;

/**
 * A stored value with its flags, its expiry and the stamp of the write that made it. An item never
 * changes: a write puts another in its place.
 */
public interface Item {
  /** Returns the item's name. */
  Key key();

  /** Returns the value's own bytes, which must not be changed. */
  byte[] value();

  /** Returns the client's flags: 32 bits, unsigned. */
  int flags();

  /**
   * Returns when the item expires, in milliseconds since the epoch, or {@link Expiry#REGION} when
   * it has no expiry of its own.
   */
  long expiry();

  /** Returns the stamp of the write that made the item; see {@link Stamp}. */
  long stamp();

  /** Returns the item's marks: the bits of {@link Marks}. */
  default int marks() {
    return 0;
  }

  /**
   * Returns the cas unique. It is made from the stamp, and so is the same on every node, or, with
   * {@link Marks#OWN_CAS}, a number of its own. Unsigned.
   */
  default long cas() {
    return Stamp.casUnique(stamp());
  }
}
