package io.ehcached.protocol.binary;

import io.ehcached.protocol.Command;

/**
 * An opcode ({@code protocol_binary.h}). A quiet opcode does the same as the one without the Q, and
 * is answered only if the outcome is unexpected or has data; a miss of a quiet get is not answered.
 */
enum Opcode {
  GET(0x00, Command.GET, Shape.KEY),
  SET(0x01, Command.SET, Shape.ITEM),
  ADD(0x02, Command.ADD, Shape.ITEM),
  REPLACE(0x03, Command.REPLACE, Shape.ITEM),
  DELETE(0x04, Command.DELETE, Shape.KEY),
  INCREMENT(0x05, Command.INCREMENT, Shape.ARITHMETIC),
  DECREMENT(0x06, Command.DECREMENT, Shape.ARITHMETIC),
  QUIT(0x07, Command.QUIT, Shape.PLAIN),
  FLUSH(0x08, Command.FLUSH_ALL, Shape.DELAY),
  GETQ(0x09, Command.GET, Shape.KEY),
  NOOP(0x0A, Command.NOOP, Shape.PLAIN),
  VERSION(0x0B, Command.VERSION, Shape.PLAIN),
  GETK(0x0C, Command.GET, Shape.KEY),
  GETKQ(0x0D, Command.GET, Shape.KEY),
  APPEND(0x0E, Command.APPEND, Shape.VALUE),
  PREPEND(0x0F, Command.PREPEND, Shape.VALUE),
  STAT(0x10, Command.STATS, Shape.WORDS),
  SETQ(0x11, Command.SET, Shape.ITEM),
  ADDQ(0x12, Command.ADD, Shape.ITEM),
  REPLACEQ(0x13, Command.REPLACE, Shape.ITEM),
  DELETEQ(0x14, Command.DELETE, Shape.KEY),
  INCREMENTQ(0x15, Command.INCREMENT, Shape.ARITHMETIC),
  DECREMENTQ(0x16, Command.DECREMENT, Shape.ARITHMETIC),
  QUITQ(0x17, Command.QUIT, Shape.PLAIN),
  FLUSHQ(0x18, Command.FLUSH_ALL, Shape.DELAY),
  APPENDQ(0x19, Command.APPEND, Shape.VALUE),
  PREPENDQ(0x1A, Command.PREPEND, Shape.VALUE),
  VERBOSITY(0x1B, Command.VERBOSITY, Shape.LEVEL),
  TOUCH(0x1C, Command.TOUCH, Shape.EXPTIME),
  GAT(0x1D, Command.GET_AND_TOUCH, Shape.EXPTIME),
  GATQ(0x1E, Command.GET_AND_TOUCH, Shape.EXPTIME),
  SASL_LIST_MECHS(0x20, Command.NOOP, Shape.PLAIN),
  SASL_AUTH(0x21, Command.AUTHENTICATE, Shape.VALUE),
  SASL_STEP(0x22, Command.AUTHENTICATE, Shape.VALUE),
  GATK(0x23, Command.GET_AND_TOUCH, Shape.EXPTIME),
  GATKQ(0x24, Command.GET_AND_TOUCH, Shape.EXPTIME);

  /** The parts of a packet behind its header. */
  enum Shape {
    /** Nothing. */
    PLAIN,
    /** A key. */
    KEY,
    /** A key and a value. */
    VALUE,
    /** Flags and exptime; a key and a value. */
    ITEM,
    /** An exptime; a key. */
    EXPTIME,
    /** Delta, initial value and exptime; a key. */
    ARITHMETIC,
    /** An exptime, or nothing. */
    DELAY,
    /** A number. */
    LEVEL,
    /** A key that is words, or nothing. */
    WORDS
  }

  private static final Opcode[] BY_BYTE = new Opcode[1 << Byte.SIZE];

  static {
    for (Opcode opcode : values()) {
      BY_BYTE[opcode.code] = opcode;
    }
  }

  private final int code;
  private final Command command;
  private final Shape shape;
  private final boolean quiet;
  private final boolean returnsKey;

  Opcode(int code, Command command, Shape shape) {
    this.code = code;
    this.command = command;
    this.shape = shape;
    this.quiet = name().endsWith("Q");
    this.returnsKey = name().matches("(GET|GAT)KQ?");
  }

  /** Returns the opcode of a header's second byte, or null. */
  static Opcode of(int code) {
    return BY_BYTE[code];
  }

  int code() {
    return code;
  }

  Command command() {
    return command;
  }

  Shape shape() {
    return shape;
  }

  /** Tells whether it is one of SASL. */
  boolean isSasl() {
    return this == SASL_LIST_MECHS || command == Command.AUTHENTICATE;
  }

  /** Tells whether memcached allows it before authentication. */
  boolean isForEverybody() {
    return isSasl() || this == VERSION;
  }

  /** Tells whether only unexpected outcomes are answered. */
  boolean isQuiet() {
    return quiet;
  }

  /** Tells whether the answer names the key. */
  boolean returnsKey() {
    return returnsKey;
  }

  /** Tells whether a packet has the parts that it should, by their lengths. */
  boolean fits(Packet packet) {
    int extras = packet.extrasLength();
    boolean keyed = packet.keyLength() > 0;
    boolean valued = packet.valueLength() > 0;
    return switch (shape) {
      case PLAIN -> extras == 0 && !keyed && !valued;
      case KEY -> extras == 0 && keyed && !valued;
      case VALUE -> extras == 0 && keyed;
      case ITEM -> extras == 8 && keyed;
      case EXPTIME -> extras == 4 && keyed && !valued;
      case ARITHMETIC -> extras == 20 && keyed && !valued;
      case DELAY -> (extras == 0 || extras == 4) && !keyed && !valued;
      case LEVEL -> extras == 4 && !keyed && !valued;
      case WORDS -> extras == 0 && !valued;
    };
  }
}
