package io.ehcached.monitor.http;

import java.util.Map;

/** An HTTP response. */
public record HttpReply(int status, String type, String body, Map<String, String> headers) {
  private static final String TEXT = "text/plain; charset=utf-8";

  /** Copies the headers. */
  public HttpReply {
    headers = Map.copyOf(headers);
  }

  /** Returns a response of a content type. */
  public static HttpReply of(int status, String type, String body) {
    return new HttpReply(status, type, body, Map.of());
  }

  /** Returns a response of plain text. */
  public static HttpReply text(int status, String lines) {
    return of(status, TEXT, lines.endsWith("\n") ? lines : lines + "\n");
  }

  HttpReply with(String header, String value) {
    return new HttpReply(status, type, body, Map.of(header, value));
  }
}
