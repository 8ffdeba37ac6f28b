package io.ehcached.protocol.text;

import io.ehcached.item.Key;
import io.ehcached.protocol.Request;

/**
 * The keys of one {@code get} line; each becomes a request. A request is returned one key late,
 * because the last one is marked: its answer ends the line's answer.
 */
final class KeyList {
  private Verb verb;
  private long exptime;
  private Key pending;

  /** Begins a line. */
  void begin(Verb verb, long exptime) {
    this.verb = verb;
    this.exptime = exptime;
  }

  /** Takes a key; returns the request for the one before, or null when it is the first. */
  Request next(Key key) {
    Request before = pending == null ? null : request(pending);
    pending = key;
    return before;
  }

  /** Ends the line; returns the request for the last key, or null when there was none. */
  Request last() {
    if (pending == null) {
      return null;
    }
    Request last = request(pending).form(TextEncoder.LAST_KEY);
    pending = null;
    return last;
  }

  /** Forgets the last key. */
  void abandon() {
    pending = null;
  }

  private Request request(Key key) {
    return Request.of(verb.command()).key(key).exptime(exptime).wantsCas(verb.wantsCas());
  }
}
