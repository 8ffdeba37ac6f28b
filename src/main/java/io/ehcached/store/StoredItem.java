package io.ehcached.store;

import io.ehcached.item.Expiry;
import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * An item in a region: an object that is also a link of its table's chain, and the arrays of key
 * and value. An item takes 64 bytes besides these arrays; docs/performance.md has the sum.
 */
public sealed class StoredItem implements Item, Serializable permits MarkedItem {
  private static final long serialVersionUID = 2L;

  /** The most uses that are remembered, to tell frequent use from one use. */
  private static final byte MAX_USES = 3;

  private static final int CACHE_LINE = 64; // bytes
  private static final int MAX_TOUCHED = 1024; // of a value; behind that the processor reads ahead

  private static final VarHandle NEXT;

  static {
    try {
      NEXT = MethodHandles.lookup().findVarHandle(StoredItem.class, "next", StoredItem.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private byte[] key;
  private final byte[] value;
  private final int flags;

  /** The key's hash in this process. */
  private final transient int hash;

  /** The item's own expiry, or when it was written, as {@link #mortal} says. */
  private long moment;

  private final boolean mortal;
  private boolean used;
  private byte uses;
  private int lastUse; // in seconds since the epoch
  private long stamp;
  private long arrived;

  @SuppressWarnings("unused") // by NEXT
  private transient StoredItem next;

  private StoredItem(
      byte[] key,
      int hash,
      byte[] value,
      int flags,
      boolean mortal,
      long moment,
      long stamp,
      int lastUse) {
    this.key = key;
    this.hash = hash;
    this.value = value;
    this.flags = flags;
    this.mortal = mortal;
    this.moment = moment;
    this.stamp = stamp;
    this.lastUse = lastUse;
  }

  /**
   * Makes an item that has no stamp yet; {@link Store#change} gives it one.
   *
   * @param expiry in milliseconds since the epoch, or {@link Expiry#REGION}
   */
  public StoredItem(Key key, byte[] value, int flags, long expiry) {
    this(key.bytes(), key.hashCode(), value, flags, expiry != Expiry.REGION, expiry, 0, 0);
  }

  /** Makes a copy of {@code like}, as old as that, without a stamp. */
  StoredItem(StoredItem like) {
    this(like.key, like.hash, like.value, like.flags, like.mortal, like.moment, 0, like.lastUse);
  }

  /**
   * Returns an item that another node holds.
   *
   * @param writtenMillis when it was written, in milliseconds of the local wall clock: the region's
   *     time to live counts from there
   */
  public static StoredItem written(
      Key key, byte[] value, int flags, long expiry, long stamp, long writtenMillis) {
    boolean mortal = expiry != Expiry.REGION;
    return new StoredItem(
        key.bytes(),
        key.hashCode(),
        value,
        flags,
        mortal,
        mortal ? expiry : writtenMillis,
        stamp,
        0);
  }

  /** Returns this item with the marks that it has on another node. */
  public StoredItem writtenWith(int marks, long cas) {
    StoredItem item = marked(marks, cas);
    item.stamp = stamp;
    return item;
  }

  /**
   * Makes an item that has no stamp yet.
   *
   * @param expiry in milliseconds since the epoch, or {@link Expiry#REGION}
   * @param marks the bits of {@link Marks}
   * @param cas the cas unique, with {@link Marks#OWN_CAS} among the marks; else of no account
   */
  public static StoredItem of(Key key, byte[] value, int flags, long expiry, int marks, long cas) {
    return marks == 0
        ? new StoredItem(key, value, flags, expiry)
        : new MarkedItem(key, value, flags, expiry, marks, cas);
  }

  /** Returns a copy of this item, as old as this, with other marks and without a stamp. */
  public StoredItem marked(int marks, long cas) {
    return marks == 0 ? new StoredItem(this) : new MarkedItem(this, marks, cas);
  }

  /**
   * Records that the item is being stored in a region.
   *
   * @param now in milliseconds since the epoch
   */
  void arrive(long now) {
    arrived = now;
    if (!mortal && moment == 0) {
      moment = now;
    }
    if (lastUse == 0) {
      lastUse = seconds(now);
    }
  }

  /**
   * Shares the key's array of the item that it replaces, to save memory. To be called before other
   * threads see the item.
   */
  void keyOf(StoredItem before) {
    key = before.key;
  }

  void stamp(long newStamp) {
    stamp = newStamp;
  }

  private static int seconds(long millis) {
    return (int) TimeUnit.MILLISECONDS.toSeconds(millis);
  }

  @Override
  public Key key() {
    return Key.of(key, hash);
  }

  /** Returns the number of the key's bytes. */
  public int keyLength() {
    return key.length;
  }

  int hash() {
    return hash;
  }

  /** Returns the key's own bytes, which must not be changed. */
  byte[] keyBytes() {
    return key;
  }

  @Override
  public byte[] value() {
    return value;
  }

  @Override
  public int flags() {
    return flags;
  }

  @Override
  public long expiry() {
    return mortal ? moment : Expiry.REGION;
  }

  /** Tells whether the item has an expiry of its own. */
  boolean isMortal() {
    return mortal;
  }

  /**
   * Returns when an item without an expiry of its own was written, here or on another node, in
   * milliseconds of the local wall clock; for other items, when it arrived here.
   */
  public long written() {
    return mortal ? arrived : moment;
  }

  /** Returns when the item arrived on this node, in milliseconds of its wall clock. */
  long arrived() {
    return arrived;
  }

  @Override
  public long stamp() {
    return stamp;
  }

  /** Tells whether the item was used since it was stored. */
  public boolean isUsed() {
    return used;
  }

  /**
   * Returns when the item was last used or stored, in milliseconds since the epoch, to the second.
   */
  public long lastUse() {
    return TimeUnit.SECONDS.toMillis(lastUse);
  }

  /**
   * Records a use of the item. Usually nothing is written, so that other cores keep the memory in
   * their caches.
   */
  public void use(long now) {
    int second = seconds(now);
    if (second != lastUse) {
      lastUse = second;
    }
    if (uses < MAX_USES) {
      uses++;
      used = true;
    }
  }

  /** Takes off one remembered use; returns false when there is none. Guarded by the key's lock. */
  boolean outlive() {
    if (uses == 0) {
      return false;
    }
    uses--;
    return true;
  }

  /** Returns the memory that the item takes, in bytes. */
  public long size() {
    return ItemSizes.of(this);
  }

  /**
   * Reads a little of the item, of the key, and of each cache line of the value, for {@link
   * Lookahead}.
   */
  int touch() {
    int sum = uses + (int) moment + (key.length == 0 ? 0 : key[key.length - 1]);
    int max = Math.min(value.length, MAX_TOUCHED);
    for (int i = 0; i < max; i += CACHE_LINE) {
      sum += value[i];
    }
    return sum + (max == 0 ? 0 : value[max - 1]);
  }

  StoredItem next() {
    return (StoredItem) NEXT.getAcquire(this);
  }

  void next(StoredItem following) {
    NEXT.setRelease(this, following);
  }

  /**
   * Restores the hash after deserialization; not private, so that it holds for marked items as
   * well.
   */
  Object readResolve() {
    StoredItem item =
        new StoredItem(key, Key.wrap(key).hashCode(), value, flags, mortal, moment, stamp, lastUse);
    item.arrived = arrived;
    return marks() == 0 ? item : item.resolvedWith(marks(), cas());
  }

  private StoredItem resolvedWith(int marks, long cas) {
    StoredItem item = writtenWith(marks, cas);
    item.arrived = arrived;
    return item;
  }
}
