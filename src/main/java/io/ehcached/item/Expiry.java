package io.ehcached.item;

/**
 * The expiry of an item, in milliseconds since the epoch, and its calculation from {@code exptime}.
 */
public final class Expiry {
  /** No expiry of its own: the region's time to live and time to idle apply. */
  public static final long REGION = 0;

  /** The longest {@code exptime} that counts from now, in seconds; a larger one is a Unix time. */
  public static final long MAX_RELATIVE_SECONDS = 60 * 60 * 24 * 30;

  private static final long LONG_AGO = 1;

  /** The latest expiry, in seconds since the epoch: so far that sums do not overflow. */
  private static final long LATEST_SECONDS = Long.MAX_VALUE / 1000 / 2;

  private Expiry() {}

  /**
   * Returns the expiry that a client's {@code exptime} means: 0 is {@link #REGION}, a negative one
   * is in the past, one of up to 30 days counts from now, and a larger one is a Unix time ({@code
   * protocol.txt}, "Expiration times").
   *
   * @param exptime in seconds, as the client sent it
   * @param now in milliseconds since the epoch
   */
  public static long of(long exptime, long now) {
    if (exptime == 0) {
      return REGION;
    }
    if (exptime < 0) {
      return LONG_AGO;
    }
    return exptime <= MAX_RELATIVE_SECONDS
        ? now + exptime * 1000
        : Math.min(exptime, LATEST_SECONDS) * 1000;
  }

  /** Tells whether an item with this expiry is dead at {@code now}; {@link #REGION} never is. */
  public static boolean isPast(long expiry, long now) {
    return expiry != REGION && expiry <= now;
  }
}
