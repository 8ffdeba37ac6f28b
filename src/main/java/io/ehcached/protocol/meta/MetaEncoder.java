package io.ehcached.protocol.meta;

import io.ehcached.item.Item;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Decimal;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.line.ErrorLines;
import io.ehcached.protocol.value.ValueWriter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The encoder of memcached's meta protocol ({@code protocol.txt}, "Meta Commands"): an answer is
 * two letters, and the flags asked for, in their order. Not safe for use by more than one thread at
 * a time: it keeps the array in which it puts a line together.
 */
public final class MetaEncoder {
  private static final int LINE_END = '\r' << Byte.SIZE | '\n';

  /** More than the longest line: a key in base64, an opaque, and eight numbers. */
  private static final int MAX_LINE = 1024;

  private final byte[] line = new byte[MAX_LINE];
  private int at;

  private final boolean cas;
  private final ValueWriter values;

  /**
   * Creates an encoder.
   *
   * @param cas whether to show cas uniques, or 0 for each
   * @param values what writes the values of answers
   */
  public MetaEncoder(boolean cas, ValueWriter values) {
    this.cas = cas;
    this.values = values;
  }

  /** Writes the answer to a request that a {@link MetaReader} made. */
  public void encode(Request request, Response response, ByteBuf out) {
    at = 0;
    switch (response.status()) {
      case OK -> success(request, response, out);
      case NOT_FOUND -> notFound(request, out);
      case NOT_STORED -> failure('N', 'S', request, out);
      case EXISTS -> failure('E', 'X', request, out);
      default -> error(request, response, out);
    }
  }

  private void success(Request request, Response response, ByteBuf out) {
    switch (request.command()) {
      case GET, GET_AND_TOUCH -> item(request, response, out);
      case DEBUG -> debug(request, response, out);
      case NOOP -> {
        code('M', 'N');
        end(out);
      }
      case INCREMENT, DECREMENT -> {
        if (!request.quiet()) {
          number(request, response, out);
        }
      }
      default -> {
        if (!request.quiet()) {
          code('H', 'D');
          fields(request, response);
          end(out);
        }
      }
    }
  }

  private void item(Request request, Response response, ByteBuf out) {
    Item item = response.item();
    byte[] value = isValueWanted(request, item) ? item.value() : null;
    if (value == null) {
      code('H', 'D');
    } else {
      code('V', 'A');
      line[at++] = ' ';
      at = Decimal.write(value.length, line, at);
    }
    fields(request, response);
    ItemState state = response.state();
    if (state != null) {
      mark(state.alreadyWon(), 'Z');
      mark(state.stale(), 'X');
      mark(state.won(), 'W');
    }
    if (value == null) {
      end(out);
    } else {
      out.ensureWritable(at + ValueWriter.lengthInBuffer(value) + 4);
      end(out);
      values.write(value, out);
      out.writeShort(LINE_END);
    }
  }

  /** With a cas unique to compare, the client has that version already and wants any other. */
  private boolean isValueWanted(Request request, Item item) {
    return request.has(Option.WANT_VALUE)
        && !(request.comparesCas() && request.compareCas() == cas(item));
  }

  private void number(Request request, Response response, ByteBuf out) {
    if (!request.has(Option.WANT_VALUE)) {
      code('H', 'D');
      fields(request, response);
    } else {
      code('V', 'A');
      line[at++] = ' ';
      int length = Decimal.write(response.number(), line, at) - at; // written over by the length
      at = Decimal.write(length, line, at);
      fields(request, response);
      line[at++] = '\r';
      line[at++] = '\n';
      at = Decimal.write(response.number(), line, at);
    }
    end(out);
  }

  private void notFound(Request request, ByteBuf out) {
    switch (request.command()) {
      case GET, GET_AND_TOUCH -> {
        if (!request.quiet()) {
          failure('E', 'N', request, out);
        }
      }
      case DEBUG -> {
        code('E', 'N');
        end(out);
      }
      default -> failure('N', 'F', request, out);
    }
  }

