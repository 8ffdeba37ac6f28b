package io.ehcached.reload;

import io.ehcached.config.NodeConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a file's content twice a second, and has what is new in it taken over.
 *
 * <p>The content, and neither the file's time nor the system's notices: editors put another file in
 * its place, Kubernetes turns a link two directories above it, and network file systems tell of no
 * change and of times late. All of these show what is in the file to whoever opens it, and it is
 * small.
 *
 * <p>A file that can be used is taken over as soon as it is seen. One that cannot may only be half
 * written: it is complained of when it is still the same at the next look, once. What the network
 * refuses is tried again every few seconds, as a port that is taken may get free.
 */
public final class FileFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileFollower.class);
  private static final long LOOK_MILLIS = 500;
  private static final int RETRY_LOOKS = 10;
  private static final byte[] UNREADABLE = {0}; // no file of ours begins so

  private final Path file;
  private final Supplier<NodeConfiguration> reader;
  private final Reloader change;
  private final long lookMillis;
  private final Thread thread = new Thread(this::run, "ehcached-config");
  private byte[] seen; // dealt with
  private byte[] doubtful; // to be looked at once more
  private int untilRetry; // looks; 0 where there is nothing to try again
  private boolean asked; // guarded by this
  private volatile boolean closed;

  /**
   * Makes it; {@link #start} begins to look.
   *
   * @param started what the node was started with
   * @param reader reads the file
   * @param parts what is to follow it
   */
  public FileFollower(
      NodeConfiguration started, Supplier<NodeConfiguration> reader, Reloadable parts) {
    this(started, reader, parts, LOOK_MILLIS);
  }

  FileFollower(
      NodeConfiguration started,
      Supplier<NodeConfiguration> reader,
      Reloadable parts,
      long lookMillis) {
    this.lookMillis = lookMillis;
    this.file = started.file();
    this.reader = reader;
    this.change = new Reloader(started, parts);
  }

  /** Begins to look. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Has the file read at once, whatever is in it. */
  public synchronized void ask() {
    asked = true;
    notifyAll();
  }

  private void run() {
    try {
      while (!closed) {
        look(awaitLook());
      }
    } catch (InterruptedException e) {
      LOG.debug("no longer looking at {}", file);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // woken for nothing, it only looks once more
  private synchronized boolean awaitLook() throws InterruptedException {
    if (!asked) {
      wait(lookMillis);
    }
    boolean wanted = asked;
    asked = false;
    return wanted;
  }

  /** Looks once; {@code wanted} where somebody asked for it. */
  void look(boolean wanted) {
    byte[] now = content();
    boolean again = untilRetry == 1;
    untilRetry = Math.max(0, untilRetry - 1);
    if (!wanted && !again && Arrays.equals(now, seen)) {
      doubtful = null;
      return;
    }
    try {
      NodeConfiguration configuration = reader.get();
      if (!configuration.isUsable() && !wanted && !Arrays.equals(now, doubtful)) {
        doubtful = now;
        return;
      }
      boolean first = seen == null;
      seen = now;
      doubtful = null;
      if (configuration.isUsable()) {
        untilRetry = change.take(configuration, wanted, first) ? RETRY_LOOKS : 0;
      } else {
        change.refuse(configuration);
      }
    } catch (RuntimeException | LinkageError | StackOverflowError e) { // and goes on to look
      seen = now;
      doubtful = null;
      LOG.error("{} could not be applied; some of its changes may be in effect", file, e);
    }
  }

  private byte[] content() {
    try {
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : UNREADABLE;
    } catch (IOException e) {
      return UNREADABLE;
    }
  }

  /** Looks no more; what is being taken over may go on. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
