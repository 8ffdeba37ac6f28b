package io.ehcached.protocol.text;

import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Decimal;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stat;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Stream;
import io.ehcached.protocol.line.ErrorLines;
import io.ehcached.protocol.value.ValueWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * The encoder of memcached's text protocol ({@code protocol.txt}). Not safe for use by more than
 * one thread at a time: it keeps the array in which it puts a header together.
 */
public final class TextEncoder {
  /** The {@link Request#form()} of a line's last key: {@code END} follows. */
  static final int LAST_KEY = 1;

  private static final int LINE_END = '\r' << Byte.SIZE | '\n';
  private static final byte[] VALUE = ascii("VALUE ");
  private static final byte[] END = ascii("END\r\n");
  private static final byte[] STORED = line("STORED");
  private static final byte[] DELETED = line("DELETED");
  private static final byte[] TOUCHED = line("TOUCHED");
  private static final byte[] OK = line("OK");
  private static final byte[] RESET = line("RESET");
  private static final Map<Status, byte[]> FIXED = new EnumMap<>(Status.class);

  static {
    FIXED.put(Status.NOT_FOUND, line("NOT_FOUND"));
    FIXED.put(Status.NOT_STORED, line("NOT_STORED"));
    FIXED.put(Status.EXISTS, line("EXISTS"));
  }

  private final StreamEncoder streams = new StreamEncoder();
  private final byte[] header =
      new byte[VALUE.length + Key.MAX_LENGTH + 3 * (1 + Decimal.MAX_DIGITS) + 2];

  private final boolean cas;
  private final ValueWriter values;

  /**
   * Creates an encoder.
   *
   * @param cas whether to show cas uniques, or 0 for each
   * @param values what writes the values of answers
   */
  public TextEncoder(boolean cas, ValueWriter values) {
    this.cas = cas;
    this.values = values;
  }

  /** Writes the answer to a request that a {@link TextDecoder} made. */
  public void encode(Request request, Response response, ByteBuf out) {
    switch (request.command()) {
      case GET, GET_AND_TOUCH -> retrieval(request, response, out);
      case STATS -> stats(request, response, out);
      case QUIT -> {}
      default -> {
        if (!request.quiet()) {
          ByteBuf unused = single(request, response, out);
        }
      }
    }
  }

  /** Writes a part of the answer to a request, behind what {@link #encode} has written of it. */
  public void encodePart(Request request, Stream.Part part, ByteBuf out) {
    streams.encode(request, part, out);
  }

  private void retrieval(Request request, Response response, ByteBuf out) {
    Status status = response.status();
    boolean last = request.form() == LAST_KEY;
    if (status == Status.OK) {
      value(response.item(), request.wantsCas(), out);
    } else if (status != Status.NOT_FOUND && last) {
      failure(request, response, out); // before the last key it would be taken for the end
      return;
    }
    if (last) {
      out.writeBytes(END);
    }
  }

  private void value(Item item, boolean wantsCas, ByteBuf out) {
    byte[] key = item.key().bytes();
    byte[] value = item.value();
    System.arraycopy(VALUE, 0, header, 0, VALUE.length);
    System.arraycopy(key, 0, header, VALUE.length, key.length);
    int at = number(Integer.toUnsignedLong(item.flags()), VALUE.length + key.length);
    at = number(value.length, at);
    if (wantsCas) {
      at = number(cas(item), at);
    }
    header[at++] = '\r';
    header[at++] = '\n';
    out.ensureWritable(at + ValueWriter.lengthInBuffer(value) + 2);
    out.writeBytes(header, 0, at);
    values.write(value, out);
    out.writeShort(LINE_END);
  }

  private int number(long number, int at) {
    header[at] = ' ';
    return Decimal.write(number, header, at + 1);
  }

