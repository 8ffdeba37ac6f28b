package io.ehcached.protocol.binary;

import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Stream;
import io.ehcached.protocol.value.ValueWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** The encoder of memcached's binary protocol ({@code protocol_binary.h}). */
public final class BinaryEncoder {
  private static final long MAGIC = 0x81L << 56;
  private static final byte[] NOTHING = {};
  private static final byte[] AUTHENTICATED = "Authenticated".getBytes(StandardCharsets.US_ASCII);

  private final boolean cas;
  private final ValueWriter values;

  /**
   * Creates an encoder.
   *
   * @param cas whether to show cas uniques, or 0 for each
   * @param values what writes the values of answers
   */
  public BinaryEncoder(boolean cas, ValueWriter values) {
    this.cas = cas;
    this.values = values;
  }

  /** Writes the answer to a request that a {@link BinaryDecoder} made. */
  public void encode(Request request, Response response, ByteBuf out) {
    if (response.status() != Status.OK) {
      failure(request, response, out);
      return;
    }
    switch (request.command()) {
      case GET, GET_AND_TOUCH -> value(request, response.item(), out);
      case STATS -> stats(request, response, out);
      default -> {
        if (!request.quiet()) {
          single(request, response, out);
        }
      }
    }
  }

  /**
   * Writes a part of an answer: statistics, or lines of text, which become one statistic for each
   * part (memcached makes one of all).
   */
  public void encodePart(Request request, Stream.Part part, ByteBuf out) {
    StringBuilder text = new StringBuilder();
    for (Stream.Line line : part.lines()) {
      if (line instanceof Stream.StatLine stat) {
        stat(request, stat.stat().name(), stat.stat().value(), out);
      } else if (line instanceof Stream.TextLine plain) {
        text.append(plain.text()).append("\r\n");
      }
    }
    if (isDetail(request)) {
      String value = text.append(part.isLast() ? "END\r\n" : "").toString();
      stat(request, "detailed", value.getBytes(StandardCharsets.ISO_8859_1), out);
    }
    if (part.isLast()) {
      header(request, 0, 0, 0, 0, out);
    }
  }

  private void single(Request request, Response response, ByteBuf out) {
    Item item = response.item();
    switch (request.command()) {
      case SET, ADD, REPLACE, APPEND, PREPEND -> header(request, 0, 0, 0, cas(item), out);
      case INCREMENT, DECREMENT -> {
        header(request, 0, 0, Long.BYTES, cas(item), out);
        out.writeLong(response.number());
      }
      case TOUCH -> {
        header(request, Integer.BYTES, 0, Integer.BYTES, cas(item), out);
        out.writeInt(item.flags());
      }
      case VERSION -> text(request, response.text().getBytes(StandardCharsets.UTF_8), out);
      case AUTHENTICATE -> text(request, AUTHENTICATED, out);
      case NOOP -> text(request, isMechanisms(request) ? PlainMessage.MECHANISM : NOTHING, out);
      default -> header(request, 0, 0, 0, 0, out);
    }
  }

  private static boolean isMechanisms(Request request) {
    return request.form() == Opcode.SASL_LIST_MECHS.code();
  }

  private static void text(Request request, byte[] text, ByteBuf out) {
    header(request, 0, 0, text.length, 0, out);
    out.writeBytes(text);
  }

  private void value(Request request, Item item, ByteBuf out) {
    byte[] key = returnedKey(request);
    byte[] value = item.value();
    int body = Integer.BYTES + key.length + value.length;
    int ahead = Integer.BYTES + key.length + ValueWriter.lengthInBuffer(value);
    out.ensureWritable(Packet.HEADER_LENGTH + ahead);
    header(request, Integer.BYTES, key.length, body, cas(item), out);
    out.writeInt(item.flags()).writeBytes(key);
    values.write(value, out);
  }

  private static byte[] returnedKey(Request request) {
    Key key = request.key();
    return key != null && Opcode.of(request.form()).returnsKey() ? key.bytes() : NOTHING;
  }

  private static void stats(Request request, Response response, ByteBuf out) {
    for (Stat stat : response.stats()) {
      stat(request, stat.name(), stat.value(), out);
    }
    if (response.stream() == null) {
      header(request, 0, 0, 0, 0, out);
    }
  }

  private static boolean isDetail(Request request) {
    return !request.arguments().isEmpty() && request.arguments().get(0).equals("detail");
  }

  private static void stat(Request request, String name, String value, ByteBuf out) {
    stat(request, name, value.getBytes(StandardCharsets.UTF_8), out);
  }

  private static void stat(Request request, String name, byte[] text, ByteBuf out) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    header(request, 0, key.length, key.length + text.length, 0, out);
    out.writeBytes(key).writeBytes(text);
  }

  private static void failure(Request request, Response response, ByteBuf out) {
    boolean read = request.command() == Command.GET || request.command() == Command.GET_AND_TOUCH;
    if (read && response.status() == Status.NOT_FOUND) {
      miss(request, out);
      return;
    }
    Failure failure = Failure.of(request.command(), response.status());
    fail(request, failure, failure.text(response.text()), out);
  }

  private static void miss(Request request, ByteBuf out) {
    if (request.quiet()) {
      return;
    }
    byte[] key = returnedKey(request);
    if (key.length == 0) {
      fail(request, Failure.NOT_FOUND, Failure.NOT_FOUND.text(null), out);
      return;
    }
    header(request, Failure.NOT_FOUND.code(), 0, key.length, key.length, 0, out);
    out.writeBytes(key);
  }

  private static void fail(Request request, Failure failure, String text, ByteBuf out) {
    header(request, failure.code(), 0, 0, text.length(), 0, out);
    ByteBufUtil.writeAscii(out, text);
  }

  private static void header(
      Request request, int extrasLength, int keyLength, int bodyLength, long cas, ByteBuf out) {
    header(request, 0, extrasLength, keyLength, bodyLength, cas, out);
  }

  private static void header(
      Request request,
      int status,
      int extrasLength,
      int keyLength,
      int bodyLength,
      long cas,
      ByteBuf out) {
    out.ensureWritable(Packet.HEADER_LENGTH);
    long opcode = request.form();
    out.writeLong(MAGIC | opcode << 48 | (long) keyLength << 32 | extrasLength << 24 | status);
    out.writeLong((long) bodyLength << 32 | Integer.toUnsignedLong((int) request.fields()));
    out.writeLong(cas);
  }

  private long cas(Item item) {
    return cas ? item.cas() : 0;
  }
}
