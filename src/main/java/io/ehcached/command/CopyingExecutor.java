package io.ehcached.command;

import io.ehcached.item.Key;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * An executor that asks another node before it answers a miss, while this node is copying. The
 * thread does not wait: a batch that has to wait is executed later on another thread.
 */
final class CopyingExecutor implements CommandExecutor {
  /** The most requests that wait for another node at once. */
  private static final int MAX_WAITING = 32;

  private final CommandExecutor executor;
  private final CommandExecutor late;
  private final Store store;
  private final Cluster cluster;

  /**
   * Wraps a thread's executor.
   *
   * @param late carries out what had to wait; shared by all threads, which take turns
   */
  CopyingExecutor(CommandExecutor executor, CommandExecutor late, Store store, Cluster cluster) {
    this.executor = executor;
    this.late = late;
    this.store = store;
    this.cluster = cluster;
  }

  @Override
  public void expect(List<Request> requests) {
    executor.expect(requests);
  }

  @Override
  public void expectNothing() {
    executor.expectNothing();
  }

  @Override
  public int executeBatch(List<Request> requests, Responder responder) {
    List<Key> missing = cluster.isCopying() ? missing(requests) : List.of();
    if (missing.isEmpty()) {
      return executor.executeBatch(requests, responder);
    }
    int count = Math.min(requests.size(), MAX_WAITING);
    List<Request> waiting = List.copyOf(requests.subList(0, count)); // the caller changes its list
    cluster.fetch(missing, () -> executeLate(waiting, responder));
    return count;
  }

  private void executeLate(List<Request> requests, Responder responder) {
    synchronized (late) {
      for (int done = 0; done < requests.size(); ) {
        done += late.executeBatch(requests.subList(done, requests.size()), responder);
      }
    }
  }

  private List<Key> missing(List<Request> requests) {
    List<Key> missing = new ArrayList<>();
    for (Request request : requests) {
      if (request.dependsOnItem() && store.peek(request.key()) == null) {
        missing.add(request.key());
      }
    }
    return missing;
  }
}
