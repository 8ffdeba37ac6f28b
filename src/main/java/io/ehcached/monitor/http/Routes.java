package io.ehcached.monitor.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resources of the server, and the answers to requests for others. */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private final List<Route> routes;

  Routes(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /**
   * Answers a request.
   *
   * @param target the path, and what may stand behind it
   */
  CompletionStage<HttpReply> answer(String method, String target, Caller caller) {
    String path = target.split("[?#]", 2)[0];
    if (path.equals("/")) {
      return now(isRead(method) ? HttpReply.text(200, list()) : refusal(path, "GET"));
    }
    for (Route route : routes) {
      if (route.path().equals(path)) {
        boolean asked = method.equals(route.method()) || (isRead(method) && isRead(route.method()));
        return asked ? ask(route, caller) : now(refusal(path, route.method()));
      }
    }
    return now(HttpReply.text(404, "there is no such page; there are\n" + list()));
  }

  private static boolean isRead(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static CompletionStage<HttpReply> ask(Route route, Caller caller) {
    try {
      return route.handler().apply(caller).exceptionally(fault -> failed(route, fault));
    } catch (RuntimeException e) {
      return now(failed(route, e));
    }
  }

  private static HttpReply failed(Route route, Throwable fault) {
    LOG.error("{} {} failed because of an internal error", route.method(), route.path(), fault);
    return HttpReply.text(500, "a fault of the server's; see its log");
  }

  private static HttpReply refusal(String path, String method) {
    String allowed = method.equals("GET") ? "GET, HEAD" : method;
    return HttpReply.text(405, path + " takes " + allowed).with("Allow", allowed);
  }

  private static CompletionStage<HttpReply> now(HttpReply reply) {
    return CompletableFuture.completedFuture(reply);
  }

  private String list() {
    return routes.stream()
        .map(route -> "%-4s %-14s %s".formatted(route.method(), route.path(), route.about()))
        .collect(Collectors.joining("\n"));
  }
}
