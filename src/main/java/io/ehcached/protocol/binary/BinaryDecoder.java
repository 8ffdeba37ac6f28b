package io.ehcached.protocol.binary;

import io.ehcached.item.Key;
import io.ehcached.protocol.Access;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.IncomingValue;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Wire;
import java.util.List;

/**
 * The decoder of memcached's binary protocol ({@code protocol_binary.h}). It treats malformed input
 * as memcached 1.6 does: a packet with impossible lengths is answered and ends the connection,
 * because the start of the next one is unknown; the body of an unknown opcode is skipped.
 *
 * <p>A packet is read when all but its value is there. Its lengths are checked as soon as there is
 * a header, so that what waits is never longer than the longest header, extras and key.
 *
 * <p>A client that has not authenticated yet may only use SASL and ask for the version; any other
 * request is answered with an error and ends the connection, as in memcached.
 */
public final class BinaryDecoder implements Decoder {
  /** The first byte of each packet that a client sends. No command of the text protocol has it. */
  public static final byte MAGIC = (byte) 0x80;

  /** The longest body that memcached takes, in bytes. */
  private static final long MAX_BODY_LENGTH = 1L << 30;

  private static final int LONGEST_MECHANISM = 32; // in bytes, as memcached has it

  /** The longest SASL message, in bytes: as long as what the text protocol takes. */
  private static final int LONGEST_MESSAGE = 16 * 1024;

  private static final int NO_EXPTIME = 0xFFFF_FFFF; // in an increment: do not make the item
  private static final int WAIT = -1;

  private enum State {
    /** At the start of a packet. */
    PACKET,
    /** Within a value. */
    VALUE,
    /** Within a SASL message. */
    MESSAGE,
    /** Behind an attempt to authenticate whose outcome is not known. */
    TRIED,
    /** Within a body or value that is discarded. */
    SWALLOWED,
    /** Behind a packet that was answered with an error and ends the connection. */
    FAILED,
    /** The connection is closed, or is to be closed. */
    CLOSED
  }

  private final Limits limits;
  private final Access access;
  private final Packet packet = new Packet();
  private final IncomingValue value = new IncomingValue();
  private State state = State.PACKET;
  private Request storage;
  private long swallow;

  /** The client has asked for PLAIN without a message, and has to send it next. */
  private boolean awaitsMessage;

  /** Makes the decoder of a connection without authentication. */
  public BinaryDecoder(Limits limits) {
    this(limits, Access.FREE);
  }

  /** Makes the decoder of one connection. */
  public BinaryDecoder(Limits limits, Access access) {
    this.limits = limits;
    this.access = access;
  }

  @Override
  public int decode(byte[] in, int from, int to, List<Request> out, int limit) {
    int full = out.size() + limit;
    int at = from;
    if (state == State.TRIED) {
      state = State.PACKET;
    }
    while (at < to && out.size() < full && state != State.CLOSED) {
      int next = decodeNext(in, at, to, out);
      if (next == WAIT) {
        break;
      }
      at = next;
    }
    packet.forget();
    return state == State.CLOSED ? to : at;
  }

  @Override
  public int takeValue(Source in, int available) {
    return state == State.VALUE ? value.takePart(in, available) : 0;
  }

  @Override
  public boolean isMidway() {
    return state == State.VALUE || state == State.SWALLOWED;
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
    swallow = value.giveUp();
    state = State.SWALLOWED;
    Request refused = storage.withoutValue(Status.OUT_OF_MEMORY);
    storage = null;
    return refused;
  }

  private int decodeNext(byte[] in, int at, int to, List<Request> out) {
    return switch (state) {
      case PACKET -> decodePacket(in, at, to, out);
      case VALUE -> decodeValue(in, at, to, out);
      case MESSAGE -> decodeMessage(in, at, to, out);
      case TRIED -> WAIT;
      case SWALLOWED -> decodeSwallowed(at, to);
      case FAILED -> close(to, out);
      case CLOSED -> to;
    };
  }

  private int decodePacket(byte[] in, int at, int to, List<Request> out) {
    if (in[at] != MAGIC) {
      return close(to, out);
    }
    if (to - at < Packet.HEADER_LENGTH) {
      return WAIT;
    }
    packet.look(in, at);
    if (packet.valueLength() < 0) {
      return fail(Status.UNKNOWN_COMMAND, at, out);
    }
    if (packet.bodyLength() > MAX_BODY_LENGTH) {
      return fail(Status.BAD_FORMAT, at, out);
    }
    Opcode opcode = Opcode.of(packet.opcode());
    if (!access.isGranted() && (opcode == null || !opcode.isForEverybody())) {
      return fail(Status.UNAUTHENTICATED, at, out);
    }
    if (packet.keyLength() > Key.MAX_LENGTH || (opcode != null && !opcode.fits(packet))) {
      return fail(Status.BAD_FORMAT, at, out);
    }
    if (opcode == null || (opcode.isSasl() && !access.isRequired())) {
      out.add(marked(Request.invalid(Status.UNKNOWN_COMMAND)));
      return swallow(packet.bodyLength(), at + Packet.HEADER_LENGTH);
    }
    int valueAt = at + packet.lengthBeforeValue();
    if (valueAt > to) {
      return WAIT;
    }
    Request request = marked(request(opcode));
    if (request.error() != null) {
      out.add(request);
      return swallow(packet.valueLength(), valueAt);
    }
    if (request.command() == Command.AUTHENTICATE) {
      storage = request;
      value.expect((int) packet.valueLength());
      state = State.MESSAGE;
      return decodeMessage(in, valueAt, to, out);
    }
    if (opcode.shape() == Opcode.Shape.ITEM || opcode.shape() == Opcode.Shape.VALUE) {
      storage = request;
      value.expect((int) packet.valueLength()); // within the limits, or it were too large
      state = State.VALUE;
      return decodeValue(in, valueAt, to, out); // which may be of no bytes at all
    }
    if (request.command() == Command.QUIT) {
      state = State.CLOSED;
    }
    out.add(request);
    return valueAt;
  }

