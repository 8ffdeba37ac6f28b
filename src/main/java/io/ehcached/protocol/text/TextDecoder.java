package io.ehcached.protocol.text;

import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Decimal;
import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.IncomingValue;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Wire;
import io.ehcached.protocol.line.Scan;
import io.ehcached.protocol.line.Words;
import io.ehcached.protocol.meta.MetaReader;
import java.util.List;

/**
 * The decoder of memcached's text protocol ({@code protocol.txt}) and, line by line, of the meta
 * protocol. It treats malformed input as memcached 1.6 does: it is answered, and reading continues
 * at the next line, or behind the data block if its length could be read.
 *
 * <p>A line is read when it is whole. One above {@link #MAX_LINE} bytes is read only if it asks for
 * keys; these are then read as they arrive, so that a line may have any number of them. A key that
 * is too long spoils a whole line or, if it is found late, the rest of it.
 *
 * <p>Each {@code decodeX} reads what its state expects, adds one request at most, and returns the
 * index it reached, or {@link #WAIT}. Thus a batch that is full stops anywhere, also within a line.
 * The states stand together, though that makes the class long: each is left for any other.
 */
public final class TextDecoder implements Decoder {
  /** The longest line without keys, in bytes without its newline. */
  static final int MAX_LINE = 2048;

  /** The shortest line in which memcached looks for a command, its end included. */
  private static final int SHORTEST_LINE = 4;

  private static final int WAIT = -1;
  private static final int LINE_END_LENGTH = 2;

  private enum State {
    /** At the start of a line. */
    LINE,
    /** Within a line, at one of its keys or at its end. */
    KEYS,
    /** Within a line that is read no further. */
    REST_OF_LINE,
    /** Within a data block. */
    VALUE,
    /** Within a data block that is discarded. */
    SWALLOWED_VALUE,
    /** The connection is closed, or is to be closed. */
    CLOSED
  }

  private final Words words = new Words();
  private final KeyList keys = new KeyList();
  private final IncomingValue value = new IncomingValue();
  private final LineReader lines;
  private final MetaReader meta;
  private State state = State.LINE;
  private Request storage;
  private long swallow;
  private boolean batchEnds;

  /** Makes the decoder of one connection. */
  public TextDecoder(Limits limits) {
    lines = new LineReader(limits, words);
    meta = new MetaReader(limits, words);
  }

  @Override
  public int decode(byte[] in, int from, int to, List<Request> out, int limit) {
    int full = out.size() + limit;
    int at = from;
    batchEnds = false;
    while (at < to && out.size() < full && !batchEnds && state != State.CLOSED) {
      int next = decodeNext(in, at, to, out);
      if (next == WAIT) {
        break;
      }
      at = next;
    }
    words.forget();
    return state == State.CLOSED ? to : at;
  }

  @Override
  public int takeValue(Source in, int available) {
    return state == State.VALUE ? value.takePart(in, available) : 0;
  }

  @Override
  public boolean isMidway() {
    return state != State.LINE && state != State.CLOSED;
  }

  @Override
  public boolean awaitsValue() {
    return state == State.VALUE;
  }

  @Override
  public int held() {
    return value.held();
  }

  @Override
  public Request giveUpValue() {
    swallow = (long) value.giveUp() + LINE_END_LENGTH;
    state = State.SWALLOWED_VALUE;
    Request refused = storage.withoutValue(Status.OUT_OF_MEMORY);
    storage = null;
    return refused;
  }

  private int decodeNext(byte[] in, int at, int to, List<Request> out) {
    return switch (state) {
      case LINE -> decodeLine(in, at, to, out);
      case KEYS -> decodeKey(in, at, to, out);
      case REST_OF_LINE -> decodeRestOfLine(in, at, to);
      case VALUE -> decodeValue(in, at, to, out);
      case SWALLOWED_VALUE -> decodeSwallowedValue(at, to);
      case CLOSED -> to;
    };
  }

  private int decodeLine(byte[] in, int at, int to, List<Request> out) {
    int newline = newline(in, at, Math.min(to, at + MAX_LINE + 1));
    if (newline >= 0) {
      words.find(in, at, lineEnd(in, at, newline));
      return line(at, newline + 1, out);
    }
    if (to - at <= MAX_LINE) {
      return WAIT;
    }
    words.find(in, at, at + MAX_LINE + 1);
    return longLine(at, to, out);
  }

  /**
   * Reads a whole line; returns the index to continue at, which is {@code next} unless keys are
   * left.
   */
  private int line(int at, int next, List<Request> out) {
    boolean indented = words.count() > 0 && words.start(0) > at;
    if (MetaReader.isMeta(words) && !indented) {
      meta(out);
      return next;
    }
    if (next - at < SHORTEST_LINE) {
      add(Request.invalid(Status.BAD_FORMAT), out);
      return next;
    }
    Verb verb = Verb.of(words);
    if (verb == null || (indented && !verb.isLookedForLast())) {
      unknown(out);
      return next;
    }
    switch (verb.shape()) {
      case KEYS, KEYS_WITH_EXPTIME -> {
        return keys(verb, next, out);
      }
      case STORAGE -> storage(verb, out);
      default -> add(lines.read(verb), out);
    }
    return next;
  }

  private void unknown(List<Request> out) {
    if (words.looksLikeHttp()) {
      add(Request.hangUp(), out);
    } else {
      add(Request.invalid(Status.UNKNOWN_COMMAND).quiet(words.endInNoreply()), out);
    }
  }

