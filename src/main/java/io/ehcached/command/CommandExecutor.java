package io.ehcached.command;

import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import java.util.List;

/** Carries out requests. Belongs to one thread, so that it can keep what it works with. */
public interface CommandExecutor {
  /**
   * Tells of a batch that is going to be executed soon, and others with it, in the order in which
   * they are told of; so all their items' memory is fetched side by side. Need not be called.
   */
  default void expect(List<Request> requests) {}

  /** Tells that no batch is to come of those that were told of and have not come yet. */
  default void expectNothing() {}

  /**
   * Carries out requests in their order and answers each, at once or later. All are handed over
   * together so that the store can fetch the memory of many items side by side. It stops early,
   * though never before the first, when the responder is {@linkplain Responder#isFull() full} and
   * when the requests so far took long, so that one client does not hold up the thread.
   *
   * @return how many requests are carried out, or will be; the others are to be handed over again
   */
  int executeBatch(List<Request> requests, Responder responder);
}
