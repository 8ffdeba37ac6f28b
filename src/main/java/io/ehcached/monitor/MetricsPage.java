package io.ehcached.monitor;

import io.ehcached.admin.NodeStatus;
import io.ehcached.admin.RegionStatus;
import io.ehcached.monitor.http.HttpReply;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page that Prometheus reads, in its text format: the node's metrics, and the JVM's. */
final class MetricsPage {
  private final NodeStatus node;
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  MetricsPage(NodeStatus node) {
    this.node = node;
    JvmMetrics.builder().register(registry);
    registry.register(this::collect);
  }

  private MetricSnapshots collect() {
    Families to = new Families();
    to.gauge("info", "1; the labels tell which node this is.")
        .add(
            1,
            "name",
            node.name(),
            "version",
            node.version(),
            "memcached_version",
            node.memcachedVersion(),
            "region",
            node.region().map(RegionStatus::name).orElse(""));
    to.gauge("uptime_seconds", "How long ago the node started.")
        .add((System.currentTimeMillis() - node.startMillis()) / 1000.0);
    to.gauge("ready", "Whether clients may be sent here, as /readyz says.")
        .add(node.unready().isEmpty() ? 1 : 0);
    ClientMetrics.add(node, to);
    node.region().ifPresent(region -> RegionMetrics.add(region, node.counters(), to));
    node.replication().ifPresent(status -> PeerMetrics.add(status, node.networkCounts(), to));
    NameMetrics.add(node.peerNames(), to);
    NettyMetrics.add(node.eventLoops(), to);
    return to.snapshots();
  }

  HttpReply reply() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return HttpReply.of(200, writer.getContentType(), out.toString(StandardCharsets.UTF_8));
  }
}
