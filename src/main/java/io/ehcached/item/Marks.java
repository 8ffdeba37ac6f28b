package io.ehcached.item;

/** What an item can be marked with: bits of {@link Item#marks()}. */
public final class Marks {
  /** The value is out of date, and is to be replaced. */
  public static final int STALE = 1;

  /** A client was told to bring a new value. */
  public static final int WON = 1 << 1;

  /** The cas unique is a number of its own, and not the stamp. */
  public static final int OWN_CAS = 1 << 2;

  private Marks() {}
}
