package io.ehcached.protocol;

import java.util.List;

/** A command of a client, independent of the protocol, and what it does to items. */
public enum Command {
  /** Reads an item. */
  GET(Effect.READ, Trait.RETURNS_VALUE),
  /** Reads an item and gives it a new expiry. */
  GET_AND_TOUCH(Effect.UPDATE, Trait.RETURNS_VALUE),
  /** Stores a value; with a cas unique to compare, only over the item that has it. */
  SET(Effect.STORE),
  /** Stores a value only if there is no item. */
  ADD(Effect.UPDATE),
  /** Stores a value only if there is an item. */
  REPLACE(Effect.UPDATE),
  /** Appends to the item's value. */
  APPEND(Effect.UPDATE),
  /** Prepends to the item's value. */
  PREPEND(Effect.UPDATE),
  /** Adds to a decimal number, wrapping at 2^64. */
  INCREMENT(Effect.UPDATE),
  /** Subtracts from a decimal number, down to 0. */
  DECREMENT(Effect.UPDATE),
  /** Removes an item. */
  DELETE(Effect.UPDATE),
  /** Gives an item a new expiry. */
  TOUCH(Effect.UPDATE),
  /** Kills all items older than now, or than a later time. */
  FLUSH_ALL(Effect.FLUSH, Trait.MAY_TAKE_LONG),
  /** Returns what is known about an item, without counting as a use of it. */
  DEBUG(Effect.READ),
  /** Does nothing but answer: the end of a series of quiet requests. */
  NOOP(Effect.NONE),
  /** Asks for the server's version. */
  VERSION(Effect.NONE),
  /** Sets how much the server logs. */
  VERBOSITY(Effect.NODE),
  /** Asks for statistics; the arguments name which. */
  STATS(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Sets how many megabytes the items may take. */
  CACHE_MEMLIMIT(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Reads the certificates again. */
  REFRESH_CERTS(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Lists keys, or controls memcached's LRU crawler; the arguments say which. */
  LRU_CRAWLER(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Tunes memcached's LRU lists; the arguments say how. */
  LRU(Effect.NODE),
  /** Tunes memcached's slabs; the arguments say how. */
  SLABS(Effect.NODE),
  /** Asks for the log of requests; the arguments name the kinds of entries. */
  WATCH(Effect.NODE, Trait.MAY_TAKE_LONG, Trait.DECIDES_WHAT_FOLLOWS),
  /** Asks for the cluster's nodes; the arguments say what exactly. */
  CONFIG(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Stops the node. */
  SHUTDOWN(Effect.NODE, Trait.MAY_TAKE_LONG),
  /**
   * Authenticates the client with {@link Request#user()} and the password as the value; one with an
   * {@link Request#error()} has neither, and fails.
   */
  AUTHENTICATE(Effect.NONE, Trait.DECIDES_WHAT_FOLLOWS),
  /**
   * Ends the connection once earlier requests are answered; with an {@link Request#error()} because
   * the codec cannot continue, without one because the client asked for it.
   */
  QUIT(Effect.NONE),
  /** A request that the codec could not read; {@link Request#error()} says why. */
  INVALID(Effect.NONE);

  /** What a command reads and changes. */
  private enum Effect {
    /** Reads one item and changes nothing. */
    READ,
    /** Changes one item, depending on what it was. */
    UPDATE,
    /** Stores one item, unconditionally. */
    STORE,
    /** Removes all items. */
    FLUSH,
    /** Concerns the node rather than an item. */
    NODE,
    /** Neither reads nor changes anything beyond the connection. */
    NONE
  }

  /** Further properties of commands. */
  private enum Trait {
    /** Its answer can hold the value of an item. */
    RETURNS_VALUE,
    /** It may take long, or its answer may. */
    MAY_TAKE_LONG,
    /** Its outcome decides how the bytes behind it are read. */
    DECIDES_WHAT_FOLLOWS
  }

  private final Effect effect;
  private final boolean returnsValue;
  private final boolean mayTakeLong;
  private final boolean decidesWhatFollows;

  Command(Effect effect, Trait... traits) {
    this.effect = effect;
    List<Trait> those = List.of(traits);
    this.returnsValue = those.contains(Trait.RETURNS_VALUE);
    this.mayTakeLong = those.contains(Trait.MAY_TAKE_LONG);
    this.decidesWhatFollows = those.contains(Trait.DECIDES_WHAT_FOLLOWS);
  }

  /** Tells whether it changes items, which peers have to receive. */
  public boolean writes() {
    return effect == Effect.UPDATE || effect == Effect.STORE || effect == Effect.FLUSH;
  }

  /** Tells whether its answer depends on the item under its key. */
  public boolean dependsOnItem() {
    return effect == Effect.READ || effect == Effect.UPDATE;
  }

  /** Tells whether its answer can hold the value of an item. */
  public boolean returnsValue() {
    return returnsValue;
  }

  /** Tells whether it may be executed for a client that has not authenticated. */
  public boolean needsNoAuthentication() {
    return effect == Effect.NONE;
  }

  /** Tells whether it or its answer may take long, so that other clients are served first. */
  public boolean mayTakeLong() {
    return mayTakeLong;
  }

  /**
   * Tells whether its outcome decides how the bytes behind it are read, so that they are read only
   * once it was executed.
   */
  public boolean decidesWhatFollows() {
    return decidesWhatFollows;
  }
}
