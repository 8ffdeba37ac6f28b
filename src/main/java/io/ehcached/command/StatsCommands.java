package io.ehcached.command;

import io.ehcached.admin.NodeStatus;
import io.ehcached.admin.RequestMonitoring;
import io.ehcached.protocol.Decimal;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Stream;
import io.ehcached.protocol.Wire;
import java.util.List;

/** The {@code stats} subcommands that need counting: by prefix, by size, and item by item. */
final class StatsCommands {
  private static final int SLAB_CLASSES = 64;
  private static final int ONLY_CLASS = 1;
  private static final int CACHEDUMP_WORDS = 3;

  private final NodeStatus status;
  private final RequestMonitoring monitoring;
  private final Dumps dumps;

  StatsCommands(NodeStatus status, RequestMonitoring monitoring, Dumps dumps) {
    this.status = status;
    this.monitoring = monitoring;
    this.dumps = dumps;
  }

  Response stats(Request request) {
    List<String> arguments = request.arguments();
    return switch (arguments.get(0)) {
      case "sizes" -> monitoring.tracksSizes() ? streamed(dumps.sizes()) : sizesStatus();
      case "sizes_enable" -> switchSizes(true);
      case "sizes_disable" -> switchSizes(false);
      case "detail" -> detail(arguments.size() > 1 ? arguments.get(1) : "");
      case "cachedump" ->
          request.wire() == Wire.TEXT // nor does memcached give it to others
              ? cachedump(arguments)
              : Response.of(Status.UNKNOWN_COMMAND);
      default -> Response.of(Status.UNKNOWN_COMMAND);
    };
  }

  private Response switchSizes(boolean on) {
    monitoring.trackSizes(on);
    return sizesStatus();
  }

  private Response sizesStatus() {
    String status = monitoring.tracksSizes() ? "enabled" : "disabled";
    return Response.of(List.of(new Stat("sizes_status", status)));
  }

  private Response detail(String what) {
    if (!status.dumpAllowed()) {
      return Response.of(Status.NOT_ALLOWED, "stats detail not allowed");
    }
    return switch (what) {
      case "on", "off" -> {
        monitoring.prefixes().turn(what.equals("on"));
        yield Response.of(Status.OK, "OK");
      }
      case "dump" -> Response.of(monitoring.prefixes().dump());
      default -> Response.of(Status.BAD_ARGUMENT, "usage: stats detail on|off|dump");
    };
  }

  private Response cachedump(List<String> arguments) {
    if (!status.dumpAllowed()) {
      return Response.of(Status.NOT_ALLOWED, "stats cachedump not allowed");
    }
    if (arguments.size() < CACHEDUMP_WORDS) {
      return Response.of(Status.BAD_ARGUMENT, "bad command line");
    }
    long slabClass = Decimal.unsigned32(arguments.get(1));
    long limit = Decimal.unsigned32(arguments.get(2));
    if (slabClass < 0 || limit < 0) {
      return Response.of(Status.BAD_FORMAT);
    }
    if (slabClass >= SLAB_CLASSES) {
      return Response.of(Status.BAD_ARGUMENT, "Illegal slab id");
    }
    long max = limit == 0 ? Long.MAX_VALUE : limit;
    return streamed(dumps.items(slabClass == ONLY_CLASS ? max : 0));
  }

  private static Response streamed(Stream stream) {
    return stream == null
        ? Response.of(Status.SERVER_ERROR, "busy: too many lists are being read; try again")
        : Response.of(stream);
  }
}
