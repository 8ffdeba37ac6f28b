package io.ehcached.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;

/** How an event is written: as one line, whatever is in it. */
interface LogFormat {
  /** What our loggers' names begin with; the log leaves it away. */
  String OURS = "io.ehcached.";

  /**
   * Returns an event's line, without its end.
   *
   * @param stack whether it is told where an exception came from
   */
  String line(ILoggingEvent event, boolean stack);

  /** Returns our loggers without the package, and others' by the class alone. */
  static String who(String logger) {
    return logger.startsWith(OURS)
        ? logger.substring(OURS.length())
        : logger.substring(logger.lastIndexOf('.') + 1);
  }

  /** Returns where an exception came from, all of it in one line, without what it says. */
  static String stack(IThrowableProxy thrown) {
    String lines = ThrowableProxyUtil.asString(thrown);
    int first = lines.indexOf("\n\tat ");
    return first < 0 ? "" : lines.substring(first).strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
