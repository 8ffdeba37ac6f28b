package io.ehcached.process;

import io.ehcached.files.AtomicFile;
import io.ehcached.files.IoReason;
import io.ehcached.files.WriteCheck;
import io.ehcached.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The pid file ({@code -P}): it holds the node's process id while the node runs. */
public final class PidFile implements AutoCloseable {
  private final Path file;
  private final String content;

  private PidFile(Path file, String content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Writes this process's id. A file that is there is taken over: the node listens, so whoever
   * wrote it does not.
   *
   * @throws UsageException when the file cannot be written
   */
  public static PidFile write(Path file) throws UsageException {
    PidFile pidFile = new PidFile(file.toAbsolutePath(), ProcessHandle.current().pid() + "\n");
    writing(file, () -> AtomicFile.write(pidFile.file, pidFile.content));
    return pidFile;
  }

  /**
   * Checks whether {@link #write} would succeed.
   *
   * @throws UsageException when it cannot
   */
  public static void check(Path file) throws UsageException {
    writing(file, () -> WriteCheck.replace(file));
  }

  private static void writing(Path file, IoReason.Writing step) throws UsageException {
    IoReason.writing("-P " + file, "; write another path", step);
  }

  /** Removes the file, unless another process has taken it over. */
  @Override
  public void close() {
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.readString(file).equals(content)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // Gone already, or not ours to remove: the process ends either way.
    }
  }
}
