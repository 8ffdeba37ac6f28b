package io.ehcached.monitor;

import io.ehcached.admin.NodeStatus;
import io.ehcached.monitor.http.Caller;
import io.ehcached.monitor.http.HttpReply;
import io.ehcached.monitor.http.HttpServer;
import io.ehcached.monitor.http.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An admin port that answers over HTTP. */
final class HttpAdminPort implements AdminPort {
  private static final Logger LOG = LoggerFactory.getLogger(HttpAdminPort.class);

  private final NodeStatus node;
  private final Runnable leave;
  private MetricsPage metrics; // made when first asked for, since that takes a while
  private final HttpServer server;

  HttpAdminPort(
      InetSocketAddress address, NodeStatus node, Runnable leave, Collection<String> names)
      throws IOException {
    this.node = node;
    this.leave = leave;
    this.server = HttpServer.start(address, routes(), names);
  }

  private List<Route> routes() {
    return List.of(
        get("/metrics", "what Prometheus reads", this::metrics),
        new Route(
            "GET",
            "/healthz",
            "200 while the event loops answer",
            caller -> Health.check(node.eventLoops())),
        get("/readyz", "200 while clients may be sent here", this::readiness),
        get("/cluster.json", "the cluster as this node sees it", () -> ClusterPage.reply(node)),
        new Route("POST", "/drain", "lets the node leave, and stop", at(this::drain)));
  }

  private static Route get(String path, String about, Supplier<HttpReply> page) {
    return new Route("GET", path, about, at(caller -> page.get()));
  }

  private static Function<Caller, CompletionStage<HttpReply>> at(Function<Caller, HttpReply> once) {
    return caller -> CompletableFuture.completedFuture(once.apply(caller));
  }

  private HttpReply metrics() {
    if (metrics == null) {
      metrics = new MetricsPage(node);
    }
    return metrics.reply();
  }

  private HttpReply readiness() {
    List<String> reasons = node.unready();
    List<String> lines = new ArrayList<>(reasons.isEmpty() ? List.of("ready") : reasons);
    lines.addAll(node.notes());
    node.warnings().forEach(warning -> lines.add("warning: " + warning));
    return HttpReply.text(reasons.isEmpty() ? 200 : 503, String.join("\n", lines));
  }

  private HttpReply drain(Caller caller) {
    if (!caller.isOnThisMachine()) {
      LOG.warn("{} was not allowed to let this node leave", caller.remote());
      return HttpReply.text(403, "a node is told to leave from the machine that it runs on");
    } else if (caller.page()) {
      return HttpReply.text(403, "a node is not told to leave by a web page");
    }
    leave.run();
    return HttpReply.text(202, "leaving; /readyz fails from here on, and the node stops by itself");
  }

  @Override
  public Optional<InetSocketAddress> address() {
    return Optional.of(server.address());
  }

  @Override
  public void close() {
    server.close();
  }
}
