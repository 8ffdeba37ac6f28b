package io.ehcached.command;

import io.ehcached.item.Expiry;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.store.StoredItem;

/**
 * One request being carried out, and how it ended: the context of every {@link
 * io.ehcached.store.Change}. An executor has a single one and uses it again, so that a write makes
 * no garbage but the item that it replaces.
 */
final class Execution {
  private final Limits limits;
  private Request request;
  private long now;
  private Status status;
  private long number;

  Execution(Limits limits) {
    this.limits = limits;
  }

  void start(Request request, long now) {
    this.request = request;
    this.now = now;
    this.status = Status.OK;
  }

  /** Lets go of the request, lest its value be kept until the next one comes. */
  void end() {
    request = null;
  }

  Request request() {
    return request;
  }

  /** Returns when the batch was begun, in milliseconds since the epoch. */
  long now() {
    return now;
  }

  Status status() {
    return status;
  }

  /** Returns what an increment or decrement came to. */
  long number() {
    return number;
  }

  void number(long result) {
    number = result;
  }

  /** Returns the expiry that the request asks for. */
  long expiry() {
    return Expiry.of(request.exptime(), now);
  }

  /** Notes why the request is not done, and leaves what is there. */
  StoredItem refuse(StoredItem old, Status why) {
    status = why;
    return old;
  }

  /** Tells whether the request is meant for another version of the item. */
  boolean isForAnotherThan(StoredItem old) {
    return request.comparesCas() && request.compareCas() != old.cas();
  }

  /** Returns the item that the request brings along. */
  StoredItem newItem(StoredItem old) {
    // The region keeps the key it has; another one in the new item would be a second array.
    return new StoredItem(
        old == null ? request.key() : old.key(), request.value(), request.flags(), expiry());
  }

  /** Tells whether {@code old} with so long a value would be above the limit. */
  boolean isTooLarge(StoredItem old, long valueLength) {
    return limits.isTooLarge(old.key().length(), old.flags(), valueLength);
  }

  /** Returns {@code old} with another value, as {@code append} and {@code incr} make it. */
  static StoredItem withValue(StoredItem old, byte[] value) {
    return new StoredItem(old.key(), value, old.flags(), old.expiry());
  }
}
