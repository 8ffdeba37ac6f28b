package io.ehcached.replication.sender;

import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.SerialExecutor;
import java.io.IOException;

/** Runs every task at once, where it is handed over, at one moment that does not pass. */
final class DirectEnvironment implements Environment {
  private final long now;

  DirectEnvironment(long now) {
    this.now = now;
  }

  @Override
  public long wallMillis() {
    return now;
  }

  @Override
  public long nanos() {
    return 0;
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
      public void after(long nanos, Runnable task) {}

      @Override
      public void call(PeerLink link, byte[] frame, long timeoutMillis, Answer answer) {
        try {
          answer.accept(link.call(frame, timeoutMillis), null);
        } catch (IOException e) {
          answer.accept(null, e);
        }
      }

      @Override
      public void stop() {}
    };
  }
}
