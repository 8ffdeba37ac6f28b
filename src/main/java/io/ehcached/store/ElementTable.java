package io.ehcached.store;

import io.ehcached.item.Key;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.event.CacheEventListener;

/**
 * The items of a region that Ehcache's own stores keep, because it has a disk tier or another
 * feature that {@link ItemTable} lacks. Each item is an element's value.
 */
final class ElementTable implements Table {
  private static final int STRIPES = 1024; // a power of two

  /**
   * How often a put is tried. To make room, Ehcache's CLOCK looks into one segment in 128, chosen
   * at random, and gives up where it is empty: often so in a region with few items.
   */
  private static final int TRIES = 256;

  private final Ehcache region;
  private final boolean isBoundedInBytes;
  private final RemovalListener departures;
  private final AtomicLong bytes = new AtomicLong();
  private final Stripe[] stripes = new Stripe[STRIPES];

  /** The lock of a share of the keys; its fields are guarded by its monitor. */
  private static final class Stripe {
    StoredItem writing;
    boolean replaced;
    boolean refused;
  }

  /**
   * A listener for evictions, and for whether a put replaced an item: Ehcache may evict items on
   * disk at any time, without a lock of this table.
   */
  private final class Evictions extends InertListener {
    @Override
    public void notifyElementUpdated(Ehcache from, Element element) {
      StoredItem item = item(element);
      if (item != null && Thread.holdsLock(stripe(item.key()))) {
        stripe(item.key()).replaced = true;
      }
    }

    @Override
    public void notifyElementEvicted(Ehcache from, Element element) {
      StoredItem item = item(element);
      if (item != null) {
        evicted(item);
      }
    }

    @Override
    public void notifyRemoveAll(Ehcache from) {
      bytes.set(0);
    }
  }

  ElementTable(Ehcache region, RemovalListener departures) {
    this.region = region;
    this.departures = departures;
    isBoundedInBytes =
        region.getCacheConfiguration().getMaxBytesLocalHeap() > 0
            || region.getCacheManager().getConfiguration().isMaxBytesLocalHeapSet();
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
    CacheEventListener evictions = new Evictions();
    region.getCacheEventNotificationService().registerListener(evictions);
    items().forEachRemaining(item -> bytes.addAndGet(ItemSizes.of(item)));
  }

  @Override
  public Object lock(Key key) {
    return stripe(key);
  }

  private Stripe stripe(Key key) {
    int hash = key.hashCode();
    return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
  }

  @Override
  public StoredItem at(Key key) {
    return item(region.getQuiet(key));
  }

  private static StoredItem item(Element element) {
    return element != null && element.getObjectValue() instanceof StoredItem item ? item : null;
  }

  @Override
  public boolean put(StoredItem item, StoredItem before) {
    Stripe stripe = stripe(item.key());
    stripe.writing = item;
    try {
      stripe.replaced = false;
      stripe.refused = false;
      region.put(element(item));
      for (int i = 1; i < TRIES && stripe.refused && canHold(item); i++) {
        stripe.refused = false;
        region.putQuiet(element(item)); // the listeners have been told of it
      }
      long more = stripe.refused ? 0 : ItemSizes.of(item);
      long less = stripe.replaced && before != null ? ItemSizes.of(before) : 0;
      bytes.addAndGet(more - less);
      return !stripe.refused;
    } finally {
      stripe.writing = null;
    }
  }

  private static Element element(StoredItem item) {
    Element element = new Element(item.key(), item, item.stamp());
    element.setEternal(true); // to Ehcache, whose own lifetimes have whole seconds only
    return element;
  }

  private boolean canHold(StoredItem item) {
    long bound = region.getCacheConfiguration().getMaxBytesLocalHeap();
    return bound == 0 || ItemSizes.of(item) <= bound;
  }

  /** Records an eviction; that of the item being put means that Ehcache has no room for it. */
  private void evicted(StoredItem item) {
    Stripe stripe = stripe(item.key());
    if (Thread.holdsLock(stripe)
        && stripe.writing != null
        && stripe.writing.stamp() == item.stamp()
        && stripe.writing.key().equals(item.key())) {
      stripe.refused = true;
      return;
    }
    bytes.addAndGet(-ItemSizes.of(item));
    departures.evicted(item);
  }

  @Override
  public StoredItem remove(Key key) {
    StoredItem item = at(key);
    if (item != null && region.remove(key)) {
      bytes.addAndGet(-ItemSizes.of(item));
    }
    return item;
  }

  @Override
  public void makeRoom(StoredItem latest) {
    // Ehcache has done so within the put
  }

  @Override
  public boolean fits(StoredItem item, StoredItem before) {
    CacheConfiguration bounds = region.getCacheConfiguration();
    long max = bounds.getMaxBytesLocalHeap();
    if (max > 0) {
      long more = ItemSizes.of(item) - (before == null ? 0 : ItemSizes.of(before));
      return more <= 0 || bytes() + more <= max;
    }
    long entries = bounds.getMaxEntriesLocalHeap();
    return entries == 0 || before != null || region.getStatistics().getLocalHeapSize() < entries;
  }

  @Override
  public long size() {
    return region.getStatistics().getSize();
  }

  @Override
  public long bytes() {
    return isBoundedInBytes
        ? region.getStatistics().getLocalHeapSizeInBytes()
        : Math.max(0, bytes.get());
  }

  @Override
  public Iterator<StoredItem> items() {
    List<?> keys = region.getKeys();
    return keys.stream().map(key -> item(region.getQuiet(key))).filter(Objects::nonNull).iterator();
  }
}