  /** Answers with an error, and then closes: the next call, or the next step of this one. */
  private int fail(Status error, int at, List<Request> out) {
    out.add(marked(Request.invalid(error)));
    state = State.FAILED;
    return at;
  }

  private int close(int to, List<Request> out) {
    out.add(Request.hangUp().wire(Wire.BINARY).quiet(true));
    state = State.CLOSED;
    return to;
  }

  private int swallow(long length, int next) {
    swallow = length;
    state = State.SWALLOWED;
    return next;
  }

  private Request marked(Request request) {
    return request.wire(Wire.BINARY).form(packet.opcode()).fields(packet.opaque());
  }

  private Request request(Opcode opcode) {
    Command command = opcode.command();
    Request request =
        switch (opcode.shape()) {
          case PLAIN -> Request.of(command);
          case KEY -> compared(Request.of(command).key(packet.key()));
          case VALUE, ITEM ->
              command == Command.AUTHENTICATE ? authentication(opcode) : storage(opcode);
          case EXPTIME -> Request.of(command).key(packet.key()).exptime(exptime(0));
          case ARITHMETIC -> arithmetic(command);
          case DELAY -> Request.of(command).exptime(packet.extrasLength() == 0 ? 0 : exptime(0));
          case LEVEL -> Request.of(command).delta(Integer.toUnsignedLong(packet.extrasInt(0)));
          case WORDS -> Request.of(command).arguments(packet.words());
        };
    return request.quiet(opcode.isQuiet());
  }

  /** Returns an exptime, which has no sign here: what looks like -1 is in the year 2106. */
  private long exptime(int offset) {
    return Integer.toUnsignedLong(packet.extrasInt(offset));
  }

  /** Whatever is stored under a cas unique is stored over the item that has it, an add as well. */
  private Request storage(Opcode opcode) {
    boolean item = opcode.shape() == Opcode.Shape.ITEM;
    int flags = item ? packet.extrasInt(0) : 0;
    if (limits.isTooLarge(packet.keyLength(), flags, packet.valueLength())) {
      return tooLarge(opcode.command());
    }
    Command command = item && packet.cas() != 0 && limits.cas() ? Command.SET : opcode.command();
    Request request = Request.of(command).key(packet.key()).flags(flags);
    if (limits.cas()) { // else memcached does not even look at it, other than elsewhere
      compared(request);
    }
    return request.exptime(item ? exptime(4) : 0).wantsCas(true);
  }

  /** Of all storage opcodes only a set promises that the old value is gone, so it needs its key. */
  private Request tooLarge(Command command) {
    return command == Command.SET
        ? Request.of(command).key(packet.key()).error(Status.TOO_LARGE)
        : Request.invalid(Status.TOO_LARGE);
  }

  private Request authentication(Opcode opcode) {
    if (packet.keyLength() > LONGEST_MECHANISM) {
      return Request.invalid(Status.BAD_FORMAT);
    } else if (packet.valueLength() > LONGEST_MESSAGE) {
      return Request.invalid(Status.TOO_LARGE);
    }
    boolean goesOn = opcode == Opcode.SASL_STEP;
    boolean inTurn = awaitsMessage || !goesOn;
    awaitsMessage = false;
    if (!inTurn || !packet.keyIs(PlainMessage.MECHANISM)) {
      return PlainMessage.failed();
    } else if (packet.valueLength() == 0 && !goesOn) {
      awaitsMessage = true;
      return Request.invalid(Status.AUTH_CONTINUE);
    }
    return Request.of(Command.AUTHENTICATE);
  }

  private Request arithmetic(Command command) {
    Request request = compared(Request.of(command).key(packet.key())).wantsCas(true);
    if (packet.extrasInt(16) != NO_EXPTIME) {
      request.initial(packet.extrasLong(8)).vivifyExptime(exptime(16));
    }
    return request.delta(packet.extrasLong(0));
  }

  private Request compared(Request request) {
    long cas = packet.cas();
    boolean reads = request.command() == Command.GET;
    return cas == 0 || reads ? request : request.compareCas(cas);
  }

  private int decodeValue(byte[] in, int at, int to, List<Request> out) {
    int end = value.take(in, at, to);
    if (value.isWhole()) {
      out.add(storage.value(value.release()));
      storage = null;
      state = State.PACKET;
    }
    return end;
  }

  private int decodeMessage(byte[] in, int at, int to, List<Request> out) {
    int end = value.take(in, at, to);
    if (value.isWhole()) {
      Request attempt = PlainMessage.read(value.release());
      out.add(attempt.wire(Wire.BINARY).form(storage.form()).fields(storage.fields()));
      storage = null;
      state = State.TRIED;
    }
    return end;
  }

  private int decodeSwallowed(int at, int to) {
    int taken = (int) Math.min(to - at, swallow);
    swallow -= taken;
    if (swallow == 0) {
      state = State.PACKET;
    }
    return at + taken;
  }
}
