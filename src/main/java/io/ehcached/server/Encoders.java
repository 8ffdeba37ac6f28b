package io.ehcached.server;

import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stream;
import io.ehcached.protocol.binary.BinaryEncoder;
import io.ehcached.protocol.meta.MetaEncoder;
import io.ehcached.protocol.text.TextEncoder;
import io.netty.buffer.ByteBuf;

/** Writes each answer in the protocol that its request came in. For one thread, as encoders are. */
final class Encoders {
  private final TextEncoder text;
  private final MetaEncoder meta;
  private final BinaryEncoder binary;

  /** Makes encoders that show cas uniques, or 0 for each. */
  Encoders(boolean cas) {
    text = new TextEncoder(cas);
    meta = new MetaEncoder(cas);
    binary = new BinaryEncoder(cas);
  }

  void encode(Request request, Response response, ByteBuf out) {
    switch (request.wire()) {
      case TEXT -> text.encode(request, response, out);
      case META -> meta.encode(request, response, out);
      case BINARY -> binary.encode(request, response, out);
    }
  }

  void encodePart(Request request, Stream.Part part, ByteBuf out) {
    switch (request.wire()) {
      case TEXT -> text.encodePart(request, part, out);
      case BINARY -> binary.encodePart(request, part, out);
      case META -> throw new IllegalArgumentException(request.command() + " comes in no parts");
    }
  }
}
