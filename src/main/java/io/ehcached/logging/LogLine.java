package io.ehcached.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.PrintStream;
import java.net.UnknownHostException;

/**
 * The appender that writes each event as one line to {@link System#err}. Stack traces are logged
 * when debugging ({@code -v}), and with errors.
 */
final class LogLine extends AppenderBase<ILoggingEvent> {
  private volatile LogFormat format = new LogText();
  private volatile boolean tracing;
  private volatile PrintStream besides;

  /** Sets how events are written. */
  void format(LogFormat newFormat) {
    format = newFormat;
  }

  /** Sets whether the stack of every exception is shown. */
  void tracing(boolean on) {
    tracing = on;
  }

  /** Sets a second stream for warnings and errors; null for none. */
  void besides(PrintStream stream) {
    besides = stream;
  }

  /**
   * The node reports in its own words that this machine's name is unknown; Ehcache does as well.
   */
  private static boolean isReported(ILoggingEvent event) {
    return event.getLoggerName().equals("net.sf.ehcache.Cache")
        && event.getThrowableProxy() != null
        && event.getThrowableProxy().getClassName().equals(UnknownHostException.class.getName());
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!tracing && isReported(event)) {
      return;
    }
    String line = format.line(event, tracing || event.getLevel().isGreaterOrEqual(Level.ERROR));
    System.err.println(line);
    PrintStream other = besides;
    if (other != null && event.getLevel().isGreaterOrEqual(Level.WARN)) {
      other.println(line);
    }
  }
}
