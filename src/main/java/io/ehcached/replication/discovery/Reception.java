package io.ehcached.replication.discovery;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was heard of late through one multicast group; a change is logged. */
final class Reception {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final int INTERVALS = 5; // as many heartbeats may be missed

  private final String place;
  private final long spanNanos;
  private final LongSupplier nanos;
  private final long begin;
  private final Map<MulticastState, Long> heard = new EnumMap<>(MulticastState.class);
  private MulticastState reported = MulticastState.STARTING; // guarded by this, as is the map

  /**
   * Begins with nothing heard.
   *
   * @param place the group and the interface, for the log
   * @param intervalMillis between two heartbeats of a node
   */
  Reception(String place, int intervalMillis, LongSupplier nanos) {
    this.place = place;
    this.spanNanos = TimeUnit.MILLISECONDS.toNanos((long) INTERVALS * intervalMillis);
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
  }

  /** Takes in that a datagram came. */
  synchronized void heard(MulticastState what) {
    heard.put(what, nanos.getAsLong());
  }

  /** Returns the most useful of what was heard of late. */
  synchronized MulticastState state() {
    long now = nanos.getAsLong();
    heard.values().removeIf(then -> now - then > spanNanos);
    MulticastState best =
        heard.keySet().stream().reduce(MulticastState.SILENT, (a, b) -> a.compareTo(b) > 0 ? a : b);
    boolean early = best.compareTo(MulticastState.ONLY_OWN) <= 0 && now - begin < spanNanos;
    return early ? MulticastState.STARTING : best;
  }

  /** Logs what is heard, if that has changed since the last time. */
  synchronized void report() {
    MulticastState now = state();
    if (now == reported) {
      return;
    }
    boolean wrong = now == MulticastState.SILENT || now == MulticastState.OTHER_REGION;
    reported = now;
    if (wrong) {
      LOG.warn("Multicast group {}: {}", place, now.text());
    } else if (now != MulticastState.STARTING) {
      LOG.info("Multicast group {}: {}", place, now.text());
    }
  }
}
