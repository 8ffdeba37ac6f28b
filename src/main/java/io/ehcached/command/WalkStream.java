package io.ehcached.command;

import io.ehcached.protocol.Stream;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer that is produced by walking over the items, on a thread that serves no client. */
abstract class WalkStream implements Stream {
  private static final Logger LOG = LoggerFactory.getLogger(WalkStream.class);

  private final Executor thread;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Makes a stream.
   *
   * @param thread where parts are made
   * @param onClose is run once, at the end
   */
  WalkStream(Executor thread, Runnable onClose) {
    this.thread = thread;
    this.onClose = onClose;
  }

  /** Makes the next part; on the thread. */
  abstract Part part();

  /** Tells whether the stream is closed. */
  final boolean isClosed() {
    return closed.get();
  }

  @Override
  public final void next(Consumer<Part> taker) {
    thread.execute(() -> taker.accept(partOrNull()));
  }

  private Part partOrNull() {
    try {
      return part();
    } catch (RuntimeException e) {
      LOG.error("items could not be listed because of an internal error", e);
      return null;
    }
  }

  @Override
  public final void close() {
    if (closed.compareAndSet(false, true)) {
      onClose.run();
    }
  }
}
