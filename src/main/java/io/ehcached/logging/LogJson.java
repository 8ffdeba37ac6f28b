package io.ehcached.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Instant;

/**
 * Lines for programs: each one object of JSON (RFC 8259), with the names {@code time} (UTC, RFC
 * 3339), {@code level}, {@code logger}, {@code thread}, {@code message}, and where there is an
 * exception {@code error} and {@code stack}.
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
    line.append('"').append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (LogFormat.isPlain(c) && !isAlone(value, i)) {
        line.append(c);
      } else {
        line.append(String.format("\\u%04x", (int) c));
      }
    }
    line.append('"');
  }

  /** Tells whether a surrogate has not its other half, so that it is no character in UTF-8. */
  private static boolean isAlone(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
