package io.ehcached.store;

import io.ehcached.item.Expiry;
import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import net.sf.ehcache.Element;
import net.sf.ehcache.config.CacheConfiguration;

/**
 * An item as it sits in a region and travels between nodes: an Ehcache element whose value is the
 * item's bytes and whose version is the stamp. Being the element itself, not a value inside one,
 * saves an object for each item.
 */
public sealed class StoredItem extends Element implements Item permits MarkedItem {
  private static final long serialVersionUID = 1L;

  private static final int UNSET = Integer.MIN_VALUE; // Ehcache's word for a lifespan not set

  private final int flags;
  private final long expiry;

  /**
   * Makes an item that has no stamp yet; {@link Store#change} gives it one.
   *
   * @param expiry in milliseconds since the epoch, or {@link Expiry#REGION}
   */
  public StoredItem(Key key, byte[] value, int flags, long expiry) {
    super((Object) key, (Object) value, 0L);
    this.flags = flags;
    this.expiry = expiry;
    if (expiry != Expiry.REGION) {
      setEternal(true); // to Ehcache, whose own lifetimes have whole seconds only; see isExpired
    }
  }

  private StoredItem(
      Key key, byte[] value, int flags, long expiry, long stamp, long creationMillis) {
    super(key, value, stamp, creationMillis, 0, 0, true, UNSET, UNSET, 0);
    this.flags = flags;
    this.expiry = expiry;
    if (expiry != Expiry.REGION) {
      setEternal(true);
    }
  }

  /**
   * Returns an item as it stands on another node.
   *
   * @param creationMillis when it was written, in milliseconds of the local wall clock: the
   *     region's time to live counts from there
   */
  public static StoredItem written(
      Key key, byte[] value, int flags, long expiry, long stamp, long creationMillis) {
    return new StoredItem(key, value, flags, expiry, stamp, creationMillis);
  }

  /** Returns this item, which stands on another node with these marks. */
  public StoredItem writtenWith(int marks, long cas) {
    StoredItem item = marked(marks, cas);
    item.setVersion(stamp());
    return item;
  }

  /** Makes a version of an item that is as old as {@code like}, and has no stamp yet. */
  StoredItem(StoredItem like) {
    super(
        like.getObjectKey(),
        like.getObjectValue(),
        0,
        like.getCreationTime(),
        like.getLastAccessTime(),
        0,
        like.usesCacheDefaultLifespan(),
        like.getTimeToLive(),
        like.getTimeToIdle(),
        0);
    this.flags = like.flags;
    this.expiry = like.expiry;
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

  /** Returns a version of this item that differs in its marks, and is not a bit younger. */
  public StoredItem marked(int marks, long cas) {
    return marks == 0 ? new StoredItem(this) : new MarkedItem(this, marks, cas);
  }

  @Override
  public Key key() {
    return (Key) getObjectKey();
  }

  @Override
  public byte[] value() {
    return (byte[]) getObjectValue();
  }

  @Override
  public int flags() {
    return flags;
  }

  @Override
  public long expiry() {
    return expiry;
  }

  @Override
  public long stamp() {
    return getVersion();
  }

  /**
   * Returns when the item dies, by its own expiry or the region's lifespan, in milliseconds since
   * the epoch; {@code Long.MAX_VALUE} when it does not.
   */
  public long expiresAt() {
    return getExpirationTime();
  }

  /** Tells whether the item was used since it was stored. */
  public boolean isUsed() {
    return getHitCount() > 0;
  }

  /** Returns when the item was last used or stored, in milliseconds since the epoch. */
  public long lastUse() {
    return Math.max(getLastAccessTime(), getLatestOfCreationAndUpdateTime());
  }

  /** Takes note that the item is being used. */
  public void use() {
    updateAccessStatistics();
  }

  /** Returns what the item takes in memory, in bytes. */
  public long size() {
    return ItemSizes.of(this);
  }

  /** Tells whether the item may die by itself: by its own expiry, or by the region's lifespan. */
  boolean isMortal() {
    return expiry != Expiry.REGION || !isEternal();
  }

  /** Tells whether the item's own expiry, or else the region's lifespan, has passed. */
  boolean isExpiredAt(long now) {
    return getExpirationTime() <= now;
  }

  /** Tells Ehcache's eviction whether the item is dead, so that it goes before others do. */
  @Override
  public boolean isExpired() {
    return isExpiredAt(System.currentTimeMillis());
  }

  /**
   * Never: by this question Ehcache's reads find out whether to remove what they read, and they
   * then remove what is under the key by that time, a newer item too. {@link Store} looks itself.
   */
  @Override
  public boolean isExpired(CacheConfiguration region) {
    return false;
  }

  /** Returns when the item dies, in milliseconds since the epoch; {@code Long.MAX_VALUE}: never. */
  @Override
  public long getExpirationTime() {
    return expiry == Expiry.REGION ? super.getExpirationTime() : expiry;
  }
}
