package io.ehcached.command;

import io.ehcached.admin.Counters;
import io.ehcached.admin.Latencies;
import io.ehcached.admin.NodeAdmin;
import io.ehcached.admin.NodeStatus;
import io.ehcached.admin.RequestMonitoring;
import io.ehcached.admin.StatsReport;
import io.ehcached.admin.watch.LogBuffer;
import io.ehcached.admin.watch.LogEntry;
import io.ehcached.admin.watch.LogKind;
import io.ehcached.protocol.Limits;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import java.util.function.LongSupplier;

/** The commands of a node: the parts that the executors of all its threads share. */
public final class Commands {
  private static final long MILLIS = 1000;

  private final Store store;
  private final NodeStatus status;
  private final NodeAdmin admin;
  private final Counters counters;
  private final Limits limits;
  private final LongSupplier millis;
  private final StatsReport report;
  private final Cluster cluster;
  private final RequestMonitoring monitoring;
  private final Dumps dumps;
  private CommandExecutor late;

  /** Makes the commands of a node without peers. */
  public Commands(
      Store store,
      NodeStatus status,
      NodeAdmin admin,
      Counters counters,
      Limits limits,
      LongSupplier millis) {
    this(
        store,
        status,
        admin,
        counters,
        limits,
        millis,
        Cluster.NONE,
        RequestMonitoring.withDefaults());
  }

  /**
   * Makes a node's commands.
   *
   * @param limits how large an item may become by {@code append} and {@code prepend}
   * @param millis the wall clock, in milliseconds since the epoch
   * @param cluster the nodes that hold the same
   * @param monitoring who wants to know of requests
   */
  public Commands(
      Store store,
      NodeStatus status,
      NodeAdmin admin,
      Counters counters,
      Limits limits,
      LongSupplier millis,
      Cluster cluster,
      RequestMonitoring monitoring) {
    this.cluster = cluster;
    this.monitoring = monitoring;
    this.store = store;
    this.status = status;
    this.admin = admin;
    this.counters = counters;
    this.limits = limits;
    this.millis = millis;
    this.report = new StatsReport(store, status, counters, monitoring, millis);
    this.dumps = new Dumps(store);
    LogBuffer evictions = monitoring.log().newBuffer();
    store.onEviction(item -> evicted(item, evictions));
  }

  /** Reports an eviction to watchers. */
  private void evicted(StoredItem item, LogBuffer log) {
    if (log.isWatched(LogKind.EVICTIONS) && item.keyLength() > 0) { // a flush has no key
      long now = millis.getAsLong();
      long dies = store.end(item);
      log.add(
          new LogEntry.Evicted(
              item.key(),
              item.isUsed(),
              dies == Long.MAX_VALUE ? -1 : Math.max(0, dies - now) / MILLIS,
              Math.max(0, now - item.lastUse()) / MILLIS,
              item.value().length));
    }
  }

  /** Returns an executor for one thread, with counters of its own. */
  public CommandExecutor newExecutor() {
    return cluster == Cluster.NONE ? newPlainExecutor() : newClusterExecutor();
  }

  /** Returns an executor for one thread that also measures latencies. */
  public CommandExecutor newTimedExecutor(Latencies latencies) {
    return new TimedExecutor(newExecutor(), latencies, cluster);
  }

  private synchronized CommandExecutor newClusterExecutor() {
    if (late == null) {
      late = newWaitingExecutor();
    }
    return new CopyingExecutor(newWaitingExecutor(), late, store, cluster);
  }

  private CommandExecutor newWaitingExecutor() {
    return new SynchronousExecutor(newPlainExecutor(), cluster);
  }

  private CommandExecutor newPlainExecutor() {
    Counters.Cell counts = counters.newCell();
    return new RequestExecutor(
        new GetCommands(store, status, counts),
        new MetaGetCommands(store, counts),
        new StorageCommands(store, counts),
        new Arithmetic(store, counts),
        new ServerCommands(
            store, status, admin, report, new StatsCommands(status, monitoring, dumps), counts),
        new CrawlerCommands(status, dumps, monitoring.log()),
        monitoring,
        new RequestObserver(store, monitoring.prefixes(), monitoring.log().newBuffer()),
        store,
        limits,
        millis);
  }
}
