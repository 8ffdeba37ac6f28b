package io.ehcached.monitor;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Latencies;
import io.ehcached.admin.NodeStatus;
import io.ehcached.monitor.Families.Family;
import io.ehcached.protocol.Command;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The metrics of clients: their connections, their commands and latencies. Metrics that Prometheus'
 * {@code memcached_exporter} has as well have the same name, which begins with {@code memcached_}
 * there.
 */
final class ClientMetrics {
  private static final double NANOS = 1e9;

  private ClientMetrics() {}

  static void add(NodeStatus node, Families to) {
    ToLongFunction<Counter> total = node.counters()::total;
    connections(node, total, to);
    to.counter("read_bytes", "Bytes that came from clients.")
        .add(total.applyAsLong(Counter.BYTES_READ));
    to.counter("written_bytes", "Bytes that went to clients.")
        .add(total.applyAsLong(Counter.BYTES_WRITTEN));
    to.counter("udp_dropped", "Datagrams that were not answered.")
        .add(total.applyAsLong(Counter.UDP_DROPPED));
    commands(total, to);
    latencies(node.latencies(), to);
  }

  private static void connections(NodeStatus node, ToLongFunction<Counter> total, Families to) {
    to.gauge("current_connections", "Clients connected.").add(node.clientCount());
    to.gauge("max_connections", "Clients that may be connected at once.")
        .add(node.maxConnections());
    to.gauge("accepting_connections", "Whether the next client would be accepted at once.")
        .add(node.connectionLoad().accepting() ? 1 : 0);
    to.counter("connections", "Clients accepted.")
        .add(total.applyAsLong(Counter.TOTAL_CONNECTIONS));
    to.counter("connections_rejected", "Clients turned away since there were too many.")
        .add(total.applyAsLong(Counter.REJECTED_CONNECTIONS));
    to.counter("connections_yielded", "Times that a client had to let others go first.")
        .add(total.applyAsLong(Counter.CONN_YIELDS));
    to.counter("connections_listener_disabled", "Times that listening was stopped.")
        .add(total.applyAsLong(Counter.LISTEN_DISABLED_NUM));
    Family closed = to.counter("connections_closed", "Clients closed by the node, by reason.");
    closed.add(total.applyAsLong(Counter.IDLE_KICKS), "reason", "idle");
    closed.add(total.applyAsLong(Counter.PARTIAL_KICKS), "reason", "partial");
    closed.add(total.applyAsLong(Counter.OUTPUT_KICKS), "reason", "output");
    closed.add(total.applyAsLong(Counter.RESPONSE_OBJ_OOM), "reason", "output_memory");
    Family held = to.gauge("connection_held_bytes", "What half commands and answers hold.");
    held.add(node.connectionLoad().inputBytes(), "side", "input");
    held.add(node.connectionLoad().outputBytes(), "side", "output");
    Family authentications = to.counter("authentications", "Tries to authenticate, by result.");
    long failed = total.applyAsLong(Counter.AUTH_ERRORS);
    authentications.add(Math.max(0, total.applyAsLong(Counter.AUTH_CMDS) - failed), "result", "ok");
    authentications.add(failed, "result", "failed");
    Family tls = to.counter("tls_errors", "TLS connections that failed, by when they did.");
    tls.add(total.applyAsLong(Counter.SSL_HANDSHAKE_ERRORS), "phase", "handshake");
    tls.add(total.applyAsLong(Counter.SSL_PROTO_ERRORS), "phase", "open");
  }

  private static void commands(ToLongFunction<Counter> total, Families to) {
    Family commands = to.counter("commands", "Keys in requests, by command and what came of it.");
    pair(commands, total, "get", Counter.GET_HITS, Counter.GET_MISSES);
    pair(commands, total, "delete", Counter.DELETE_HITS, Counter.DELETE_MISSES);
    pair(commands, total, "incr", Counter.INCR_HITS, Counter.INCR_MISSES);
    pair(commands, total, "decr", Counter.DECR_HITS, Counter.DECR_MISSES);
    pair(commands, total, "touch", Counter.TOUCH_HITS, Counter.TOUCH_MISSES);
    pair(commands, total, "cas", Counter.CAS_HITS, Counter.CAS_MISSES);
    long badval = total.applyAsLong(Counter.CAS_BADVAL);
    commands.add(badval, "command", "cas", "status", "badval");
    long cas = badval + total.applyAsLong(Counter.CAS_HITS) + total.applyAsLong(Counter.CAS_MISSES);
    commands.add(
        Math.max(0, total.applyAsLong(Counter.CMD_SET) - cas), "command", "set", "status", "hit");
    commands.add(total.applyAsLong(Counter.CMD_FLUSH), "command", "flush", "status", "hit");
  }

  private static void pair(
      Family to, ToLongFunction<Counter> total, String command, Counter hits, Counter misses) {
    to.add(total.applyAsLong(hits), "command", command, "status", "hit");
    to.add(total.applyAsLong(misses), "command", command, "status", "miss");
  }

  private static void latencies(Latencies latencies, Families to) {
    Families.Histogram durations =
        to.histogram(
            "command_duration_seconds",
            "From when an event loop turned to what had arrived until the batch was answered.");
    long[] nanos = Latencies.bounds();
    double[] bounds = new double[nanos.length + 1];
    for (int i = 0; i < nanos.length; i++) {
      bounds[i] = nanos[i] / NANOS;
    }
    bounds[nanos.length] = Double.POSITIVE_INFINITY;
    for (Map.Entry<Command, Latencies.Histogram> one : latencies.histograms().entrySet()) {
      durations.add(
          bounds,
          one.getValue().counts().stream().mapToLong(Long::longValue).toArray(),
          one.getValue().nanos() / NANOS,
          "command",
          one.getKey().name().toLowerCase(Locale.ROOT));
    }
  }
}