  /** Writes an answer with what is known without an item. */
  private void failure(char first, char second, Request request, ByteBuf out) {
    code(first, second);
    boolean stores = request.value() != null;
    for (long rest = request.fields(); rest != 0; rest >>>= Byte.SIZE) {
      int letter = (int) rest & 0xFF;
      if (letter == 'O' || letter == 'k') {
        echo(letter, request);
      } else if (stores && letter == 'c') {
        field('c', 0); // not the cas unique of what is there: so does memcached
      } else if (stores && letter == 's') {
        field('s', request.value().length);
      }
    }
    end(out);
  }

  private void error(Request request, Response response, ByteBuf out) {
    Command command = request.command();
    if (response.status() == Status.OUT_OF_MEMORY
        && (command == Command.INCREMENT || command == Command.DECREMENT)) {
      ErrorLines.outOfMemoryInPlace(out);
    } else {
      ErrorLines.write(response, out);
    }
  }

  /** Writes the flags asked for, in their order; each command has its own. */
  private void fields(Request request, Response response) {
    for (long rest = request.fields(); rest != 0; rest >>>= Byte.SIZE) {
      int letter = (int) rest & 0xFF;
      switch (request.command()) {
        case GET, GET_AND_TOUCH -> getField(letter, request, response);
        case INCREMENT, DECREMENT -> countField(letter, request, response);
        case DELETE -> echo(letter, request);
        default -> setField(letter, request, response);
      }
    }
  }

  private void getField(int letter, Request request, Response response) {
    Item item = response.item();
    switch (letter) {
      case 's' -> field('s', item.value().length);
      case 'c' -> field('c', cas(item));
      case 'f' -> field('f', Integer.toUnsignedLong(item.flags()));
      case 't' -> ttl(response.state());
      case 'h' -> field('h', response.state().fetched() ? 1 : 0);
      case 'l' -> field('l', response.state().idleSeconds());
      default -> echo(letter, request);
    }
  }

  private void countField(int letter, Request request, Response response) {
    switch (letter) {
      case 'c' -> field('c', cas(response.item()));
      case 't' -> ttl(response.state());
      default -> echo(letter, request);
    }
  }

  private void setField(int letter, Request request, Response response) {
    switch (letter) {
      case 'c' -> field('c', cas(response.item()));
      case 's' -> field('s', response.item().value().length);
      default -> echo(letter, request);
    }
  }

  /** Writes what comes from the request alone, if that is asked for. */
  private void echo(int letter, Request request) {
    if (letter == 'O') {
      line[at++] = ' ';
      bytes(request.opaque());
    } else if (letter == 'k') {
      line[at++] = ' ';
      line[at++] = 'k';
      key(request);
      mark(request.has(Option.BASE64_KEY), 'b');
    }
  }

  private void key(Request request) {
    byte[] key = request.key().bytes();
    bytes(request.has(Option.BASE64_KEY) ? Base64.getEncoder().encode(key) : key);
  }

  private void ttl(ItemState state) {
    if (state.ttlSeconds() == ItemState.FOREVER) {
      bytes(" t-1");
    } else {
      field('t', state.ttlSeconds());
    }
  }

  private void debug(Request request, Response response, ByteBuf out) {
    ItemState state = response.state();
    code('M', 'E');
    line[at++] = ' ';
    key(request);
    bytes(" exp=");
    bytes(Long.toString(state.ttlSeconds()));
    bytes(" la=");
    at = Decimal.write(state.idleSeconds(), line, at);
    bytes(" cas=");
    at = Decimal.write(cas(response.item()), line, at);
    bytes(state.fetched() ? " fetch=yes" : " fetch=no");
    bytes(" cls=1 size=");
    at = Decimal.write(state.size(), line, at);
    end(out);
  }

  private void code(char first, char second) {
    line[at++] = (byte) first;
    line[at++] = (byte) second;
  }

  private void field(int letter, long number) {
    line[at++] = ' ';
    line[at++] = (byte) letter;
    at = Decimal.write(number, line, at);
  }

  private void mark(boolean holds, int letter) {
    if (holds) {
      line[at++] = ' ';
      line[at++] = (byte) letter;
    }
  }

  private void bytes(byte[] bytes) {
    System.arraycopy(bytes, 0, line, at, bytes.length);
    at += bytes.length;
  }

  private void bytes(String text) {
    bytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void end(ByteBuf out) {
    line[at++] = '\r';
    line[at++] = '\n';
    out.writeBytes(line, 0, at);
  }

  private long cas(Item item) {
    return cas ? item.cas() : 0;
  }
}
