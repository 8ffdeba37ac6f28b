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

  /**
   * Carries out requests in their order and answers each, at once or later. All are handed over
   * together so that the store can fetch the memory of many items side by side.
   */
  void executeBatch(List<Request> requests, Responder responder);
}
