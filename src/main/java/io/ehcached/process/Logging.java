package io.ehcached.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.ehcached.options.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.LoggerFactory;

/** How much is logged, and where it goes. */
public final class Logging {
  private static final String APPENDER = "err";

  /** Those of Ehcache that warn of what is meant so, or that {@code config} explains better. */
  private static final List<String> NOISY =
      List.of(
          "net.sf.ehcache.DiskStorePathManager",
          "net.sf.ehcache.config.CacheConfiguration",
          "net.sf.ehcache.distribution.RMICacheManagerPeerListener",
          "net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory",
          "net.sf.ehcache.pool",
          "net.sf.ehcache.store.MemoryStoreEvictionPolicy");

  private Logging() {}

  /**
   * Sets how much is logged: 0 is what a person wants to know, 1 ({@code -v}) what the node does, 2
   * what its libraries do as well, from 3 on everything.
   */
  public static void verbosity(int level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      levels(context, level);
    }
  }

  /**
   * Sends what is logged from here on to the end of this file, in place of the standard error; of
   * warnings and errors that still hears, until the node has {@link #started()}: whoever starts it
   * looks there.
   *
   * @throws UsageException when it cannot be opened
   */
  public static void toFile(Path file) throws UsageException {
    try {
      OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      besides(System.err);
      System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UsageException.badValue(
          "--log-file " + file + " cannot be written (" + IoReason.of(e) + "); write another");
    }
  }

  /** Says that the node has started, and that the log alone is the place to look from here on. */
  static void started() {
    besides(null);
  }

  private static void besides(PrintStream stream) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
            instanceof LogLine appender) {
      appender.besides(stream);
    }
  }

  static void configure(LoggerContext context) {
    LogLine appender = new LogLine();
    appender.setContext(context);
    appender.setName(APPENDER);
    appender.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    levels(context, 0);
  }

  private static void levels(LoggerContext context, int verbosity) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(verbosity > 2 ? Level.TRACE : verbosity > 1 ? Level.DEBUG : Level.WARN);
    context
        .getLogger("io.ehcached")
        .setLevel(verbosity > 2 ? Level.TRACE : verbosity > 0 ? Level.DEBUG : Level.INFO);
    for (String logger : NOISY) {
      context.getLogger(logger).setLevel(verbosity > 1 ? null : Level.ERROR);
    }
    if (root.getAppender(APPENDER) instanceof LogLine appender) {
      appender.tracing(verbosity > 0);
    }
  }
}
