package io.ehcached.process;

import io.ehcached.files.AtomicFile;
import io.ehcached.logging.Logging;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The node's side of the protocol with {@code bin/ehcached}: where to log at the start, and when
 * the node is ready. The launcher runs the node as another user and behind the terminal's back; so
 * that nobody believes it did when it was not there, it tells what it has done in system
 * properties. When it starts a daemon, it waits for the file named in {@link #FILE_PROPERTY}, or
 * the end of the process.
 */
public final class Readiness {
  /** The system property with the file to create once the node listens; set for a daemon only. */
  static final String FILE_PROPERTY = "ehcached.ready.file";

  /** The system property with the file for a daemon's output; empty when it is discarded. */
  static final String LOG_PROPERTY = "ehcached.log.file";

  /** The system property with the user of {@code -u}. */
  static final String USER_PROPERTY = "ehcached.user";

  private static final String ROOT = "root";

  private Readiness() {}

  /**
   * Starts logging as the command line says. To be called first.
   *
   * @throws UsageException when the log file cannot be written, or when the node was to be a daemon
   *     or to run as another user and nobody has seen to it
   */
  public static void starting(ServerOptions.Running running) throws UsageException {
    boolean daemon = System.getProperty(FILE_PROPERTY) != null;
    if (running.daemon() && !daemon) {
      throw UsageException.badValue("-d is done by bin/ehcached; start that instead of the jar");
    }
    if (running.user().isPresent()
        && System.getProperty("user.name").equals(ROOT) // nobody else can become another user
        && !running.user().get().equals(System.getProperty(USER_PROPERTY))
        && !running.user().get().equals(ROOT)) {
      throw UsageException.badValue("-u is done by bin/ehcached; start that instead of the jar");
    }
    if (running.logFile().isPresent()) {
      if (daemon) {
        Logging.reopen(running.logFile().get());
      } else {
        Logging.toFile(running.logFile().get());
      }
    }
    Logging.configure(running.verbosity(), running.logs());
  }

  /**
   * Reports that the node listens. A daemon without a log file prints nothing from here on.
   *
   * @throws UncheckedIOException when that cannot be said, and the launcher would wait for ever
   */
  public static void started() {
    Logging.started();
    String file = System.getProperty(FILE_PROPERTY);
    if (file == null) {
      return;
    }
    if (System.getProperty(LOG_PROPERTY, "").isEmpty()) {
      PrintStream nothing =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      System.setOut(nothing);
      System.setErr(nothing);
    }
    try {
      AtomicFile.write(Path.of(file), "ready\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
