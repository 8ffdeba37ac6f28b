package io.ehcached.protocol.binary;

import io.ehcached.protocol.Command;
import io.ehcached.protocol.Status;

/**
 * An error of the binary protocol: its status in the header ({@code protocol_binary.h}), and its
 * text.
 */
enum Failure {
  NOT_FOUND(0x01, "Not found"),
  EXISTS(0x02, "Data exists for key."),
  TOO_LARGE(0x03, "Too large."),
  INVALID_ARGUMENTS(0x04, "Invalid arguments"),
  NOT_STORED(0x05, "Not stored."),
  NOT_NUMERIC(0x06, "Non-numeric server-side value for incr or decr"),
  NOT_ALLOWED(0x20, "Auth failure."),
  AUTH_CONTINUE(0x21, ""),
  UNKNOWN_COMMAND(0x81, "Unknown command"),
  OUT_OF_MEMORY(0x82, "Out of memory allocating item"),
  OUT_OF_MEMORY_IN_PLACE(0x82, "Out of memory incrementing value"),
  INTERNAL_ERROR(0x84, "Internal error"); // memcached has no such fault, but clients know it

  private final int code;
  private final String text;

  Failure(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /**
   * Returns the error with which memcached answers a {@code command} that ends in {@code status}.
   */
  static Failure of(Command command, Status status) {
    return switch (status) {
      case NOT_FOUND -> NOT_FOUND;
      case EXISTS -> EXISTS;
      case NOT_STORED ->
          switch (command) {
            case ADD -> EXISTS;
            case REPLACE -> NOT_FOUND;
            default -> NOT_STORED;
          };
      case UNKNOWN_COMMAND -> command == Command.STATS ? NOT_FOUND : UNKNOWN_COMMAND;
      case UNAUTHENTICATED, AUTH_FAILED -> NOT_ALLOWED;
      case AUTH_CONTINUE -> AUTH_CONTINUE;
      case NOT_ALLOWED -> command == Command.STATS ? NOT_FOUND : NOT_ALLOWED;
      case BAD_ARGUMENT -> command == Command.STATS ? NOT_FOUND : INVALID_ARGUMENTS;
      case BAD_FORMAT, BAD_CHUNK, BAD_EXPTIME, BAD_DELTA -> INVALID_ARGUMENTS;
      case NOT_NUMERIC -> NOT_NUMERIC;
      case TOO_LARGE -> TOO_LARGE;
      case OUT_OF_MEMORY ->
          command == Command.INCREMENT || command == Command.DECREMENT
              ? OUT_OF_MEMORY_IN_PLACE
              : OUT_OF_MEMORY;
      case SERVER_ERROR -> INTERNAL_ERROR;
      case OK -> throw new IllegalArgumentException("no failure");
    };
  }

  int code() {
    return code;
  }

  /** Returns the error's text; that of an internal error is {@code own}. */
  String text(String own) {
    return this == INTERNAL_ERROR && own != null ? own : text;
  }
}
