package io.ehcached.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a node that are open, to be closed in the reverse of the order they opened in. */
final class OpenParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

  private final Deque<Runnable> closers = new ArrayDeque<>();

  /** Notes that a part is open, and how it is closed. */
  synchronized void add(Runnable closer) {
    closers.push(closer);
  }

  /** Closes all parts; one that fails does not keep the others open. */
  @Override
  public synchronized void close() {
    while (!closers.isEmpty()) {
      try {
        closers.pop().run();
      } catch (RuntimeException e) {
        LOG.error("a part of the node could not be closed; the others are closed", e);
      }
    }
  }
}
