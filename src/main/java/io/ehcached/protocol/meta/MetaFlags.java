package io.ehcached.protocol.meta;

import io.ehcached.item.Key;
import io.ehcached.protocol.Decimal;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.line.Words;
import java.util.Arrays;
import java.util.Base64;

/**
 * The flags of one meta command: words of one letter and its token. All commands accept the same
 * flags and ignore those that do not apply, as memcached does. Reused for each line.
 */
final class MetaFlags {
  private static final int MAX_OPAQUE = 32;

  private final Words words;
  private long seenLow;
  private long seenHigh;
  private MetaError error;
  private int opaque;

  /** The letters of what is to be answered, in the order asked, the first in the lowest byte. */
  private long fields;

  private int fieldCount;
  private Key key;
  private int flags;
  private int mode;
  private long exptime;
  private long vivifyExptime;
  private long joinExptime;
  private long recache;
  private long compareCas;
  private long chosenCas;
  private long delta;
  private long initial;
  private boolean ttlBeforeTouch;
  private boolean recacheBeforeTouch;

  MetaFlags(Words words) {
    this.words = words;
  }

  /**
   * Tells whether the words from {@code first} on begin as flags do; else the line is no meta
   * command, and no data block follows it.
   */
  boolean areFlags(int first) {
    for (int word = first; word < Math.min(words.count(), Words.KEPT); word++) {
      int letter = words.byteAt(word, 0);
      if (!(letter >= 'A' && letter <= 'z') && !(letter >= '0' && letter <= '9')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads the flags, which are {@link #areFlags such}, from the word {@code first} on. What cannot
   * be read at all ends this; of the numbers that are none, the last is told.
   *
   * @return what is wrong, or null
   */
  MetaError read(int first) {
    seenLow = 0;
    seenHigh = 0;
    error = null;
    fields = 0;
    fieldCount = 0;
    key = null;
    mode = 0;
    flags = 0;
    exptime = 0;
    vivifyExptime = 0;
    recache = 0;
    delta = 1;
    initial = 0;
    ttlBeforeTouch = false;
    recacheBeforeTouch = false;
    for (int word = first; word < words.count(); word++) {
      int letter = words.byteAt(word, 0);
      if (has(letter)) {
        return MetaError.DUPLICATE_FLAG;
      }
      see(letter);
      if (!read(letter, word)) {
        return MetaError.INVALID_FLAG;
      }
    }
    return error;
  }

  private boolean read(int letter, int word) {
    switch (letter) {
      case 'b' -> {
        key = decodedKey();
        error = key == null ? MetaError.BAD_BASE64 : error;
      }
      case 's', 't', 'c', 'f', 'h', 'l', 'k' -> field(letter);
      case 'O' -> {
        opaque = word;
        field(letter);
      }
      case 'T' -> {
        exptime = seconds(word);
        vivifyExptime = exptime; // in the order given, as memcached; what comes later holds
        ttlBeforeTouch |= has('t');
        recacheBeforeTouch = has('R');
      }
      case 'N' -> {
        joinExptime = seconds(word);
        vivifyExptime = joinExptime;
        ttlBeforeTouch |= has('t');
      }
      case 'R' -> recache = seconds(word);
      case 'F' -> flags = clientFlags(word);
      case 'C' -> compareCas = unsigned64(word, MetaError.BAD_TOKEN);
      case 'E' -> chosenCas = unsigned64(word, MetaError.BAD_TOKEN);
      case 'D' -> delta = unsigned64(word, MetaError.BAD_DELTA);
      case 'J' -> initial = unsigned64(word, MetaError.BAD_INITIAL);
      case 'M' -> mode = words.byteAt(word, 1);
      case 'v', 'q', 'u', 'x', 'I', 'P', 'L' -> {} // to have seen them is all
      default -> {
        return false;
      }
    }
    return true;
  }

  private void see(int letter) {
    if (letter < Long.SIZE) {
      seenLow |= 1L << letter;
    } else {
      seenHigh |= 1L << (letter - Long.SIZE);
    }
  }

  /** Tells whether the command has a flag. */
  boolean has(int letter) {
    long bits = letter < Long.SIZE ? seenLow : seenHigh;
    return ((bits >>> letter) & 1) != 0; // a shift takes the letter modulo 64
  }

  private void field(int letter) {
    fields |= (long) letter << (Byte.SIZE * fieldCount);
    fieldCount++;
  }

  /** Returns the key that is written in base64, or null when it is none. */
  Key decodedKey() {
    byte[] text = Arrays.copyOfRange(words.in(), words.start(1), words.end(1));
    if (text.length % 4 != 0) { // which Java would take
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Key.of(bytes, 0, bytes.length);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private long seconds(int word) {
    long seconds = Decimal.signed32(words.in(), words.start(word) + 1, words.end(word));
    if (seconds == Decimal.NOT_A_NUMBER) {
      error = MetaError.BAD_TOKEN;
    }
    return seconds;
  }

  private long unsigned64(int word, MetaError wrong) {
    int from = words.start(word) + 1;
    if (!Decimal.isUnsigned64(words.in(), from, words.end(word))) {
      error = wrong;
      return 0;
    }
    return Decimal.unsigned64(words.in(), from, words.end(word));
  }

  private int clientFlags(int word) {
    long number = Decimal.unsigned32(words.in(), words.start(word) + 1, words.end(word));
    if (number < 0 && error == null) {
      error = MetaError.BAD_FORMAT;
    }
    return (int) number;
  }

  /** Returns the key, decoded where it is in base64. */
  Key key() {
    return key != null ? key : words.key(1);
  }

  /** Returns the first letter of {@code M}'s token, or 0. */
  int mode() {
    return mode;
  }

  int clientFlags() {
    return flags;
  }

  long exptime() {
    return exptime;
  }

  /** Returns {@code N}'s token, or {@code T}'s where that comes behind it. */
  long vivifyExptime() {
    return vivifyExptime;
  }

  /** Returns {@code N}'s token, whatever {@code T} says. */
  long joinExptime() {
    return joinExptime;
  }

  long recache() {
    return recache;
  }

  long compareCas() {
    return compareCas;
  }

  long chosenCas() {
    return chosenCas;
  }

  long delta() {
    return delta;
  }

  long initial() {
    return initial;
  }

  boolean isOpaqueTooLong() {
    return has('O') && words.length(opaque) > MAX_OPAQUE;
  }

  /** Sets what all commands have in common in a request. */
  Request applyTo(Request request) {
    request.fields(fields).quiet(has('q'));
    if (has('O')) {
      request.opaque(Arrays.copyOfRange(words.in(), words.start(opaque), words.end(opaque)));
    }
    option(request, 'b', Option.BASE64_KEY);
    option(request, 'v', Option.WANT_VALUE);
    option(request, 't', Option.WANT_TTL);
    option(request, 'T', Option.TOUCH);
    option(request, 'I', Option.INVALIDATE);
    option(request, 'x', Option.REMOVE_VALUE);
    if (ttlBeforeTouch) {
      request.with(Option.TTL_BEFORE_TOUCH);
    }
    if (recacheBeforeTouch) {
      request.with(Option.RECACHE_BEFORE_TOUCH);
    }
    return request;
  }

  /** Adds an option to a request if its flag is there. */
  void option(Request request, int letter, Option option) {
    if (has(letter)) {
      request.with(option);
    }
  }
}
