package io.ehcached.replication;

import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.SerialExecutor;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What replication runs on in a node: a thread for each executor, and the machine's clocks. */
public final class NodeThreads implements Environment {
  private static final Logger LOG = LoggerFactory.getLogger(NodeThreads.class);

  /** How long a thread without work is kept. */
  private static final long IDLE_SECONDS = 30;

  private final LongSupplier wall;
  private final long start = System.nanoTime();
  private final SecureRandom random = new SecureRandom();

  /**
   * Makes the environment of a node.
   *
   * @param wall the wall clock, in milliseconds since the epoch
   */
  public NodeThreads(LongSupplier wall) {
    this.wall = wall;
  }

  @Override
  public long wallMillis() {
    return wall.getAsLong();
  }

  @Override
  public long nanos() {
    return System.nanoTime() - start;
  }

  @Override
  public long random() {
    return random.nextLong();
  }

  @Override
  public SerialExecutor executor(String name) {
    return new OneThread(name);
  }

  private static final class OneThread implements SerialExecutor {
    private final ScheduledThreadPoolExecutor pool;

    OneThread(String name) {
      pool =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread thread = new Thread(task, name);
                thread.setDaemon(true);
                return thread;
              });
      pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
      pool.allowCoreThreadTimeOut(true);
      pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
      after(0, task);
    }

    @Override
    public void after(long nanos, Runnable task) {
      try {
        var unused = pool.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        LOG.trace("stopped", e);
      }
    }

    private void run(Runnable task) {
      try {
        task.run();
      } catch (RuntimeException e) {
        if (!pool.isShutdown()) {
          LOG.error("A task of replication failed", e);
        }
      }
    }

    @Override
    public void call(PeerLink link, byte[] frame, long timeoutMillis, Answer answer) {
      execute(
          () -> {
            byte[] reply = null;
            IOException failure = null;
            try {
              reply = link.call(frame, timeoutMillis);
            } catch (IOException e) {
              failure = e;
            } catch (RuntimeException e) {
              failure = new IOException(e.toString(), e);
            }
            if (!pool.isShutdown()) {
              answer.accept(reply, failure);
            }
          });
    }

    @Override
    public void stop() {
      pool.shutdownNow();
    }
  }
}
