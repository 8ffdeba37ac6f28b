package io.ehcached.protocol;

/** The options of a request; each is off by default. */
public enum Option {
  /** Sets the expiry, although the command would not. */
  TOUCH(1),
  /** Makes an item if there is none, with the expiry {@link Request#vivifyExptime()}. */
  VIVIFY(1 << 1),
  /** Gives the item the cas unique {@link Request#chosenCas()}. */
  CHOOSE_CAS(1 << 2),
  /**
   * Marks the item stale: a delete leaves it with that mark, a set with an older cas unique stores
   * its value with that mark.
   */
  INVALIDATE(1 << 3),
  /** A delete that takes the value and leaves an item without one. */
  REMOVE_VALUE(1 << 4),
  /** The client can be told to store a new value. */
  MAY_WIN(1 << 5),
  /** Reads without counting as a use. */
  LEAVE_USE(1 << 6),
  /** The client wants to know how long the item has to live. */
  WANT_TTL(1 << 7),
  /** The client wants to know whether and when the item was used before. */
  WANT_USE(1 << 8),
  /** What the client wants to know is how long the item had to live before it was touched. */
  TTL_BEFORE_TOUCH(1 << 9),
  /** Whether the item expires so soon that it is to be won is asked before it is touched. */
  RECACHE_BEFORE_TOUCH(1 << 12),
  /** The client wants the value of what it reads or counts with. */
  WANT_VALUE(1 << 10),
  /** The client writes the key in base64, and expects it so in the answer. */
  BASE64_KEY(1 << 11);

  private final int bit;

  Option(int bit) {
    this.bit = bit;
  }

  /** Returns the bit of the option in a set of options. */
  int bit() {
    return bit;
  }
}
