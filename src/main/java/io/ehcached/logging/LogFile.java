package io.ehcached.logging;

import io.ehcached.files.WriteCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A log file that may be rotated while it is written: within a second after it was renamed or
 * deleted, a new file of the same name is opened. So logrotate needs no signal. If the new file
 * cannot be created, the old one is used. Safe for use by many threads.
 */
final class LogFile extends OutputStream {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final LongSupplier nanos;
  private OutputStream out; // guarded by this, as is what follows
  private Object opened;
  private long looked;

  /**
   * Opens the file, and creates it if necessary.
   *
   * @param nanos a clock, in nanoseconds
   * @throws IOException when it cannot be written
   */
  LogFile(Path file, LongSupplier nanos) throws IOException {
    this.file = file.toAbsolutePath();
    this.nanos = nanos;
    out = open();
    opened = identity();
    looked = nanos.getAsLong();
  }

  private OutputStream open() throws IOException {
    WriteCheck.refuseLink(file);
    WriteCheck.refusePipe(file);
    if (!file.startsWith("/dev")) { // refused by the system as well, if it has become one
      return Files.newOutputStream(
          file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    }
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Returns the identity of the file with this name; null when there is none. */
  private Object identity() {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  private void follow() {
    long now = nanos.getAsLong();
    if (now - looked < EVERY_NANOS) {
      return;
    }
    looked = now;
    Object present = identity();
    if (present != null && present.equals(opened)) {
      return;
    }
    try {
      OutputStream next = open();
      out.close();
      out = next;
      opened = identity();
    } catch (IOException e) {
      // The one before takes the rest; a second later this is tried again.
    }
  }

  @Override
  public synchronized void write(int b) throws IOException {
    out.write(b);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    follow();
    out.write(bytes, offset, length);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
