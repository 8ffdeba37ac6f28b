package io.ehcached.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.ehcached.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * The log format for people: time, level, logger and message. Of an exception it has the class and
 * the message, then the stack trace, separated by bars.
 */
final class LogText implements LogFormat {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
  private static final int LEVEL_WIDTH = 6;

  private final ZoneId zone = ZoneId.systemDefault();

  @Override
  public String line(ILoggingEvent event, boolean stack) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()).atZone(zone), line);
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(Math.max(1, LEVEL_WIDTH - level.length())));
    line.append(LogFormat.who(event.getLoggerName())).append(": ");
    append(line, event.getFormattedMessage());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      append(line.append(": "), thrown.getClassName());
      if (thrown.getMessage() != null) {
        append(line.append(": "), thrown.getMessage());
      }
      if (stack) {
        append(line.append(" | "), LogFormat.stack(thrown));
      }
    }
    return line.toString();
  }

  private static void append(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Json.isPrintable(c)) {
        line.append(c);
      } else {
        switch (c) {
          case '\n' -> line.append("\\n");
          case '\r' -> line.append("\\r");
          case '\t' -> line.append("\\t");
          default -> line.append(Json.escaped(c));
        }
      }
    }
  }
}
