package io.ehcached.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that was started to be measured. */
final class Child implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int KILOBYTES_PER_MEGABYTE = 1024;

  private final Process process;
  private final Path log;

  /**
   * Starts it.
   *
   * @param log where its standard error goes
   */
  Child(ProcessBuilder builder, Path log) {
    this.log = log;
    try {
      process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process process() {
    return process;
  }

  /** Fails, with what it logged, when it has ended. */
  void check() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "a process ended with " + process.exitValue() + ":\n" + log());
    }
  }

  /** Returns what it logged. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it where it stands, until {@link #resume}. */
  void pause() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the most memory that it had so far, in MB, or -1 where Linux does not tell. */
  long peakMegabytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / KILOBYTES_PER_MEGABYTE;
        }
      }
    } catch (IOException e) {
      // Another system, or it has ended.
    }
    return -1;
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
