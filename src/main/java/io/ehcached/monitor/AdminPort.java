package io.ehcached.monitor;

import io.ehcached.monitor.http.Caller;
import io.ehcached.monitor.http.HttpReply;
import io.ehcached.monitor.http.HttpServer;
import io.ehcached.monitor.http.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin port, at which operators query a node and can tell it to leave. */
public final class AdminPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminPort.class);

  private final NodeView node;
  private MetricsPage metrics; // made when first asked for, since that takes a while
  private final HttpServer server;

  private AdminPort(InetSocketAddress address, NodeView node, Collection<String> names)
      throws IOException {
    this.node = node;
    this.server = HttpServer.start(address, routes(), names);
  }

  /**
   * Opens the port; the node need not serve clients yet.
   *
   * @param address where to listen; port 0 is any free one
   * @param names by which it may be asked, besides addresses and {@code localhost}
   * @throws IOException when it cannot be listened on
   */
  public static AdminPort open(InetSocketAddress address, NodeView node, Collection<String> names)
      throws IOException {
    return new AdminPort(address, node, names);
  }

  private List<Route> routes() {
    return List.of(
        get("/metrics", "what Prometheus reads", this::metrics),
        new Route(
            "GET",
            "/healthz",
            "200 while the event loops answer",
            caller -> Health.check(node.loops())),
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
    return reasons.isEmpty()
        ? HttpReply.text(200, "ready")
        : HttpReply.text(503, String.join("\n", reasons));
  }

  private HttpReply drain(Caller caller) {
    if (!caller.isOnThisMachine()) {
      LOG.warn("{} was not allowed to let this node leave", caller.remote());
      return HttpReply.text(403, "a node is told to leave from the machine that it runs on");
    } else if (caller.page()) {
      return HttpReply.text(403, "a node is not told to leave by a web page");
    }
    node.leave();
    return HttpReply.text(202, "leaving; /readyz fails from here on, and the node stops by itself");
  }

  /** Returns the address that is listened on, with its real port. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Closes the port. */
  @Override
  public void close() {
    server.close();
  }
}
