package io.ehcached.protocol;

/** What a client can ask for, whatever protocol it speaks. */
public enum Command {
  /** Reads an item. */
  GET,
  /** Reads an item and gives it a new expiry. */
  GET_AND_TOUCH,
  /** Stores a value; with a cas unique to compare, only over the item that has it. */
  SET,
  /** Stores a value only where there is none. */
  ADD,
  /** Stores a value only where there is one. */
  REPLACE,
  /** Puts a value behind the one that is there. */
  APPEND,
  /** Puts a value before the one that is there. */
  PREPEND,
  /** Adds to a decimal number, wrapping at 2^64. */
  INCREMENT,
  /** Takes from a decimal number, no lower than 0. */
  DECREMENT,
  /** Removes an item. */
  DELETE,
  /** Gives an item a new expiry. */
  TOUCH,
  /** Kills every item that is older than now, or than a moment to come. */
  FLUSH_ALL,
  /** Tells what is known about an item, and leaves no trace of having looked. */
  DEBUG,
  /** Does nothing, and answers: the end of a run of quiet requests. */
  NOOP,
  /** Asks for the server's version. */
  VERSION,
  /** Sets how much the server logs. */
  VERBOSITY,
  /** Asks for statistics; the arguments name which. */
  STATS,
  /** Sets how many megabytes the items may take. */
  CACHE_MEMLIMIT,
  /** Has the certificates read again that clients are shown. */
  REFRESH_CERTS,
  /** Lists keys, or asks for something of memcached's LRU crawler; the arguments say what. */
  LRU_CRAWLER,
  /** Tunes memcached's LRU lists; the arguments say how. */
  LRU,
  /** Tunes memcached's slabs; the arguments say how. */
  SLABS,
  /** Asks for the log of what clients do, as it happens; the arguments name what of it. */
  WATCH,
  /** Asks how the cluster is made up; the arguments say what of it. */
  CONFIG,
  /** Stops the node. */
  SHUTDOWN,
  /**
   * Says who the client is, with {@link Request#user()} and the password as the value; one with an
   * {@link Request#error()} has neither, and fails.
   */
  AUTHENTICATE,
  /**
   * Ends the connection, once what was asked before is answered; with an {@link Request#error()}
   * since the codec cannot go on, without one since the client asked for it.
   */
  QUIT,
  /** Something that the codec could not read; {@link Request#error()} says what was wrong. */
  INVALID
}
