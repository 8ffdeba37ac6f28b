package io.ehcached.command;

import io.ehcached.admin.PrefixStats;
import io.ehcached.admin.watch.LogBuffer;
import io.ehcached.admin.watch.LogEntry;
import io.ehcached.admin.watch.LogKind;
import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Wire;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;

/**
 * The observer of one thread's requests: it reports them to watchers and to {@code stats detail}.
 * It reads items before and after each request, which costs time, so it works only while somebody
 * watches. Writes that come from peers are not reported: the node of their client reports them.
 */
final class RequestObserver {
  private final Store store;
  private final PrefixStats prefixes;
  private final LogBuffer log;

  private Key key;
  private StoredItem before;

  /** Makes the observer of one thread. */
  RequestObserver(Store store, PrefixStats prefixes, LogBuffer log) {
    this.store = store;
    this.prefixes = prefixes;
    this.log = log;
  }

  /** Records the item before a request is executed. */
  void before(Request request) {
    key = request.key();
    before = key == null ? null : store.held(key);
  }

  /**
   * Reports a request that was executed.
   *
   * @param connection whose client it came from
   * @param now in milliseconds since the epoch
   */
  void after(Request request, Response response, long connection, long now) {
    if (key == null) {
      return;
    }
    switch (request.command()) {
      case GET, GET_AND_TOUCH -> {
        boolean hit = response.status() == Status.OK;
        if (prefixes.isOn()) {
          prefixes.get(key, hit);
        }
        fetched(hit ? response.item().value().length : 0, hit, connection);
      }
      case TOUCH -> {
        boolean hit = response.status() == Status.OK;
        fetched(hit ? response.item().value().length : 0, hit, connection);
      }
      case INCREMENT, DECREMENT -> looked(connection);
      case SET, ADD, REPLACE, APPEND, PREPEND -> {
        if (prefixes.isOn()) {
          prefixes.set(key);
        }
        looked(connection);
        stored(request, response.status(), connection, now);
      }
      case DELETE -> {
        if (prefixes.isOn()) {
          prefixes.delete(key);
        }
        looked(connection);
        deleted(request, response.status());
      }
      default -> {}
    }
    key = null;
    before = null;
  }

  private void fetched(int size, boolean hit, long connection) {
    if (log.isWatched(LogKind.FETCHERS)) {
      log.add(new LogEntry.Fetched(key, hit ? "found" : whyMissed(), connection, size));
    }
  }

  /** Tells of the look at the old item that a change begins with, as memcached does. */
  private void looked(long connection) {
    boolean hit = before != null && !store.isFlushed(before) && !store.isExpired(before);
    fetched(hit ? before.value().length : 0, hit, connection);
  }

  private String whyMissed() {
    if (before == null) {
      return "not_found";
    } else if (store.isFlushed(before)) {
      return "flushed";
    }
    return store.isExpired(before) ? "expired" : "not_found";
  }

  private void stored(Request request, Status status, long connection, long now) {
    if (!log.isWatched(LogKind.MUTATIONS)) {
      return;
    }
    int size = request.value() == null ? 0 : request.value().length;
    long expiry = Expiry.of(request.exptime(), now);
    if (status == Status.OK) {
      StoredItem item = store.peek(key); // an append's, say, is longer than what came for it
      if (item != null) {
        size = item.value().length;
        expiry = item.expiry();
      }
    }
    long ttl = expiry == Expiry.REGION ? 0 : Math.max(0, (expiry - now) / 1000);
    log.add(
        new LogEntry.Stored(key, statusWord(status), commandWord(request), ttl, connection, size));
  }

  private static String statusWord(Status status) {
    return switch (status) {
      case OK -> "stored";
      case EXISTS -> "exists";
      case NOT_FOUND -> "not_found";
      case TOO_LARGE -> "too_large";
      case OUT_OF_MEMORY -> "no_memory";
      default -> "not_stored";
    };
  }

  private static String commandWord(Request request) {
    return switch (request.command()) {
      case ADD -> "add";
      case REPLACE -> "replace";
      case APPEND -> "append";
      case PREPEND -> "prepend";
      default -> request.comparesCas() ? "cas" : "set";
    };
  }

  private void deleted(Request request, Status status) {
    boolean leaves = request.has(Option.INVALIDATE) || request.has(Option.REMOVE_VALUE);
    if (status == Status.OK && !leaves && before != null && log.isWatched(LogKind.DELETIONS)) {
      String command = request.wire() == Wire.META ? "md" : "delete";
      log.add(new LogEntry.Deleted(key, command, before.value().length));
    }
  }
}
