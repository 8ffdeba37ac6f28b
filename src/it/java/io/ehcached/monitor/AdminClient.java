package io.ehcached.monitor;

import io.ehcached.support.JsonText;
import io.ehcached.support.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks the admin port of a node on this machine. */
record AdminClient(int port) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Returns the answer to a request without a body. */
  HttpResponse<String> ask(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Patience.LONG)
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns a page's status and text, as {@code 200 ok\n}. */
  String get(String path) {
    HttpResponse<String> response = ask("GET", path);
    return response.statusCode() + " " + response.body();
  }

  /** Returns the cluster as the node sees it. */
  Map<String, Object> cluster() {
    return JsonText.object(ask("GET", "/cluster.json").body());
  }

  /** Returns the metrics' values by name and labels, as the page has them. */
  Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    ask("GET", "/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int blank = line.lastIndexOf(' ');
              String value = line.substring(blank + 1).replace("+Inf", "Infinity");
              metrics.put(line.substring(0, blank), Double.valueOf(value));
            });
    return metrics;
  }
}
