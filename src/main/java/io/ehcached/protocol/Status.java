package io.ehcached.protocol;

/**
 * The status of a response, independent of the protocol. The codecs turn it into theirs; what each
 * means on the wire is memcached's.
 */
public enum Status {
  /** Done. */
  OK,
  /** There is no such item. */
  NOT_FOUND,
  /** A condition of the command did not hold: add over an item, replace over none. */
  NOT_STORED,
  /** The item has another cas unique than the request named. */
  EXISTS,

  /** No such command, or a command without what it needs. */
  UNKNOWN_COMMAND,
  /** A line that no command can be read from. */
  BAD_FORMAT,
  /** A data block that does not end where its length says. */
  BAD_CHUNK,
  /** An expiry that is no number. */
  BAD_EXPTIME,
  /** An amount to add that is no unsigned 64-bit number. */
  BAD_DELTA,
  /** An increment or decrement of a value that is no unsigned 64-bit number. */
  NOT_NUMERIC,
  /** A value above the item size limit. */
  TOO_LARGE,
  /** The region has no room for the item. */
  OUT_OF_MEMORY,
  /** The client has to authenticate first. */
  UNAUTHENTICATED,
  /** There is no such user, or the password is wrong. */
  AUTH_FAILED,
  /** The client has to continue to authenticate. */
  AUTH_CONTINUE,

  /**
   * A command that this node was started without; {@link Response#text()} says so. The text
   * protocol answers {@code CLIENT_ERROR text}, and to a {@link Command#SHUTDOWN} {@code
   * SERVER_ERROR: text}.
   */
  NOT_ALLOWED,
  /**
   * An argument out of its range; {@link Response#text()} says which. The text protocol answers
   * {@code CLIENT_ERROR text}, and to commands that tune or observe the text alone, which begins
   * with a word of memcached's such as {@code MEMLIMIT_TOO_SMALL}.
   */
  BAD_ARGUMENT,
  /**
   * An error of the server; {@link Response#text()} says which. The text protocol answers {@code
   * SERVER_ERROR text}.
   */
  SERVER_ERROR
}
