package io.ehcached.item;

/** The marks that an item can have: the bits of {@link Item#marks()}. */
public final class Marks {
  /** The value is out of date and should be replaced. */
  public static final int STALE = 1;

  /** A client was told to store a new value. */
  public static final int WON = 1 << 1;

  /** The cas unique is a number of its own, not made from the stamp. */
  public static final int OWN_CAS = 1 << 2;

  private Marks() {}
}
