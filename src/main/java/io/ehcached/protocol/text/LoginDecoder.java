package io.ehcached.protocol.text;

import io.ehcached.protocol.Access;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.IncomingValue;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.line.Words;
import java.util.Arrays;
import java.util.List;

/**
 * The decoder of the text protocol for a client that has to authenticate: by a {@code set} whose
 * value is {@code user password}. Key, flags, exptime and further words of the line mean nothing.
 * Every other line is refused, one of the meta protocol too, and not even looked at. When the
 * client has authenticated, all is as {@link TextDecoder} reads it. Lines too long end the
 * connection, and so do those too short, and those that look like HTTP: nobody knows better how to
 * send lines than a browser.
 */
public final class LoginDecoder implements Decoder {
  /** The longest value that memcached takes here, in bytes. */
  static final int LONGEST = 16 * 1024;

  /** The shortest line that memcached looks at here, its newline included. */
  private static final int SHORTEST_LINE = 7;

  private static final int LENGTH_WORD = 4;
  private static final int LINE_END_LENGTH = 2;

  private enum State {
    /** At the start of a line. */
    LINE,
    /** Within the value of a set. */
    VALUE,
    /** Within a value for which there was no memory. */
    SWALLOWED_VALUE,
    /** Behind an attempt whose outcome is not known yet. */
    TRIED,
    /** The connection is to be closed. */
    CLOSED
  }

  private final Access access;
  private final TextDecoder decoder;
  private final Words words = new Words();
  private final IncomingValue value = new IncomingValue();
  private State state = State.LINE;
  private long swallow;

  /** Makes the decoder of one connection. */
  public LoginDecoder(Limits limits, Access access) {
    this.access = access;
    this.decoder = new TextDecoder(limits);
  }

  @Override
  public int decode(byte[] in, int from, int to, List<Request> out, int limit) {
    if (access.isGranted()) {
      return decoder.decode(in, from, to, out, limit);
    }
    if (state == State.TRIED) {
      state = State.LINE;
    }
    int full = out.size() + limit;
    int at = from;
    boolean more = true;
    while (more && at < to && out.size() < full) {
      int next = decodeNext(in, at, to, out);
      more = next > at && state != State.TRIED;
      at = next;
    }
    words.forget();
    return at;
  }

  @Override
  public int takeValue(Source in, int available) {
    return access.isGranted() ? decoder.takeValue(in, available) : 0;
  }

  @Override
  public boolean isMidway() {
    return access.isGranted()
        ? decoder.isMidway()
        : state == State.VALUE || state == State.SWALLOWED_VALUE;
  }

  @Override
  public boolean awaitsValue() {
    return access.isGranted() && decoder.awaitsValue();
  }

  @Override
  public int held() {
    return access.isGranted() ? decoder.held() : value.held();
  }

  @Override
  public Request giveUpValue() {
    if (access.isGranted()) {
      return decoder.giveUpValue();
    }
    swallow = (long) value.giveUp() + LINE_END_LENGTH;
    state = State.SWALLOWED_VALUE;
    return Request.invalid(Status.OUT_OF_MEMORY);
  }

  /**
   * Decodes the next step, and returns the index behind it; {@code at} if there are too few bytes.
   */
  private int decodeNext(byte[] in, int at, int to, List<Request> out) {
    return switch (state) {
      case LINE -> decodeLine(in, at, to, out);
      case VALUE -> decodeValue(in, at, to, out);
      case SWALLOWED_VALUE -> decodeSwallowedValue(at, to);
      case TRIED -> at;
      case CLOSED -> to;
    };
  }

  private int decodeLine(byte[] in, int at, int to, List<Request> out) {
    int end = at;
    int longest = Math.min(to, at + TextDecoder.MAX_LINE + 1);
    while (end < longest && in[end] != '\n') {
      end++;
    }
    if (end == longest) {
      return end - at > TextDecoder.MAX_LINE ? close(to, out) : at;
    }
    words.find(in, at, end > at && in[end - 1] == '\r' ? end - 1 : end);
    if (end + 1 - at < SHORTEST_LINE || words.looksLikeHttp()) {
      return close(to, out);
    }
    boolean sets = Verb.of(words) == Verb.SET && words.start(0) == at;
    long length = sets ? words.unsigned32(LENGTH_WORD) : -1;
    if (length < 0) {
      out.add(Request.invalid(Status.UNAUTHENTICATED));
    } else if (length > LONGEST) {
      out.add(invalid("auth token too long")); // and what follows is read as lines
    } else {
      value.expect((int) length);
      state = State.VALUE;
    }
    return end + 1;
  }

  private int close(int to, List<Request> out) {
    out.add(Request.hangUp());
    state = State.CLOSED;
    return to;
  }

  private int decodeValue(byte[] in, int at, int to, List<Request> out) {
    int end = value.take(in, at, to);
    if (!value.isWhole() || to - end < LINE_END_LENGTH) {
      return end;
    }
    byte[] token = value.release();
    boolean ends = in[end] == '\r' && in[end + 1] == '\n';
    Request request = ends ? attempt(token) : invalid("bad command line termination");
    out.add(request);
    state = request.command() == Command.AUTHENTICATE ? State.TRIED : State.LINE;
    return end + LINE_END_LENGTH;
  }

  private static Request attempt(byte[] token) {
    int space = 0;
    while (space < token.length && token[space] != ' ') {
      space++;
    }
    if (space == token.length) {
      return invalid("bad authentication token format");
    }
    return Request.of(Command.AUTHENTICATE)
        .user(Arrays.copyOf(token, space))
        .value(Arrays.copyOfRange(token, space + 1, token.length));
  }

  private static Request invalid(String text) {
    return Request.invalid(Status.BAD_ARGUMENT).errorText(text);
  }

  private int decodeSwallowedValue(int at, int to) {
    int taken = (int) Math.min(to - at, swallow);
    swallow -= taken;
    if (swallow == 0) {
      state = State.LINE;
    }
    return at + taken;
  }
}
