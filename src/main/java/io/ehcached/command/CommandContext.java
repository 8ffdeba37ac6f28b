package io.ehcached.command;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;

/**
 * The execution of one request, and its outcome: the context of every {@link
 * io.ehcached.store.Change}. An executor reuses a single one, so that a write allocates only its
 * item.
 */
final class CommandContext {
  private static final long MILLIS = 1000;

  /** The state of an item that does not exist yet. */
  private static final ItemState NONE =
      new ItemState(false, false, false, false, 0, ItemState.FOREVER, 0);

  private final Limits limits;
  private final Store store;
  private Request request;
  private long now;
  private Status status;
  private long number;
  private boolean won;
  private boolean isNew;
  private boolean keepsUse;
  private ItemState before;

  CommandContext(Limits limits, Store store) {
    this.limits = limits;
    this.store = store;
  }

  void start(Request request, long now) {
    this.request = request;
    this.now = now;
    this.status = Status.OK;
    this.won = false;
    this.isNew = false;
    this.keepsUse = false;
    this.before = null;
  }

  /** Releases the request, so that its value is not kept until the next one comes. */
  void end() {
    request = null;
  }

  Request request() {
    return request;
  }

  /** Returns the time at which the batch began, in milliseconds since the epoch. */
  long now() {
    return now;
  }

  Status status() {
    return status;
  }

  /** Returns the result of an increment or decrement. */
  long number() {
    return number;
  }

  void number(long result) {
    number = result;
  }

  /** Returns the expiry that the request asks for. */
  long expiry() {
    return Expiry.of(request.exptime(), now);
  }

  /** Records that the client has to store a new value. */
  void win() {
    won = true;
  }

  /** Records the state in which the request found the item. */
  void found(ItemState state) {
    before = state;
  }

  /** Records that the request makes a new item. */
  void begin() {
    isNew = true;
    before = NONE;
  }

  /** Tells whether the request made an item where there was none. */
  boolean isNew() {
    return isNew;
  }

  /** Records that the new version counts as the same item, which was used before. */
  void keepUse() {
    keepsUse = true;
  }

  /** Tells whether {@link #keepUse} was noted. */
  boolean keepsUse() {
    return keepsUse;
  }

  /** Returns what was {@linkplain #found noted}, or null. */
  ItemState before() {
    return before;
  }

  /** Returns the state of an item as of now. */
  ItemState stateOf(StoredItem item) {
    int marks = item.marks();
    return new ItemState(
        false,
        (marks & Marks.STALE) != 0,
        (marks & Marks.WON) != 0,
        item.isUsed(),
        Math.max(0, now - item.lastUse()) / MILLIS,
        secondsTo(endOf(item)),
        item.size());
  }

  /** Returns the state to answer with: as the request found the item, and with what it changed. */
  ItemState stateAfter(StoredItem item) {
    boolean ttlBefore = request.has(Option.TTL_BEFORE_TOUCH);
    return new ItemState(
        won,
        before.stale(),
        before.alreadyWon(),
        before.fetched(),
        before.idleSeconds(),
        ttlBefore ? before.ttlSeconds() : secondsTo(endOf(item)),
        before.size());
  }

  /** Returns when an item dies, in milliseconds since the epoch; {@code Long.MAX_VALUE}: never. */
  long endOf(StoredItem item) {
    return store.end(item);
  }

  /** Returns the time left until a moment, in seconds, rounded up. */
  long secondsTo(long millis) {
    return millis == Long.MAX_VALUE
        ? ItemState.FOREVER
        : Math.max(0, (millis - now + MILLIS - 1) / MILLIS);
  }

  /** Records why the request is refused, and returns the old item. */
  StoredItem refuse(StoredItem old, Status why) {
    status = why;
    return old;
  }

  /**
   * Tells whether the request is meant for another version of the item; without cas uniques, any
   * version that a request names is another.
   */
  boolean isForAnotherThan(StoredItem old) {
    return request.comparesCas() && (request.compareCas() != old.cas() || !limits.cas());
  }

  /** Tells whether the request is meant for a version older than the item. */
  boolean isForOlderThan(StoredItem old) {
    return limits.cas()
        && request.comparesCas()
        && request.compareCas() != 0 // which is no version at all
        && Long.compareUnsigned(request.compareCas(), old.cas()) < 0;
  }

  /** Returns the request's new item. */
  StoredItem newItem(StoredItem old) {
    return newItem(old, request.value(), request.flags(), expiry(), 0);
  }

  /** Returns a new item, marked, with the cas unique that the request chose if it did. */
  StoredItem newItem(StoredItem old, byte[] value, int flags, long expiry, int marks) {
    // The region keeps the key it has; another one in the new item would be a second array.
    Key key = old == null ? request.key() : old.key();
    return request.has(Option.CHOOSE_CAS)
        ? StoredItem.of(key, value, flags, expiry, marks | Marks.OWN_CAS, request.chosenCas())
        : StoredItem.of(key, value, flags, expiry, marks, 0);
  }

  /** Returns the item that the request makes if there is none. */
  StoredItem vivified(byte[] value, int flags, int marks) {
    return newItem(null, value, flags, Expiry.of(request.vivifyExptime(), now), marks);
  }

  /** Returns {@code old} with another value, as {@code append} makes it. */
  StoredItem withValue(StoredItem old, byte[] value) {
    return newItem(old, value, old.flags(), old.expiry(), 0);
  }

  /** Tells whether {@code old} with a value of this length would be above the limit. */
  boolean isTooLarge(StoredItem old, long valueLength) {
    return limits.isTooLarge(old.key().length(), old.flags(), valueLength);
  }
}
