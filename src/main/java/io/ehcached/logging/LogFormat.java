package io.ehcached.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

/** The format of an event: always one line. */
interface LogFormat {
  /** The prefix of this program's loggers, which the log omits. */
  String OURS = "io.ehcached.";

  /**
   * Returns an event's line, without its end.
   *
   * @param stack whether it is told where an exception came from
   */
  String line(ILoggingEvent event, boolean stack);

  /** Returns a logger's name without {@link #OURS}; other loggers' by the class alone. */
  static String who(String logger) {
    return logger.startsWith(OURS)
        ? logger.substring(OURS.length())
        : logger.substring(logger.lastIndexOf('.') + 1);
  }

  /** Returns the stack trace in one line, without the exception's message. */
  static String stack(IThrowableProxy thrown) {
    String lines = ThrowableProxyUtil.asString(thrown);
    int first = lines.indexOf("\n\tat ");
    return first < 0 ? "" : lines.substring(first).strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
