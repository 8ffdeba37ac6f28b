package io.ehcached.protocol;

/** What a request asks for besides its command; none of it holds unless the request has it. */
public enum Option {
  /** Sets the expiry, where the command would leave it. */
  TOUCH(1),
  /** Makes an item where there is none; it expires as {@link Request#vivifyExptime()} says. */
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
  /** The client can be told that it is the one to bring a new value. */
  MAY_WIN(1 << 5),
  /** A read that does not count as one. */
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
  /** The client writes the key in base64, and so it is to be answered. */
  BASE64_KEY(1 << 11);

  private final int bit;

  Option(int bit) {
    this.bit = bit;
  }

  /** Returns the bit that stands for the option in a set of them. */
  int bit() {
    return bit;
  }
}
