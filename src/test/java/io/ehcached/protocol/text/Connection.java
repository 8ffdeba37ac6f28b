package io.ehcached.protocol.text;

import io.ehcached.protocol.Feed;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import java.util.List;

/** A client of the text protocol, as its decoder sees it. */
final class Connection {
  static final Limits LIMITS = new Limits(1024 * 1024);

  private final Feed feed;

  Connection() {
    this(LIMITS);
  }

  Connection(Limits limits) {
    feed = new Feed(new TextDecoder(limits));
  }

  /** Reads what arrives until the decoder wants more. */
  Connection receive(byte[] arrived) {
    return receive(arrived, Integer.MAX_VALUE / 2);
  }

  Connection receive(String arrived) {
    return receive(bytes(arrived));
  }

  /** Reads what arrives in batches of {@code limit} until the decoder wants more. */
  Connection receive(byte[] arrived, int limit) {
    feed.receive(arrived, limit);
    return this;
  }

  int untaken() {
    return feed.untaken();
  }

  List<Request> requests() {
    return feed.requests();
  }

  List<String> described() {
    return requests().stream().map(Connection::describe).toList();
  }

  static byte[] bytes(String text) {
    return Feed.bytes(text);
  }

  /** Returns all that a request says, what has its default left out. */
  static String describe(Request request) {
    return Feed.describe(request, Connection::fields)
        + (request.form() == TextEncoder.LAST_KEY ? " last" : "");
  }

  /** Returns the meta flags to answer with, in their order. */
  private static String fields(long fields) {
    StringBuilder text = new StringBuilder(" fields=");
    for (long rest = fields; rest != 0; rest >>>= Byte.SIZE) {
      text.append((char) (rest & 0xFF));
    }
    return text.toString();
  }
}