  private int keys(Verb verb, int next, List<Request> out) {
    int first = firstKey(verb);
    if (words.count() <= first) {
      add(Request.invalid(Status.BAD_FORMAT), out);
      return next;
    }
    if (!beginKeys(verb, out)) {
      return next;
    }
    if (words.longest() > Key.MAX_LENGTH) {
      add(Request.invalid(Status.BAD_FORMAT), out);
      return next;
    }
    if (words.count() == first + 1) {
      keys.next(words.key(first));
      add(keys.last(), out);
      return next;
    }
    state = State.KEYS;
    return words.start(first);
  }

  /** Continues a line that is incomplete and too long to wait for its end. */
  private int longLine(int at, int to, List<Request> out) {
    Verb verb = Verb.of(words);
    int first = verb == null ? Integer.MAX_VALUE : firstKey(verb);
    int beforeKeys = first <= words.count() ? words.end(first - 1) : Integer.MAX_VALUE;
    // A word that ends where the search for words did may go on, and so is not known.
    if (beforeKeys > at + MAX_LINE || words.start(0) > at) {
      add(Request.hangUp(), out);
      return to;
    }
    state = beginKeys(verb, out) ? State.KEYS : State.REST_OF_LINE;
    return beforeKeys;
  }

  /**
   * Returns the index of the word that is a line's first key; larger than any index if it has no
   * keys.
   */
  private static int firstKey(Verb verb) {
    return switch (verb.shape()) {
      case KEYS -> 1;
      case KEYS_WITH_EXPTIME -> 2;
      default -> Integer.MAX_VALUE;
    };
  }

  private boolean beginKeys(Verb verb, List<Request> out) {
    long exptime = verb.shape() == Verb.Shape.KEYS_WITH_EXPTIME ? words.signed32(1) : 0;
    if (exptime == Decimal.NOT_A_NUMBER) {
      add(Request.invalid(Status.BAD_EXPTIME), out);
      return false;
    }
    keys.begin(verb, exptime);
    return true;
  }

  private int decodeKey(byte[] in, int at, int to, List<Request> out) {
    int from = at;
    while (from < to && in[from] == ' ') {
      from++;
    }
    int end = Scan.indexOfEither((byte) ' ', (byte) '\n', in, from, to);
    if (end == to) {
      // The byte above the longest key may be the return that ends the line.
      boolean tooLong = end - from > Key.MAX_LENGTH + 1;
      return tooLong ? spoiltKeys(end, out) : moved(at, from);
    }
    boolean lineEnds = in[end] == '\n';
    int keyEnd = lineEnds ? lineEnd(in, from, end) : end;
    if (keyEnd == from) {
      return lastKey(end + 1, out);
    }
    if (keyEnd - from > Key.MAX_LENGTH) {
      return spoiltKeys(end, out);
    }
    add(keys.next(Key.of(in, from, keyEnd - from)), out);
    return keyEnd; // the line's end, should it be here, is read by itself
  }

  private int lastKey(int next, List<Request> out) {
    Request last = keys.last();
    add(last != null ? last : Request.invalid(Status.BAD_FORMAT), out);
    state = State.LINE;
    return next;
  }

  private int spoiltKeys(int next, List<Request> out) {
    keys.abandon();
    add(Request.invalid(Status.BAD_FORMAT), out);
    state = State.REST_OF_LINE;
    return next;
  }

  private int decodeRestOfLine(byte[] in, int at, int to) {
    int newline = newline(in, at, to);
    if (newline < 0) {
      return to;
    }
    state = State.LINE;
    return newline + 1;
  }

  private void storage(Verb verb, List<Request> out) {
    int length = lines.valueLength();
    if (length < 0) {
      add(lines.noValueLength(), out);
      return;
    }
    awaitValue(lines.storage(verb, length), length, out);
  }

  private void meta(List<Request> out) {
    Request request = meta.read();
    int length = meta.valueLength();
    if (length == MetaReader.NO_VALUE) {
      add(request, out);
    } else {
      awaitValue(request, length, out);
    }
  }

  /** Continues behind the line of a request whose value is missing or no longer needed. */
  private void awaitValue(Request request, int length, List<Request> out) {
    if (request.error() == null) {
      storage = request;
      value.expect(length);
      state = State.VALUE;
    } else {
      swallow = (long) length + LINE_END_LENGTH;
      state = State.SWALLOWED_VALUE;
      add(request, out);
    }
  }

  private int decodeValue(byte[] in, int at, int to, List<Request> out) {
    int end = value.take(in, at, to);
    if (!value.isWhole() || to - end < LINE_END_LENGTH) {
      return moved(at, end);
    }
    byte[] bytes = value.release();
    boolean ends = in[end] == '\r' && in[end + 1] == '\n';
    add(ends ? storage.value(bytes) : badChunk(), out);
    storage = null;
    state = State.LINE;
    return end + LINE_END_LENGTH;
  }

  private Request badChunk() {
    // In the meta protocol no error is quiet.
    return Request.invalid(Status.BAD_CHUNK).quiet(storage.quiet() && storage.wire() == Wire.TEXT);
  }

  private int decodeSwallowedValue(int at, int to) {
    int taken = (int) Math.min(to - at, swallow);
    swallow -= taken;
    if (swallow == 0) {
      state = State.LINE;
    }
    return at + taken;
  }

  private void add(Request request, List<Request> out) {
    if (request == null) {
      return;
    }
    if (request.command() == Command.QUIT) {
      state = State.CLOSED;
    }
    batchEnds = request.command().decidesWhatFollows();
    out.add(request);
  }

  private static int moved(int from, int to) {
    return to > from ? to : WAIT;
  }

  private static int newline(byte[] in, int from, int to) {
    return Scan.indexOf((byte) '\n', in, from, to);
  }

  private static int lineEnd(byte[] in, int from, int newline) {
    return newline > from && in[newline - 1] == '\r' ? newline - 1 : newline;
  }
}
