package io.ehcached.admin;

import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Stream;
import io.ehcached.store.Store;
import io.ehcached.store.StoreCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The answers to {@code stats}: memcached's names in memcached's order ({@code protocol.txt},
 * "Statistics"). Those that describe memcached's internals, which do not exist here, are left out.
 */
public final class StatsReport {
  private final Store store;
  private final NodeStatus status;
  private final Counters counters;
  private final RequestMonitoring observation;
  private final LongSupplier millis;
  private final GeneralStats general;
  private volatile StoreCounts atReset = StoreCounts.ZERO;

  /**
   * Makes a node's report.
   *
   * @param millis the wall clock, in milliseconds since the epoch
   */
  public StatsReport(
      Store store,
      NodeStatus status,
      Counters counters,
      RequestMonitoring observation,
      LongSupplier millis) {
    this.store = store;
    this.observation = observation;
    this.status = status;
    this.counters = counters;
    this.millis = millis;
    this.general = new GeneralStats(store, status, counters, observation.log(), millis);
  }

  /** Returns the statistics of {@code stats} without arguments. */
  public List<Stat> general() {
    return general.stats(storeCounts());
  }

  /** Returns the statistics of {@code stats settings}. */
  public List<Stat> settings() {
    return status.settings();
  }

  /** Returns the statistics of {@code stats items}, with all items in a single slab class. */
  public List<Stat> items() {
    long items = store.size();
    if (items == 0) {
      return List.of();
    }
    StoreCounts counts = storeCounts();
    long now = millis.getAsLong();
    List<Stat> stats = new ArrayList<>();
    stats.add(Stat.of("items:1:number", items));
    if (store.oldestUse() != Long.MAX_VALUE) {
      stats.add(Stat.of("items:1:age", Math.max(0, now - store.oldestUse()) / 1000));
    }
    stats.add(Stat.of("items:1:mem_requested", store.bytes()));
    stats.add(Stat.of("items:1:evicted", counts.evicted()));
    stats.add(Stat.of("items:1:evicted_nonzero", counts.evictedMortal()));
    stats.add(Stat.of("items:1:evicted_time", counts.evictedIdleMillis() / 1000));
    stats.add(Stat.of("items:1:outofmemory", counters.get(Counter.STORE_NO_MEMORY)));
    stats.add(Stat.of("items:1:tailrepairs", 0)); // nothing leaks references
    stats.add(Stat.of("items:1:reclaimed", counts.reclaimed()));
    stats.add(Stat.of("items:1:expired_unfetched", counts.reclaimedUnfetched()));
    stats.add(Stat.of("items:1:evicted_unfetched", counts.evictedUnfetched()));
    stats.add(Stat.of("items:1:crawler_reclaimed", 0)); // there is no crawler, nor
    stats.add(Stat.of("items:1:crawler_items_checked", 0));
    stats.add(Stat.of("items:1:lrutail_reflocked", 0)); // a list that could be locked
    return stats;
  }

  /** Returns the statistics of {@code stats slabs}, with all items in a single slab class. */
  public List<Stat> slabs() {
    long items = store.size();
    List<Stat> stats = new ArrayList<>();
    if (items > 0) {
      stats.add(Stat.of("1:used_chunks", items));
      stats.add(Stat.of("1:get_hits", counters.get(Counter.GET_HITS)));
      stats.add(Stat.of("1:cmd_set", counters.get(Counter.CMD_SET)));
      stats.add(Stat.of("1:delete_hits", counters.get(Counter.DELETE_HITS)));
      stats.add(Stat.of("1:incr_hits", counters.get(Counter.INCR_HITS)));
      stats.add(Stat.of("1:decr_hits", counters.get(Counter.DECR_HITS)));
      stats.add(Stat.of("1:cas_hits", counters.get(Counter.CAS_HITS)));
      stats.add(Stat.of("1:cas_badval", counters.get(Counter.CAS_BADVAL)));
      stats.add(Stat.of("1:touch_hits", counters.get(Counter.TOUCH_HITS)));
    }
    stats.add(Stat.of("active_slabs", items > 0 ? 1 : 0));
    stats.add(Stat.of("total_malloced", store.bytes()));
    return stats;
  }

  /** Returns the statistics of {@code stats conns}. */
  public Stream connections() {
    return new LineStream<>(status.connections().iterator(), StatsReport::describe);
  }

  private static List<Stream.StatLine> describe(ConnectionView connection) {
    String prefix = connection.id() + ":";
    List<Stream.StatLine> lines = new ArrayList<>();
    lines.add(line(prefix + "addr", connection.address()));
    if (connection.listenAddress() != null) {
      lines.add(line(prefix + "listen_addr", connection.listenAddress()));
    }
    lines.add(line(prefix + "state", connection.state()));
    lines.add(
        line(prefix + "secs_since_last_cmd", Long.toString(connection.secondsSinceLastCommand())));
    return lines;
  }

  private static Stream.StatLine line(String name, String value) {
    return new Stream.StatLine(new Stat(name, value));
  }

  /** Resets the counts. */
  public void reset() {
    counters.reset();
    observation.log().reset();
    observation.prefixes().reset();
    atReset = store.counts();
  }

  private StoreCounts storeCounts() {
    return store.counts().since(atReset);
  }
}
