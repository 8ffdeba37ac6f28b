package io.ehcached.admin;

import io.ehcached.admin.watch.WatchLog;
import io.ehcached.protocol.Stat;
import io.ehcached.store.Store;
import io.ehcached.store.StoreCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/** The statistics of {@code stats} without arguments. */
final class GeneralStats {
  private final Store store;
  private final NodeStatus status;
  private final Counters counters;
  private final WatchLog log;
  private final LongSupplier millis;

  GeneralStats(
      Store store, NodeStatus status, Counters counters, WatchLog log, LongSupplier millis) {
    this.store = store;
    this.log = log;
    this.status = status;
    this.counters = counters;
    this.millis = millis;
  }

  List<Stat> stats(StoreCounts storeCounts) {
    List<Stat> stats = new ArrayList<>();
    addProcess(stats);
    addConnections(stats);
    for (Counter counter : Counter.values()) {
      if (counter == Counter.DELETE_MISSES) { // memcached's place for these two
        stats.add(Stat.of("get_expired", storeCounts.foundExpired()));
        stats.add(Stat.of("get_flushed", storeCounts.foundFlushed()));
      }
      if (counter == Counter.TOTAL_ITEMS) {
        break; // those from here on have other neighbours
      }
      stats.add(count(counter));
    }
    addTraffic(stats);
    addZeros(stats, "slab_reassign_rescues", "slab_reassign_chunk_rescues");
    addZeros(stats, "slab_reassign_evictions_nomem", "slab_reassign_inline_reclaim");
    addZeros(stats, "slab_reassign_busy_items", "slab_reassign_busy_deletes");
    addZeros(stats, "slab_reassign_running", "slabs_moved", "malloc_fails");
    addLog(stats);
    addZeros(stats, "unexpected_napi_ids", "round_robin_fallback");
    addItems(stats, storeCounts);
    status.secondsSinceCertificatesRead().ifPresent(seconds -> addTls(stats, seconds));
    addOurs(stats);
    return stats;
  }

  /** Adds memcached's statistics that are always 0 here: there are no slabs, or no such part. */
  private static void addZeros(List<Stat> stats, String... names) {
    for (String name : names) {
      stats.add(Stat.of(name, 0));
    }
  }

  private void addLog(List<Stat> stats) {
    WatchLog.Counts counts = log.counts();
    stats.add(Stat.of("log_worker_dropped", counts.workerDropped()));
    stats.add(Stat.of("log_worker_written", counts.workerWritten()));
    stats.add(Stat.of("log_watcher_skipped", counts.watcherSkipped()));
    stats.add(Stat.of("log_watcher_sent", counts.watcherSent()));
    stats.add(Stat.of("log_watchers", counts.watchers()));
  }

  private void addProcess(List<Stat> stats) {
    long now = millis.getAsLong();
    stats.add(Stat.of("pid", ProcessHandle.current().pid()));
    stats.add(Stat.of("uptime", Math.max(0, now - status.startMillis()) / 1000));
    stats.add(Stat.of("time", now / 1000));
    stats.add(new Stat("version", status.memcachedVersion()));
    stats.add(new Stat("pointer_size", System.getProperty("sun.arch.data.model", "64")));
    CpuTime cpu = CpuTime.ofThisProcess();
    if (cpu != null) {
      stats.add(new Stat("rusage_user", cpu.user()));
      stats.add(new Stat("rusage_system", cpu.system()));
    }
  }

  private void addConnections(List<Stat> stats) {
    Collection<ConnectionView> open = status.connections();
    stats.add(Stat.of("max_connections", status.maxConnections()));
    stats.add(Stat.of("curr_connections", status.clientCount()));
    stats.add(Stat.of("total_connections", counters.get(Counter.TOTAL_CONNECTIONS)));
    stats.add(Stat.of("rejected_connections", counters.get(Counter.REJECTED_CONNECTIONS)));
    stats.add(Stat.of("connection_structures", open.size()));
    ConnectionLoad load = status.connectionLoad();
    stats.add(count(Counter.RESPONSE_OBJ_OOM));
    stats.add(Stat.of("response_obj_bytes", load.outputBytes()));
    stats.add(Stat.of("read_buf_bytes", load.inputBytes()));
    stats.add(count(Counter.READ_BUF_OOM));
    stats.add(count(Counter.IDLE_KICKS));
  }

  /** Adds the statistics that memcached does not have. */
  private void addOurs(List<Stat> stats) {
    stats.add(count(Counter.PARTIAL_KICKS));
    stats.add(count(Counter.OUTPUT_KICKS));
    stats.add(count(Counter.UDP_DROPPED));
  }

  private Stat count(Counter counter) {
    return Stat.of(counter.statName(), counters.get(counter));
  }

  private void addTraffic(List<Stat> stats) {
    stats.add(Stat.of("auth_cmds", counters.get(Counter.AUTH_CMDS)));
    stats.add(Stat.of("auth_errors", counters.get(Counter.AUTH_ERRORS)));
    stats.add(Stat.of("bytes_read", counters.get(Counter.BYTES_READ)));
    stats.add(Stat.of("bytes_written", counters.get(Counter.BYTES_WRITTEN)));
    stats.add(Stat.of("limit_maxbytes", status.memoryLimit()));
    stats.add(Stat.of("accepting_conns", status.connectionLoad().accepting() ? 1 : 0));
    stats.add(count(Counter.LISTEN_DISABLED_NUM));
    stats.add(count(Counter.TIME_IN_LISTEN_DISABLED_US));
    stats.add(Stat.of("threads", status.threads()));
    stats.add(Stat.of("conn_yields", counters.get(Counter.CONN_YIELDS)));
  }

  private void addTls(List<Stat> stats, long secondsSinceCertificatesRead) {
    if (status.resumesTlsSessions()) { // else all are new
      stats.add(Stat.of("ssl_new_sessions", counters.get(Counter.SSL_NEW_SESSIONS)));
    }
    stats.add(Stat.of("ssl_handshake_errors", counters.get(Counter.SSL_HANDSHAKE_ERRORS)));
    stats.add(Stat.of("ssl_proto_errors", counters.get(Counter.SSL_PROTO_ERRORS)));
    stats.add(Stat.of("time_since_server_cert_refresh", secondsSinceCertificatesRead));
  }

  private void addItems(List<Stat> stats, StoreCounts storeCounts) {
    stats.add(Stat.of("bytes", store.bytes()));
    stats.add(Stat.of("curr_items", store.size()));
    stats.add(Stat.of("total_items", counters.get(Counter.TOTAL_ITEMS)));
    addZeros(stats, "slab_global_page_pool");
    stats.add(Stat.of("expired_unfetched", storeCounts.reclaimedUnfetched()));
    stats.add(Stat.of("evicted_unfetched", storeCounts.evictedUnfetched()));
    stats.add(Stat.of("evictions", storeCounts.evicted()));
    stats.add(Stat.of("reclaimed", storeCounts.reclaimed()));
    addZeros(stats, "crawler_reclaimed", "crawler_items_checked", "lrutail_reflocked");
  }
}
