package io.ehcached.monitor.http;

import java.util.Map;

/**
 * An answer.
 *
 * @param status HTTP's, 200 say
 * @param type the content type
 * @param headers further headers
 */
public record Reply(int status, String type, String body, Map<String, String> headers) {
  private static final String TEXT = "text/plain; charset=utf-8";

  /** Makes one; the headers are copied. */
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** Returns an answer of a certain content type. */
  public static Reply of(int status, String type, String body) {
    return new Reply(status, type, body, Map.of());
  }

  /** Returns an answer of lines. */
  public static Reply text(int status, String lines) {
    return of(status, TEXT, lines.endsWith("\n") ? lines : lines + "\n");
  }

  Reply with(String header, String value) {
    return new Reply(status, type, body, Map.of(header, value));
  }
}
