package io.ehcached.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Writes events to {@link System#err}, each as one line: time, level, who, what. An exception is
 * told in the same line, by its name and message; where it went through follows only when debugging
 * ({@code -v}), or when the event is an error.
 */
final class LogLine extends AppenderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
  private static final String OURS = "io.ehcached.";

  private final ZoneId zone = ZoneId.systemDefault();
  private volatile boolean tracing;
  private volatile PrintStream besides;

  /** Sets whether the stack of every exception is shown. */
  void tracing(boolean on) {
    tracing = on;
  }

  /** Sets where warnings and errors go besides; null is nowhere. */
  void besides(PrintStream stream) {
    besides = stream;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String line = line(event);
    System.err.println(line);
    PrintStream other = besides;
    if (other != null && event.getLevel().isGreaterOrEqual(Level.WARN)) {
      other.println(line);
    }
  }

  private String line(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()).atZone(zone), line);
    String level = event.getLevel().toString();
    line.append(' ').append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
    line.append(who(event.getLoggerName())).append(": ").append(event.getFormattedMessage());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(": ").append(thrown.getClassName());
      if (thrown.getMessage() != null) {
        line.append(": ").append(thrown.getMessage());
      }
    }
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) < ' ') {
        line.setCharAt(i, ' '); // a client's or a peer's bytes must not make lines of their own
      }
    }
    if (thrown != null && (tracing || event.getLevel().isGreaterOrEqual(Level.ERROR))) {
      line.append(System.lineSeparator())
          .append(ThrowableProxyUtil.asString(thrown).stripTrailing());
    }
    return line.toString();
  }

  /** Returns our loggers without the package, and others' by the class alone. */
  private static String who(String logger) {
    return logger.startsWith(OURS)
        ? logger.substring(OURS.length())
        : logger.substring(logger.lastIndexOf('.') + 1);
  }
}
