package io.ehcached.admin;

import io.ehcached.admin.watch.WatchLog;

/**
 * The observation of requests that can be switched on: the log of watchers, {@code stats detail}
 * and {@code stats sizes}.
 */
public final class RequestMonitoring {
  private final WatchLog log;
  private final PrefixStats prefixes;
  private volatile boolean tracksSizes;

  /**
   * Creates the observation.
   *
   * @param log what watchers are sent
   * @param prefixes what {@code stats detail} counts
   * @param tracksSizes whether {@code stats sizes} looks at all items from the start
   */
  public RequestMonitoring(WatchLog log, PrefixStats prefixes, boolean tracksSizes) {
    this.log = log;
    this.prefixes = prefixes;
    this.tracksSizes = tracksSizes;
  }

  /** Returns an observation with memcached's defaults, without watchers. */
  public static RequestMonitoring withDefaults() {
    return new RequestMonitoring(
        WatchLog.withDefaults(), new PrefixStats(PrefixStats.DEFAULT_DELIMITER, false), false);
  }

  /** Returns the log of watchers. */
  public WatchLog log() {
    return log;
  }

  /** Returns the counts of {@code stats detail}. */
  public PrefixStats prefixes() {
    return prefixes;
  }

  /** Tells whether requests are to be observed; asked once for a batch. */
  public boolean seesRequests() {
    return log.isWatched() || prefixes.isOn();
  }

  /** Tells whether {@code stats sizes} is enabled. */
  public boolean tracksSizes() {
    return tracksSizes;
  }

  /** Sets {@link #tracksSizes()}. */
  public void trackSizes(boolean tracks) {
    tracksSizes = tracks;
  }
}
