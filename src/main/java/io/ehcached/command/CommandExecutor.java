package io.ehcached.command;

import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import java.util.List;

/** An executor of requests. Each belongs to one thread. */
public interface CommandExecutor {
  /**
   * Announces a batch that will be executed soon, so that the memory of all announced items is
   * fetched at once; batches are executed in the order announced. Need not be called.
   */
  default void expect(List<Request> requests) {}

  /** Cancels the announced batches that were not executed yet. */
  default void expectNothing() {}

  /**
   * Executes requests in their order, and answers each at once or later. They are passed together
   * so that the store can fetch the memory of many items at once. It stops early, though never
   * before the first, when the responder is {@linkplain Responder#isFull() full} and when the
   * requests so far took long, so that one client does not hold up the thread.
   *
   * @return how many requests are carried out, or will be; the others are to be handed over again
   */
  int executeBatch(List<Request> requests, Responder responder);
}
