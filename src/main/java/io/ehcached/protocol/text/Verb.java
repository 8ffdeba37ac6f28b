package io.ehcached.protocol.text;

import io.ehcached.protocol.Command;
import io.ehcached.protocol.line.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first word of a line: its command, and the shape of the rest of the line. */
enum Verb {
  // The most frequent first: that is the order in which they are looked for.
  GET("get", Shape.KEYS, Command.GET),
  SET("set", Shape.STORAGE, Command.SET),
  GETS("gets", Shape.KEYS, Command.GET),
  DELETE("delete", Shape.KEY, Command.DELETE),
  INCR("incr", Shape.ARITHMETIC, Command.INCREMENT),
  DECR("decr", Shape.ARITHMETIC, Command.DECREMENT),
  ADD("add", Shape.STORAGE, Command.ADD),
  CAS("cas", Shape.STORAGE, Command.SET),
  TOUCH("touch", Shape.KEY_WITH_EXPTIME, Command.TOUCH),
  GAT("gat", Shape.KEYS_WITH_EXPTIME, Command.GET_AND_TOUCH),
  GATS("gats", Shape.KEYS_WITH_EXPTIME, Command.GET_AND_TOUCH),
  REPLACE("replace", Shape.STORAGE, Command.REPLACE),
  APPEND("append", Shape.STORAGE, Command.APPEND),
  PREPEND("prepend", Shape.STORAGE, Command.PREPEND),
  VERSION("version", Shape.PLAIN, Command.VERSION),
  STATS("stats", Shape.WORDS, Command.STATS),
  QUIT("quit", Shape.PLAIN, Command.QUIT),
  SHUTDOWN("shutdown", Shape.WORDS, Command.SHUTDOWN),
  FLUSH_ALL("flush_all", Shape.DELAY, Command.FLUSH_ALL),
  VERBOSITY("verbosity", Shape.LEVEL, Command.VERBOSITY),
  CACHE_MEMLIMIT("cache_memlimit", Shape.MEGABYTES, Command.CACHE_MEMLIMIT),
  REFRESH_CERTS("refresh_certs", Shape.PLAIN, Command.REFRESH_CERTS),
  LRU_CRAWLER("lru_crawler", Shape.WORDS, Command.LRU_CRAWLER),
  LRU("lru", Shape.WORDS, Command.LRU),
  SLABS("slabs", Shape.WORDS, Command.SLABS),
  WATCH("watch", Shape.WORDS, Command.WATCH),
  CONFIG("config", Shape.WORDS, Command.CONFIG);

  /** The shapes of what follows the word. */
  enum Shape {
    /** Nothing. */
    PLAIN,
    /** {@code <key>*}. */
    KEYS,
    /** {@code <exptime> <key>*}. */
    KEYS_WITH_EXPTIME,
    /** {@code <key> <flags> <exptime> <bytes> [<cas unique>] [noreply]} and a data block. */
    STORAGE,
    /** {@code <key> <delta> [noreply]}. */
    ARITHMETIC,
    /** {@code <key> [noreply]}. */
    KEY,
    /** {@code <key> <exptime> [noreply]}. */
    KEY_WITH_EXPTIME,
    /** {@code [<delay>] [noreply]}. */
    DELAY,
    /** {@code <level> [noreply]}. */
    LEVEL,
    /** {@code <megabytes> [noreply]}. */
    MEGABYTES,
    /** Words that the command itself understands. */
    WORDS
  }

  /** Stands for a word of more than eight bytes. */
  private static final long TOO_LONG = 0;

  private static final Verb[] VERBS = values();
  private static final byte[][] WORDS = new byte[VERBS.length][];
  private static final long[] PACKED = new long[VERBS.length];

  static {
    for (int i = 0; i < VERBS.length; i++) {
      byte[] word = VERBS[i].word.getBytes(StandardCharsets.US_ASCII);
      WORDS[i] = word;
      PACKED[i] = word.length <= Long.BYTES ? pack(word, 0, word.length) : TOO_LONG;
    }
  }

  private final String word;
  private final Shape shape;
  private final Command command;

  Verb(String word, Shape shape, Command command) {
    this.word = word;
    this.shape = shape;
    this.command = command;
  }

  Shape shape() {
    return shape;
  }

  Command command() {
    return command;
  }

  /**
   * Tells whether memcached looks for the word only where it has found no other command: then
   * blanks may come first, and {@code noreply} as the last word silences whatever there is to
   * answer.
   */
  boolean isLookedForLast() {
    return switch (this) {
      case SHUTDOWN,
          FLUSH_ALL,
          VERBOSITY,
          CACHE_MEMLIMIT,
          REFRESH_CERTS,
          LRU_CRAWLER,
          LRU,
          SLABS,
          CONFIG ->
          true;
      default -> false;
    };
  }

  /** Tells whether what is read is answered with its cas unique. */
  boolean wantsCas() {
    return this == GETS || this == GATS;
  }

  /** Returns the verb that a line's first word is, or null. */
  static Verb of(Words words) {
    return words.count() == 0 ? null : of(words.in(), words.start(0), words.end(0));
  }

  /** Returns the verb spelled by the bytes from {@code from} up to {@code to}, or null. */
  static Verb of(byte[] in, int from, int to) {
    return to - from <= Long.BYTES ? ofPacked(pack(in, from, to)) : ofLong(in, from, to);
  }

  private static Verb ofPacked(long packed) {
    for (int i = 0; i < PACKED.length; i++) {
      if (PACKED[i] == packed && packed != TOO_LONG) {
        return VERBS[i];
      }
    }
    return null;
  }

  private static Verb ofLong(byte[] in, int from, int to) {
    for (int i = 0; i < VERBS.length; i++) {
      if (Arrays.equals(in, from, to, WORDS[i], 0, WORDS[i].length)) {
        return VERBS[i];
      }
    }
    return null;
  }

  private static long pack(byte[] in, int from, int to) {
    long packed = 0;
    for (int i = from; i < to; i++) {
      packed = packed << Byte.SIZE | (in[i] & 0xFF);
    }
    return packed;
  }
}
