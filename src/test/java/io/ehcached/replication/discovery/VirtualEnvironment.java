package io.ehcached.replication.discovery;

import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.SerialExecutor;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** An environment whose clock jumps from one task to the next, when a test lets time pass. */
final class VirtualEnvironment implements Environment {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long now;
  private long number;

  private record Task(long at, long number, Runnable run) {}

  /** Lets time pass, and runs what is due meanwhile. */
  void pass(Duration time) {
    long end = now + time.toNanos();
    while (!tasks.isEmpty() && tasks.peek().at() <= end) {
      Task next = tasks.poll();
      now = next.at();
      next.run().run();
    }
    now = end;
  }

  @Override
  public long wallMillis() {
    return ticks();
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public long random() {
    return 4;
  }

  @Override
  public SerialExecutor executor(String name) {
    return new SerialExecutor() {
      @Override
      public void execute(Runnable task) {
        task.run();
      }

      @Override
      public void after(long nanos, Runnable task) {
        tasks.add(new Task(now + nanos, number++, task));
      }

      @Override
      public void call(PeerLink link, byte[] frame, long timeoutMillis, Answer answer) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void stop() {}
    };
  }
}
