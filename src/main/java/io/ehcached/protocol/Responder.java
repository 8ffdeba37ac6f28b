package io.ehcached.protocol;

/** The receiver of the answers to a batch of requests. */
@FunctionalInterface
public interface Responder {
  /**
   * Takes one answer. It may come on another thread and in another order than the requests were
   * handed over; each request is answered once.
   */
  void respond(Request request, Response response);

  /** Tells whether no further request may be executed until the answers so far are sent. */
  default boolean isFull() {
    return false;
  }

  /** Returns the id of the connection that the answers go to; 0 for none. */
  default long connection() {
    return 0;
  }
}
