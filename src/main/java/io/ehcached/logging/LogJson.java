package io.ehcached.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.ehcached.json.Json;
import java.time.Instant;

/**
 * The log format for programs: each line is one object of JSON (RFC 8259), with the names {@code
 * time} (UTC, RFC 3339), {@code level}, {@code logger}, {@code thread}, {@code message}, and where
 * there is an exception {@code error} and {@code stack}.
 */
final class LogJson implements LogFormat {
  private static final String CLOSE = "}";

  @Override
  public String line(ILoggingEvent event, boolean stack) {
    StringBuilder line = new StringBuilder(200).append('{');
    add(line, "time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
    add(line, "level", event.getLevel().toString());
    add(line, "logger", LogFormat.who(event.getLoggerName()));
    add(line, "thread", event.getThreadName());
    add(line, "message", event.getFormattedMessage());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      String message = thrown.getMessage();
      add(line, "error", thrown.getClassName() + (message == null ? "" : ": " + message));
      if (stack) {
        add(line, "stack", LogFormat.stack(thrown));
      }
    }
    return line.append(CLOSE).toString();
  }

  private static void add(StringBuilder line, String name, String value) {
    if (line.length() > 1) {
      line.append(',');
    }
    Json.string(line, name);
    Json.string(line.append(':'), value);
  }
}
