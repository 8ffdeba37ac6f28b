package io.ehcached.command;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.admin.NodeAdmin;
import io.ehcached.admin.NodeStatus;
import io.ehcached.admin.StatsReport;
import io.ehcached.item.Expiry;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.Store;
import java.util.List;

/** The commands that concern the node rather than one item. */
final class ServerCommands {
  private static final int VERBOSITY_MAX = 2;
  private static final long MEGABYTE = 1024 * 1024;
  private static final long MEMLIMIT_MIN = 8;
  private static final long MEMLIMIT_MAX = 1_000_000_000;

  private final Store store;
  private final NodeStatus status;
  private final NodeAdmin admin;
  private final StatsReport report;
  private final StatsCommands details;
  private final Counters.Cell counts;

  ServerCommands(
      Store store,
      NodeStatus status,
      NodeAdmin admin,
      StatsReport report,
      StatsCommands details,
      Counters.Cell counts) {
    this.store = store;
    this.status = status;
    this.admin = admin;
    this.report = report;
    this.details = details;
    this.counts = counts;
  }

  /**
   * Flushes now, or at the moment that the delay means; one that is past kills what was written
   * before it.
   */
  Response flushAll(Request request, long now) {
    counts.increment(Counter.CMD_FLUSH);
    if (!status.flushAllowed()) {
      return Response.of(Status.NOT_ALLOWED, "flush_all not allowed");
    }
    if (request.exptime() > 0) {
      store.flushAt(Expiry.of(request.exptime(), now));
    } else {
      store.flush();
    }
    return Response.of(Status.OK);
  }

  Response version() {
    return Response.of(Status.OK, status.memcachedVersion());
  }

  Response verbosity(long level) {
    admin.verbosity(Long.compareUnsigned(level, VERBOSITY_MAX) > 0 ? VERBOSITY_MAX : (int) level);
    return Response.of(Status.OK);
  }

  /** Bounds the region; memcached's answers start with a word that names the kind of trouble. */
  Response cacheMemlimit(long megabytes) {
    if (Long.compareUnsigned(megabytes, MEMLIMIT_MIN) < 0) {
      return badArgument("MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m");
    }
    if (Long.compareUnsigned(megabytes, MEMLIMIT_MAX) > 0) {
      return badArgument("MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes");
    }
    if (!admin.memoryLimit(megabytes * MEGABYTE)) {
      return badArgument(
          "MEMLIMIT_ADJUST_FAILED the region is not bounded in bytes;"
              + " give it maxBytesLocalHeap in ehcache.xml, or start with -m");
    }
    return Response.of(Status.OK);
  }

  /** Reads the certificates again; memcached's answers for trouble start with this word alone. */
  Response refreshCerts() {
    return admin
        .refreshCertificates()
        .map(trouble -> badArgument("Error " + trouble))
        .orElseGet(() -> Response.of(Status.OK));
  }

  Response shutdown(List<String> arguments) {
    if (!status.shutdownAllowed()) {
      return Response.of(Status.NOT_ALLOWED, "shutdown not enabled");
    }
    if (!arguments.isEmpty() && !arguments.get(0).equals("graceful")) {
      return badArgument("invalid shutdown mode");
    }
    if (arguments.isEmpty()) {
      admin.shutdown();
    } else {
      admin.leave();
    }
    return Response.of(Status.OK);
  }

  Response stats(Request request) {
    List<String> arguments = request.arguments();
    if (arguments.isEmpty()) {
      return Response.of(report.general());
    }
    return switch (arguments.get(0)) {
      case "settings" -> Response.of(report.settings());
      case "items" -> Response.of(report.items());
      case "slabs" -> Response.of(report.slabs());
      case "conns" -> Response.of(report.connections());
      case "replication" -> Response.of(status.replicationStats());
      case "reset" -> {
        report.reset();
        yield Response.of(Status.OK);
      }
      default -> details.stats(request);
    };
  }

  private static Response badArgument(String text) {
    return Response.of(Status.BAD_ARGUMENT, text);
  }
}
