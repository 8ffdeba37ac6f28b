package io.ehcached.protocol;

/** Takes the answers to a batch of requests. */
@FunctionalInterface
public interface Responder {
  /**
   * Takes one answer. It may come on another thread and in another order than the requests were
   * handed over; each request is answered once.
   */
  void respond(Request request, Response response);

  /**
   * Tells whether the answers so far are as many as the client is to be owed: no further request is
   * to be carried out for it before they have been sent.
   */
  default boolean isFull() {
    return false;
  }

  /** Returns the number by which the connection that the answers go to is known; 0 for none. */
  default long connection() {
    return 0;
  }
}
