package io.ehcached.command;

import io.ehcached.admin.Counters;
import io.ehcached.admin.NodeControl;
import io.ehcached.admin.StatsReport;
import io.ehcached.protocol.Limits;
import io.ehcached.store.Store;
import java.util.function.LongSupplier;

/** The commands of one node: what they work on, shared by the executors of all its threads. */
public final class Commands {
  private final Store store;
  private final NodeControl control;
  private final Counters counters;
  private final Limits limits;
  private final LongSupplier millis;
  private final StatsReport report;
  private final Cluster cluster;
  private CommandExecutor late;

  /** Makes the commands of a node that stands alone. */
  public Commands(
      Store store, NodeControl control, Counters counters, Limits limits, LongSupplier millis) {
    this(store, control, counters, limits, millis, null);
  }

  /**
   * Makes a node's commands.
   *
   * @param limits how large an item may become by {@code append} and {@code prepend}
   * @param millis the wall clock, in milliseconds since the epoch
   * @param cluster the nodes that hold the same; null when there are none
   */
  public Commands(
      Store store,
      NodeControl control,
      Counters counters,
      Limits limits,
      LongSupplier millis,
      Cluster cluster) {
    this.cluster = cluster;
    this.store = store;
    this.control = control;
    this.counters = counters;
    this.limits = limits;
    this.millis = millis;
    this.report = new StatsReport(store, control, counters, millis);
  }

  /** Returns an executor for one thread, which counts in a cell of its own. */
  public CommandExecutor newExecutor() {
    return cluster == null ? newPlainExecutor() : newClusterExecutor();
  }

  private synchronized CommandExecutor newClusterExecutor() {
    if (late == null) {
      late = newWaitingExecutor();
    }
    return new CopyingExecutor(newWaitingExecutor(), late, store, cluster);
  }

  private CommandExecutor newWaitingExecutor() {
    CommandExecutor executor = newPlainExecutor();
    return cluster.isSynchronous() ? new SynchronousExecutor(executor, cluster) : executor;
  }

  private CommandExecutor newPlainExecutor() {
    Counters.Cell counts = counters.newCell();
    return new Executor(
        new Reading(store, counts),
        new Fetching(store, counts),
        new Storing(store, counts),
        new Arithmetic(store, counts),
        new Administration(store, control, report, counts),
        store,
        limits,
        millis);
  }
}
