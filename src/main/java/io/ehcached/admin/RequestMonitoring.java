package io.ehcached.admin;

import io.ehcached.admin.watch.WatchLog;

/**
 * The parts that observe requests and items only while somebody asks for it: the log of watchers,
 * {@code stats detail} and {@code stats sizes}.
 */
public final class RequestMonitoring {
  private final WatchLog log;
  private final PrefixStats prefixes;
  private volatile boolean tracksSizes;

  /**
   * Makes one.
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

  /** Returns one with memcached's defaults, that nobody looks at yet. */
  public static RequestMonitoring withDefaults() {
    return new RequestMonitoring(
        WatchLog.withDefaults(), new PrefixStats(PrefixStats.DEFAULT_DELIMITER, false), false);
  }

  /** Returns what watchers are sent. */
  public WatchLog log() {
    return log;
  }

  /** Returns what {@code stats detail} counts. */
  public PrefixStats prefixes() {
    return prefixes;
  }

  /** Tells whether anybody wants to know of requests; asked once for a batch. */
  public boolean seesRequests() {
    return log.isWatched() || prefixes.isOn();
  }

  /** Tells whether {@code stats sizes} looks at all items, or says that it does not. */
  public boolean tracksSizes() {
    return tracksSizes;
  }

  /** Sets {@link #tracksSizes()}. */
  public void trackSizes(boolean tracks) {
    tracksSizes = tracks;
  }
}
