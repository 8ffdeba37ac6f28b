package io.ehcached;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Tells the launcher, {@code bin/ehcached -d}, that the node listens. The launcher waits for a file
 * that it names in the system property {@link #FILE_PROPERTY}, or for the end of the process.
 */
public final class Readiness {
  /** The system property that names the file to be made; unset when nobody waits. */
  static final String FILE_PROPERTY = "ehcached.ready.file";

  /** The system property that is {@code true} when nothing is kept of what is printed. */
  static final String SILENT_PROPERTY = "ehcached.silent";

  private Readiness() {}

  /**
   * Says that the node listens. A daemon without a log file is silent from here on.
   *
   * @throws UncheckedIOException when the file cannot be made, and the launcher would wait for ever
   */
  public static void started() {
    if (Boolean.getBoolean(SILENT_PROPERTY)) {
      PrintStream nothing =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      System.setOut(nothing);
      System.setErr(nothing);
    }
    String file = System.getProperty(FILE_PROPERTY);
    if (file != null) {
      try {
        WholeFile.write(Path.of(file), "ready\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
