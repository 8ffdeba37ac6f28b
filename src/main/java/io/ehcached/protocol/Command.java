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
  /** Stores a value only where there is none. */
  ADD(Effect.UPDATE),
  /** Stores a value only where there is one. */
  REPLACE(Effect.UPDATE),
  /** Puts a value behind the one that is there. */
  APPEND(Effect.UPDATE),
  /** Puts a value before the one that is there. */
  PREPEND(Effect.UPDATE),
  /** Adds to a decimal number, wrapping at 2^64. */
  INCREMENT(Effect.UPDATE),
  /** Takes from a decimal number, no lower than 0. */
  DECREMENT(Effect.UPDATE),
  /** Removes an item. */
  DELETE(Effect.UPDATE),
  /** Gives an item a new expiry. */
  TOUCH(Effect.UPDATE),
  /** Kills every item that is older than now, or than a moment to come. */
  FLUSH_ALL(Effect.FLUSH, Trait.MAY_TAKE_LONG),
  /** Tells what is known about an item, and leaves no trace of having looked. */
  DEBUG(Effect.READ),
  /** Does nothing, and answers: the end of a run of quiet requests. */
  NOOP(Effect.NONE),
  /** Asks for the server's version. */
  VERSION(Effect.NONE),
  /** Sets how much the server logs. */
  VERBOSITY(Effect.NODE),
  /** Asks for statistics; the arguments name which. */
  STATS(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Sets how many megabytes the items may take. */
  CACHE_MEMLIMIT(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Has the certificates read again that clients are shown. */
  REFRESH_CERTS(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Lists keys, or asks for something of memcached's LRU crawler; the arguments say what. */
  LRU_CRAWLER(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Tunes memcached's LRU lists; the arguments say how. */
  LRU(Effect.NODE),
  /** Tunes memcached's slabs; the arguments say how. */
  SLABS(Effect.NODE),
  /** Asks for the log of what clients do, as it happens; the arguments name what of it. */
  WATCH(Effect.NODE, Trait.MAY_TAKE_LONG, Trait.DECIDES_WHAT_FOLLOWS),
  /** Asks how the cluster is made up; the arguments say what of it. */
  CONFIG(Effect.NODE, Trait.MAY_TAKE_LONG),
  /** Stops the node. */
  SHUTDOWN(Effect.NODE, Trait.MAY_TAKE_LONG),
  /**
   * Says who the client is, with {@link Request#user()} and the password as the value; one with an
   * {@link Request#error()} has neither, and fails.
   */
  AUTHENTICATE(Effect.NONE, Trait.DECIDES_WHAT_FOLLOWS),
  /**
   * Ends the connection, once what was asked before is answered; with an {@link Request#error()}
   * since the codec cannot go on, without one since the client asked for it.
   */
  QUIT(Effect.NONE),
  /** Something that the codec could not read; {@link Request#error()} says what was wrong. */
  INVALID(Effect.NONE);

  /** What a command reads and changes. */
  private enum Effect {
    /** Reads one item and changes nothing. */
    READ,
    /** Changes one item, depending on what it was. */
    UPDATE,
    /** Stores one item, whatever there was. */
    STORE,
    /** Removes all items. */
    FLUSH,
    /** Concerns the node rather than an item. */
    NODE,
    /** Neither reads nor changes anything beyond the connection. */
    NONE
  }

  /** What holds for some commands besides. */
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

  /** Tells whether it changes items, so that peers have to be sent something. */
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

  /** Tells whether it may take long, or its answer may, so that other clients come first. */
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
