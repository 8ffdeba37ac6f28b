package io.ehcached.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.ehcached.files.IoReason;
import io.ehcached.files.WriteCheck;
import io.ehcached.options.LogOptions;
import io.ehcached.options.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The configuration of the log: its level, its format and its file. */
public final class Logging {
  private static final String APPENDER = "err";

  /**
   * Loggers of Ehcache that warn of what is intended, or of what {@code config} explains better.
   */
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
   * Sets the verbosity: 0 logs what operators need, 1 ({@code -v}) what the node does, 2 also what
   * its libraries do, 3 and more everything.
   */
  public static void verbosity(int level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      levels(context, level);
    }
  }

  /**
   * Configures the log by the command line.
   *
   * @param verbosity as for {@link #verbosity}
   * @throws UsageException when a file of the user's own cannot be used
   */
  public static void configure(int verbosity, LogOptions options) throws UsageException {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    if (options.config().isPresent()) {
      LogbackFile.use(context, options.config().get());
    }
    if (isOwn(context) || verbosity > 0) {
      levels(context, verbosity);
    }
    if (options.format() == LogOptions.Format.JSON
        && root(context).getAppender(APPENDER) instanceof LogLine appender) {
      appender.format(new LogJson());
    }
    for (LogOptions.Level level : options.levels()) {
      set(context, level);
    }
  }

  /** Tells whether the log is not configured by a file of the user. */
  private static boolean isOwn(LoggerContext context) {
    return root(context).getAppender(APPENDER) instanceof LogLine;
  }

  private static Logger root(LoggerContext context) {
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static void set(LoggerContext context, LogOptions.Level wanted) {
    Level level = Level.toLevel(wanted.level());
    if (!wanted.logger().isEmpty()) {
      context.getLogger(wanted.logger()).setLevel(level); // root has this name, too
      return;
    }
    context.getLogger("io.ehcached").setLevel(level);
    root(context).setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
    if (root(context).getAppender(APPENDER) instanceof LogLine appender) {
      appender.tracing(Level.DEBUG.isGreaterOrEqual(level));
    }
  }

  /**
   * Reopens the file to which the launcher has redirected the standard error, so that it can be
   * rotated. If this process may not open it, it can only be rotated by copying and truncating.
   */
  public static void reopen(Path file) {
    try {
      System.setErr(stream(file));
    } catch (IOException e) {
      LoggerFactory.getLogger(Logging.class)
          .info("{} is not this user's to open: have it rotated by copytruncate", file);
    }
  }

  private static PrintStream stream(Path file) throws IOException {
    return new PrintStream(new LogFile(file, System::nanoTime), true, StandardCharsets.UTF_8);
  }

  /**
   * Logs to the end of this file instead of the standard error. Warnings and errors also go to the
   * standard error until the node has {@link #started()}.
   *
   * @throws UsageException when it cannot be opened
   */
  public static void toFile(Path file) throws UsageException {
    writing(
        file,
        () -> {
          PrintStream out = stream(file);
          besides(System.err);
          System.setErr(out);
        });
  }

  private static void writing(Path file, IoReason.Writing step) throws UsageException {
    IoReason.writing("--log-file " + file, "; write another", step);
  }

  /**
   * Checks whether this file can be logged to.
   *
   * @throws UsageException as {@link #toFile}
   */
  public static void checkFile(Path file) throws UsageException {
    writing(file, () -> WriteCheck.append(file));
  }

  /**
   * Checks whether this {@code logback.xml} can be used.
   *
   * @throws UsageException when it cannot
   */
  public static void checkConfig(Path file) throws UsageException {
    LogbackFile.check(file);
  }

  /** Ends the copy of warnings and errors on the standard error, once the node has started. */
  public static void started() {
    besides(null);
  }

  private static void besides(PrintStream stream) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
            instanceof LogLine appender) {
      appender.besides(stream);
    }
  }

  /** Configures the log as it is until the command line is read. */
  static void standard(LoggerContext context) {
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
