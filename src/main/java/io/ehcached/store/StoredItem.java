package io.ehcached.store;

import io.ehcached.item.Expiry;
import io.ehcached.item.Item;
import io.ehcached.item.Key;
import net.sf.ehcache.Element;
import net.sf.ehcache.config.CacheConfiguration;

/**
 * An item as it sits in a region and travels between nodes: an Ehcache element whose value is the
 * item's bytes and whose version is the stamp. Being the element itself, not a value inside one,
 * saves an object for each item.
 */
public final class StoredItem extends Element implements Item {
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
