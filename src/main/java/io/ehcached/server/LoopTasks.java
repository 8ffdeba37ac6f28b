package io.ehcached.server;

import io.netty.channel.Channel;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks of other threads, and delayed tasks, on a connection's event loop. */
final class LoopTasks {
  private static final Logger LOG = LoggerFactory.getLogger(LoopTasks.class);

  private LoopTasks() {}

  /**
   * Has the loop run something soon. If that fails, the connection is told, which Netty does not do
   * of itself: its client would wait for ever. Once the server has stopped nothing is run.
   */
  static void execute(Channel channel, Runnable task) {
    try {
      channel.eventLoop().execute(() -> run(channel, task));
    } catch (RejectedExecutionException e) {
      LOG.debug("something came for a connection after the server had stopped", e);
    }
  }

  /** Has the loop run something after so many nanoseconds; otherwise like {@link #execute}. */
  static void schedule(Channel channel, Runnable task, long delayNanos) {
    try {
      Future<?> unused =
          channel.eventLoop().schedule(() -> run(channel, task), delayNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("something was to be done for a connection after the server had stopped", e);
    }
  }

  private static void run(Channel channel, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | OutOfMemoryError e) {
      channel.pipeline().fireExceptionCaught(e);
    }
  }
}
