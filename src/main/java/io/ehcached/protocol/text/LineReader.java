package io.ehcached.protocol.text;

import io.ehcached.protocol.Command;
import io.ehcached.protocol.Decimal;
import io.ehcached.protocol.IncomingValue;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.line.Words;

/**
 * The reader of command lines of the text protocol ({@code protocol.txt}). Surplus words are
 * ignored; missing and unreadable ones make a request that only has an error. With {@code noreply}
 * as the last word, the error is not answered either, as in memcached: a client that reads no
 * answer would take it for that of its next request.
 */
final class LineReader {

  private final Limits limits;
  private final Words words;

  LineReader(Limits limits, Words words) {
    this.limits = limits;
    this.words = words;
  }

  /** Reads the line of a command without keys and data block. */
  Request read(Verb verb) {
    return switch (verb.shape()) {
      case PLAIN -> Request.of(verb.command()).quiet(isQuiet(verb));
      case WORDS -> Request.of(verb.command()).arguments(words.arguments()).quiet(isQuiet(verb));
      case KEY -> key(verb);
      case KEY_WITH_EXPTIME -> keyWithExptime(verb);
      case ARITHMETIC -> arithmetic(verb);
      case DELAY -> delay(verb);
      case LEVEL -> number(verb, Status.BAD_FORMAT);
      case MEGABYTES -> number(verb, Status.UNKNOWN_COMMAND);
      case STORAGE, KEYS, KEYS_WITH_EXPTIME -> throw new IllegalArgumentException(verb.name());
    };
  }

  private boolean isQuiet(Verb verb) {
    return verb.isLookedForLast() && words.endInNoreply();
  }

  private Request key(Verb verb) {
    if (words.count() < 2) {
      return Request.invalid(Status.BAD_FORMAT);
    }
    boolean quiet = words.endInNoreply(); // which may be the key itself
    if (words.isTooLongForKey(1)) {
      return Request.invalid(Status.BAD_FORMAT).quiet(quiet);
    }
    return Request.of(verb.command()).key(words.key(1)).quiet(quiet);
  }

  private Request keyWithExptime(Verb verb) {
    if (words.count() < 3) {
      return Request.invalid(Status.BAD_FORMAT);
    }
    boolean quiet = words.endInNoreply();
    if (words.isTooLongForKey(1)) {
      return Request.invalid(Status.BAD_FORMAT).quiet(quiet);
    }
    long exptime = words.signed32(2);
    if (exptime == Decimal.NOT_A_NUMBER) {
      return Request.invalid(Status.BAD_EXPTIME).quiet(quiet);
    }
    return Request.of(verb.command()).key(words.key(1)).exptime(exptime).quiet(quiet);
  }

  private Request arithmetic(Verb verb) {
    if (words.count() < 3) {
      return Request.invalid(Status.BAD_FORMAT);
    }
    boolean quiet = words.endInNoreply();
    if (words.isTooLongForKey(1)) {
      return Request.invalid(Status.BAD_FORMAT).quiet(quiet);
    }
    if (!words.isUnsigned64(2)) {
      return Request.invalid(Status.BAD_DELTA).quiet(quiet);
    }
    return Request.of(verb.command()).key(words.key(1)).delta(words.unsigned64(2)).quiet(quiet);
  }

  private Request delay(Verb verb) {
    boolean quiet = words.endInNoreply();
    long delay = words.count() == (quiet ? 2 : 1) ? 0 : words.signed32(1);
    if (delay == Decimal.NOT_A_NUMBER) {
      return Request.invalid(Status.BAD_EXPTIME).quiet(quiet);
    }
    return Request.of(verb.command()).exptime(Math.max(delay, 0)).quiet(quiet);
  }

  private Request number(Verb verb, Status error) {
    boolean quiet = words.endInNoreply();
    long number = words.unsigned32(1);
    Request request = number < 0 ? Request.invalid(error) : Request.of(verb.command());
    return request.delta(Math.max(number, 0)).quiet(quiet);
  }

  /**
   * Returns the length of a storage command's data block, in bytes; negative if it is unreadable.
   */
  int valueLength() {
    long length = words.signed32(4);
    return length < 0 || length > IncomingValue.MAX_LENGTH ? -1 : (int) length;
  }

  /**
   * Returns the request for a storage command whose data block has no readable length; {@code
   * noreply} does not silence its error.
   */
  Request noValueLength() {
    return Request.invalid(Status.BAD_FORMAT);
  }

  /**
   * Reads the line of a storage command.
   *
   * @return the request that still lacks its value, or one with an {@link Request#error()}, whose
   *     data block is of no use any more
   */
  Request storage(Verb verb, int valueLength) {
    boolean quiet = words.endInNoreply();
    long flags = words.lenientSigned64(2);
    long exptime = words.lenientSigned64(3);
    if (words.isTooLongForKey(1)
        || flags < 0
        || flags > Decimal.MAX_UNSIGNED_32
        || exptime == Decimal.NOT_A_NUMBER
        || (verb == Verb.CAS && !words.isUnsigned64(5))) {
      return Request.invalid(Status.BAD_FORMAT).quiet(quiet);
    }
    if (limits.isTooLarge(words.length(1), (int) flags, valueLength)) {
      return tooLarge(verb).quiet(quiet);
    }
    Request request = Request.of(verb.command()).key(words.key(1)).flags((int) flags);
    if (verb == Verb.CAS) {
      request.compareCas(words.unsigned64(5));
    }
    return request.exptime(exptime).quiet(quiet);
  }

  /**
   * Of all storage commands only a set promises that the old value is gone, so it needs its key.
   */
  private Request tooLarge(Verb verb) {
    return verb == Verb.SET
        ? Request.of(Command.SET).key(words.key(1)).error(Status.TOO_LARGE)
        : Request.invalid(Status.TOO_LARGE);
  }
}
