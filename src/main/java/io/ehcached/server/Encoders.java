package io.ehcached.server;

import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stream;
import io.ehcached.protocol.binary.BinaryEncoder;
import io.ehcached.protocol.meta.MetaEncoder;
import io.ehcached.protocol.text.TextEncoder;
import io.ehcached.protocol.value.ValueWriter;
import io.netty.buffer.ByteBuf;

/** Writes each answer in the protocol that its request came in. For one thread, as encoders are. */
final class Encoders {
  private final TextEncoder text;
  private final MetaEncoder meta;
  private final BinaryEncoder binary;
  private final ValueWriter values = new ValueWriter();

  /** Makes encoders that show cas uniques, or 0 for each. */
  Encoders(boolean cas) {
    text = new TextEncoder(cas, values);
    meta = new MetaEncoder(cas, values);
    binary = new BinaryEncoder(cas, values);
  }

  /** Writes an answer; a large value that belongs to it is left with {@link #values}. */
  void encode(Request request, Response response, ByteBuf out) {
    switch (request.wire()) {
      case TEXT -> text.encode(request, response, out);
      case META -> meta.encode(request, response, out);
      case BINARY -> binary.encode(request, response, out);
    }
  }

  /** Returns what the encoders leave large values with. */
  ValueWriter values() {
    return values;
  }

  void encodePart(Request request, Stream.Part part, ByteBuf out) {
    switch (request.wire()) {
      case TEXT -> text.encodePart(request, part, out);
      case BINARY -> binary.encodePart(request, part, out);
      case META -> throw new IllegalArgumentException(request.command() + " comes in no parts");
    }
  }
}
