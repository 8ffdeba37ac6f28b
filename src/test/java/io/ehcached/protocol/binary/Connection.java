package io.ehcached.protocol.binary;

import io.ehcached.protocol.Feed;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.support.BinaryPacket;
import java.util.List;

/** A client of the binary protocol, as its decoder sees it. */
final class Connection {
  static final Limits LIMITS = new Limits(1024 * 1024);

  private final Feed feed;

  Connection() {
    this(LIMITS);
  }

  Connection(Limits limits) {
    feed = new Feed(new BinaryDecoder(limits));
  }

  static BinaryPacket packet(Opcode opcode) {
    return BinaryPacket.of(opcode.code());
  }

  Connection receive(BinaryPacket packet) {
    return receive(packet.bytes());
  }

  /** Reads what arrives until the decoder wants more. */
  Connection receive(byte[] arrived) {
    return receive(arrived, Integer.MAX_VALUE / 2);
  }

  /** Reads what arrives in batches of {@code limit} until the decoder wants more. */
  Connection receive(byte[] arrived, int limit) {
    feed.receive(arrived, limit);
    return this;
  }

  int untaken() {
    return feed.untaken();
  }

  /** Returns what has been asked for, each request behind the opcode that its answer will have. */
  List<String> described() {
    return feed.requests().stream()
        .map(request -> String.format("%02x ", request.form()) + describe(request))
        .toList();
  }

  private static String describe(Request request) {
    return Feed.describe(request, opaque -> " opaque=" + Integer.toUnsignedString((int) opaque));
  }
}
