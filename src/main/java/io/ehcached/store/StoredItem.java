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

  /** Tells whether the item's own expiry, or else the region's lifespan, has passed. */
  @Override
  public boolean isExpired() {
    return expiry == Expiry.REGION
        ? super.isExpired()
        : Expiry.isPast(expiry, System.currentTimeMillis());
  }

  @Override
  public boolean isExpired(CacheConfiguration region) {
    return expiry == Expiry.REGION ? super.isExpired(region) : isExpired();
  }

  /** Returns when the item dies, in milliseconds since the epoch; {@code Long.MAX_VALUE}: never. */
  @Override
  public long getExpirationTime() {
    return expiry == Expiry.REGION ? super.getExpirationTime() : expiry;
  }
}