  private static void stats(Request request, Response response, ByteBuf out) {
    if (response.status() != Status.OK) {
      failure(request, response, out);
    } else if (response.text() != null) {
      text("", response.text(), out);
    } else if (!request.arguments().isEmpty() && request.arguments().get(0).equals("reset")) {
      out.writeBytes(RESET);
    } else if (response.stream() == null) {
      for (Stat stat : response.stats()) {
        ByteBufUtil.writeAscii(out, "STAT ");
        ByteBufUtil.writeUtf8(out, stat.name());
        out.writeByte(' ');
        ByteBufUtil.writeUtf8(out, stat.value());
        out.writeShort(LINE_END);
      }
      if (!isSizesSwitch(request)) {
        out.writeBytes(END);
      }
    }
  }

  /** Tells whether a request is one of those that memcached answers with a line and no end. */
  private static boolean isSizesSwitch(Request request) {
    return !request.arguments().isEmpty() && request.arguments().get(0).startsWith("sizes_");
  }

  /** Writes an answer of one line; an expression, since the compiler then misses no command. */
  private ByteBuf single(Request request, Response response, ByteBuf out) {
    if (response.status() != Status.OK) {
      failure(request, response, out);
      return out;
    }
    return switch (request.command()) {
      case SET, ADD, REPLACE, APPEND, PREPEND, AUTHENTICATE -> out.writeBytes(STORED);
      case INCREMENT, DECREMENT -> sum(response.number(), out);
      case DELETE -> out.writeBytes(DELETED);
      case TOUCH -> out.writeBytes(TOUCHED);
      case FLUSH_ALL, VERBOSITY, CACHE_MEMLIMIT, REFRESH_CERTS, LRU_CRAWLER, LRU, SLABS, WATCH ->
          out.writeBytes(OK);
      case CONFIG -> config(request, response, out);
      case VERSION -> {
        text("VERSION ", response.text(), out);
        yield out;
      }
      case SHUTDOWN -> out; // memcached is gone without a word
      case GET, GET_AND_TOUCH, DEBUG, NOOP, STATS, QUIT, INVALID ->
          throw new IllegalArgumentException(request.command() + " has no such answer");
    };
  }

  /** The form is that of ElastiCache's auto discovery; what is not there is not an error. */
  private static ByteBuf config(Request request, Response response, ByteBuf out) {
    if (response.text() != null) {
      byte[] text = response.text().getBytes(StandardCharsets.UTF_8);
      text("CONFIG ", request.arguments().get(1) + " 0 " + text.length, out);
      out.writeBytes(text).writeShort(LINE_END);
    }
    return out.writeBytes(END);
  }

  private ByteBuf sum(long number, ByteBuf out) {
    int end = Decimal.write(number, header, 0);
    return out.writeBytes(header, 0, end).writeShort(LINE_END);
  }

  private static void failure(Request request, Response response, ByteBuf out) {
    Command command = request.command();
    Status status = response.status();
    byte[] fixed = FIXED.get(status);
    if (fixed != null) {
      out.writeBytes(fixed);
    } else if (status == Status.OUT_OF_MEMORY
        && (command == Command.INCREMENT || command == Command.DECREMENT)) {
      ErrorLines.outOfMemoryInPlace(out);
    } else if (status == Status.NOT_ALLOWED && command == Command.SHUTDOWN) {
      text("SERVER_ERROR: ", response.text(), out);
    } else if (status == Status.BAD_ARGUMENT && wordsItsErrors(command)) {
      text("", response.text(), out);
    } else {
      ErrorLines.write(response, out);
    }
  }

  private static boolean wordsItsErrors(Command command) {
    return switch (command) {
      case CACHE_MEMLIMIT, REFRESH_CERTS, LRU_CRAWLER, LRU, SLABS, WATCH -> true;
      default -> false;
    };
  }

  private static void text(String prefix, String text, ByteBuf out) {
    ErrorLines.text(prefix, text, out);
  }

  private static byte[] line(String text) {
    return ErrorLines.line(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private long cas(Item item) {
    return cas ? item.cas() : 0;
  }
}
