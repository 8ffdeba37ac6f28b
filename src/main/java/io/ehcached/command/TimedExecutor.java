package io.ehcached.command;

import io.ehcached.admin.Latencies;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import java.util.List;

/**
 * An executor that measures how long the requests of one thread take. The clock is read twice for a
 * batch: when the event loop's iteration begins, and when the batch is answered. So the latency
 * includes the time for which a request waits for earlier ones of the same iteration.
 */
final class TimedExecutor implements CommandExecutor {
  private final CommandExecutor executor;
  private final Latencies latencies;
  private final Latencies.Cell cell;
  private final Cluster cluster;
  private int expected; // how many batches are still to come of those that the turn began with
  private long turnNanos;

  /** Takes the time of answers that may come later on other threads, each by itself. */
  private record Timekeeper(
      Responder responder, Thread thread, Latencies.Cell cell, Latencies latencies, long start)
      implements Responder {
    @Override
    public void respond(Request request, Response response) {
      long nanos = System.nanoTime() - start;
      if (Thread.currentThread() == thread) {
        cell.add(request.command(), Latencies.bucket(nanos), nanos);
      } else {
        latencies.addLate(request.command(), nanos);
      }
      responder.respond(request, response);
    }

    @Override
    public boolean isFull() {
      return responder.isFull();
    }

    @Override
    public long connection() {
      return responder.connection();
    }
  }

  /**
   * Wraps a thread's executor.
   *
   * @param cluster who may let answers wait
   */
  TimedExecutor(CommandExecutor executor, Latencies latencies, Cluster cluster) {
    this.executor = executor;
    this.latencies = latencies;
    this.cell = latencies.newCell();
    this.cluster = cluster;
  }

  @Override
  public void expect(List<Request> requests) {
    if (expected++ == 0) {
      turnNanos = System.nanoTime();
    }
    executor.expect(requests);
  }

  @Override
  public void expectNothing() {
    expected = 0;
    executor.expectNothing();
  }

  @Override
  public int executeBatch(List<Request> requests, Responder responder) {
    long start;
    if (expected > 0) {
      expected--;
      start = turnNanos;
    } else {
      start = System.nanoTime();
    }
    if (cluster.isSynchronous() || cluster.isCopying()) {
      return executor.executeBatch(
          requests, new Timekeeper(responder, Thread.currentThread(), cell, latencies, start));
    }
    int done = executor.executeBatch(requests, responder);
    long nanos = System.nanoTime() - start;
    int bucket = Latencies.bucket(nanos);
    for (int i = 0; i < done; i++) {
      cell.add(requests.get(i).command(), bucket, nanos);
    }
    return done;
  }
}
