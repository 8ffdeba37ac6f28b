package io.ehcached.protocol.meta;

import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.IncomingValue;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Wire;
import io.ehcached.protocol.line.Words;

/**
 * The reader of lines of the meta protocol ({@code protocol.txt}, "Meta Commands"): two letters, a
 * key, for {@code ms} the length of a data block, and flags. Errors are answered even if the client
 * wants no answer to success.
 */
public final class MetaReader {
  /** The length that means that no data block follows. */
  public static final int NO_VALUE = -1;

  /** The most words of a line, the command and its key among them. */
  private static final int MAX_WORDS = 20;

  private final Limits limits;
  private final Words words;
  private final MetaFlags flags;
  private int valueLength;

  /** Makes a reader of the lines whose words are found in {@code words}. */
  public MetaReader(Limits limits, Words words) {
    this.limits = limits;
    this.words = words;
    this.flags = new MetaFlags(words);
  }

  /** Tells whether a line is one of the meta protocol. */
  public static boolean isMeta(Words words) {
    if (words.count() == 0 || words.length(0) != 2 || words.byteAt(0, 0) != 'm') {
      return false;
    }
    return switch (words.byteAt(0, 1)) {
      case 'g', 's', 'd', 'a', 'n', 'e' -> true;
      default -> false;
    };
  }

  /**
   * Reads the line.
   *
   * @return the request; where a data block follows it still lacks its value, or it has an {@link
   *     Request#error()} and the data block is of no use any more
   */
  public Request read() {
    valueLength = NO_VALUE;
    int command = words.byteAt(0, 1);
    if (command == 'n') {
      return Request.of(Command.NOOP).wire(Wire.META);
    }
    int firstFlag = command == 's' ? 3 : 2;
    if (words.count() < firstFlag || !flags.areFlags(firstFlag)) {
      return MetaError.BAD_FORMAT.request();
    }
    if (command == 's') {
      long length = words.signed32(2);
      if (length < 0 || length > IncomingValue.MAX_LENGTH) {
        return MetaError.BAD_FORMAT.request();
      }
      valueLength = (int) length;
    }
    if (command == 'e') {
      return words.isTooLongForKey(1) ? MetaError.BAD_FORMAT.request() : debug();
    }
    MetaError error = wrong(firstFlag);
    if (error != null) {
      return (command == 'a' ? MetaError.INVALID_OR_DUPLICATE_FLAG : error).request();
    }
    if (flags.isOpaqueTooLong()) {
      return MetaError.OPAQUE_TOO_LONG.request();
    }
    return switch (command) {
      case 'g' -> get();
      case 's' -> set();
      case 'd' -> delete();
      default -> arithmetic();
    };
  }

  private MetaError wrong(int firstFlag) {
    if (words.isTooLongForKey(1)) {
      return MetaError.BAD_FORMAT;
    }
    return words.count() > MAX_WORDS ? MetaError.TOO_MANY_FLAGS : flags.read(firstFlag);
  }

  /** Returns the length of the data block that follows the line, in bytes, or {@link #NO_VALUE}. */
  public int valueLength() {
    return valueLength;
  }

  private Request request(Command command) {
    Request request = flags.applyTo(Request.of(command).wire(Wire.META).key(flags.key()));
    boolean brings = valueLength != NO_VALUE; // then 0 is for none, as in memcached
    return flags.has('E') && !(brings && flags.chosenCas() == 0)
        ? request.chosenCas(flags.chosenCas())
        : request;
  }

  private Request get() {
    Request request = request(flags.has('T') ? Command.GET_AND_TOUCH : Command.GET);
    request.exptime(flags.exptime()).with(Option.MAY_WIN);
    flags.option(request, 'u', Option.LEAVE_USE);
    flags.option(request, 'h', Option.WANT_USE);
    flags.option(request, 'l', Option.WANT_USE);
    if (flags.has('N')) {
      request.vivifyExptime(flags.vivifyExptime());
    }
    if (flags.has('R')) {
      request.recache(flags.recache());
    }
    return flags.has('C') ? request.compareCas(flags.compareCas()) : request;
  }

  private Request set() {
    Command command =
        switch (flags.mode()) {
          case 0 -> flags.has('M') ? null : Command.SET;
          case 'S' -> Command.SET;
          case 'E' -> Command.ADD;
          case 'R' -> Command.REPLACE;
          case 'A' -> Command.APPEND;
          case 'P' -> Command.PREPEND;
          default -> null;
        };
    if (command == null) {
      return MetaError.BAD_SET_MODE.request();
    }
    Key key = flags.key();
    if (limits.isTooLarge(key.length(), flags.clientFlags(), valueLength)) {
      // Whatever the mode: the old value is gone.
      return Request.of(Command.SET).wire(Wire.META).key(key).error(Status.TOO_LARGE);
    }
    boolean joins = command == Command.APPEND || command == Command.PREPEND;
    boolean compares = flags.has('C') && command != Command.ADD;
    if (command == Command.REPLACE && compares) {
      command = Command.SET; // which then answers a miss otherwise
    }
    Request request = request(command);
    request.flags(flags.clientFlags()).exptime(flags.exptime());
    request.wantsCas(flags.has('c') || flags.has('s'));
    if (joins && flags.has('N')) {
      request.vivifyExptime(flags.joinExptime());
    }
    if (compares && !(joins && flags.compareCas() == 0)) {
      request.compareCas(flags.compareCas());
    }
    return request;
  }

  private Request delete() {
    Request request = request(Command.DELETE).exptime(flags.exptime());
    return flags.has('C') ? request.compareCas(flags.compareCas()) : request;
  }

  private Request arithmetic() {
    Command command =
        switch (flags.mode()) {
          case 0 -> flags.has('M') ? null : Command.INCREMENT;
          case 'I', '+' -> Command.INCREMENT;
          case 'D', '-' -> Command.DECREMENT;
          default -> null;
        };
    if (command == null) {
      return MetaError.BAD_ARITHMETIC_MODE.request();
    }
    Request request = request(command).delta(flags.delta()).exptime(flags.exptime());
    if (flags.has('N')) {
      request.vivifyExptime(flags.vivifyExptime()).initial(flags.initial());
    }
    return flags.has('C') && flags.compareCas() != 0
        ? request.compareCas(flags.compareCas())
        : request;
  }

  private Request debug() {
    boolean base64 = words.count() > 2 && words.length(2) == 1 && words.byteAt(2, 0) == 'b';
    Request request = Request.of(Command.DEBUG).wire(Wire.META);
    if (!base64) {
      return request.key(words.key(1));
    }
    Key key = flags.decodedKey();
    return key == null ? MetaError.BAD_FORMAT.request() : request.key(key).with(Option.BASE64_KEY);
  }
}
