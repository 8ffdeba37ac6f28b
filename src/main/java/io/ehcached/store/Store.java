package io.ehcached.store;

import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
import io.ehcached.store.ChangeListener.Kind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.config.CacheConfiguration;

/**
 * The items of one region. Reads take no lock; whoever changes an item does so under its key's
 * lock, since Ehcache's own conditional operations refuse to work once a replicator listens. Safe
 * for use by many threads.
 */
public final class Store {
  /** The key of no bytes, under which the mark of the last flush lies. */
  public static final Key FLUSH = FlushMark.KEY;

  private final Table table;
  private final StampClock clock;
  private final LongSupplier millis;
  private final Slots slots;
  private final Merger merger;
  private final StoreCounter counter = new StoreCounter();
  private final RegionWatch watch;
  private volatile long oldestUse = Long.MAX_VALUE;
  private volatile Object room; // null where the region makes room by itself

  /**
   * Opens a region.
   *
   * @param clock gives each write its stamp
   * @param millis the wall clock, in milliseconds since the epoch
   */
  public Store(Ehcache region, StampClock clock, LongSupplier millis) {
    this(EhcacheListeners.of(region), clock, millis, watch -> table(region, watch));
    CacheConfiguration configuration = region.getCacheConfiguration();
    watch.limit(Lifespan.of(configuration));
    configuration.addConfigurationListener(
        new BoundsListener(() -> watch.limit(Lifespan.of(configuration))));
    table.items().forEachRemaining(watch::learn); // from its disk
  }

  private Store(
      EhcacheListeners observers,
      StampClock clock,
      LongSupplier millis,
      Function<RegionWatch, Table> opening) {
    this.clock = clock;
    this.millis = millis;
    watch = new RegionWatch(clock, millis, counter, observers);
    table = opening.apply(watch);
    slots = new Slots(table, watch, observers);
    merger = new Merger(slots, watch, clock, millis);
  }

  /**
   * Returns a store of items that never die by themselves, in a table without a region.
   *
   * @param maxItems the most items to keep; 0: as many as there are
   */
  public static Store withoutRegion(long maxItems, StampClock clock, LongSupplier millis) {
    return new Store(
        null,
        clock,
        millis,
        watch -> {
          ItemTable own = new ItemTable(maxItems, 0);
          own.tell(watch);
          return own;
        });
  }

  private static Table table(Ehcache region, RegionWatch watch) {
    ItemTable own = RegionStores.table(region);
    if (own == null) {
      return new ElementTable(region, watch);
    }
    own.tell(watch);
    return own;
  }

  /** Returns the live item under {@code key}, or null; this counts as a use of it. */
  public StoredItem get(Key key) {
    return get(key, millis.getAsLong());
  }

  /**
   * Does what {@link #get(Key)} does, for one who knows the time.
   *
   * @param now in milliseconds since the epoch
   */
  public StoredItem get(Key key, long now) {
    StoredItem item = table.at(key);
    if (item == null) {
      return null;
    }
    if (watch.isLive(item, now)) {
      item.use(now);
      return item;
    }
    counter.foundDead(watch.isExpired(item));
    reclaim(item);
    return null;
  }

  /**
   * Returns a look ahead for one thread.
   *
   * @param max how many keys it takes at once
   */
  public Lookahead lookahead(int max) {
    return new Lookahead(table instanceof ItemTable own ? own : null, max);
  }

  /** Takes note that an item is being used. */
  public void use(StoredItem item) {
    item.use(millis.getAsLong());
  }

  /** Returns the live item under {@code key}, or null, and leaves no trace of having looked. */
  public StoredItem peek(Key key) {
    return live(table.at(key));
  }

  private StoredItem live(StoredItem item) {
    return item != null && watch.isLive(item) ? item : null;
  }

  /**
   * Starts to keep a ledger for peers. To be called once, before clients are let in: it counts in
   * what is there already.
   */
  public void keep(Ledger kept) {
    slots.keep(kept);
    watch.keep(kept);
    table.items().forEachRemaining(kept::arriving);
  }

  /**
   * Starts to refuse this node's own writes where the region is full, so that none of them evicts
   * another item. What peers send is not refused: they have said yes to it.
   */
  public void refuseWhenFull() {
    room = new Object();
  }

  /**
   * Evicts what would be too much for other bounds, be they in force already or not. Where the
   * region refuses when it is full, nothing goes.
   *
   * @param items the most items; 0: any number
   * @param sizes the most bytes that they may take; 0: any number
   */
  public void evictTo(long items, long sizes) {
    if (room == null && table instanceof ItemTable own) {
      own.evictTo(items, sizes);
    }
  }

  /** Returns what gives the store's writes their stamps. */
  public StampClock clock() {
    return clock;
  }

  /** Returns the ledger, or null when none is kept. */
  public Ledger ledger() {
    return slots.ledger();
  }

  /**
   * Changes one item, alone: {@code change} sees the live item and says what becomes of it. A new
   * item gets its stamp here, greater than that of the one before.
   *
   * @return the item that is there now, or null
   * @throws RegionFullException when the region has no room for the new item
   */
  public <C> StoredItem change(Key key, C context, Change<C> change) {
    StoredItem item;
    synchronized (slots.lock(key)) {
      StoredItem before = slots.at(key);
      long now = millis.getAsLong();
      StoredItem old = before != null && watch.isLive(before, now) ? before : null;
      item = change.apply(old, context);
      if (item == old) {
        return old;
      }
      OpenWrites.Slot open = slots.open();
      try {
        long stamp = clock.next(before == null ? 0 : before.stamp(), now);
        if (item == null) {
          remove(key, stamp);
          return null;
        }
        item.stamp(stamp);
        if (old == null && before != null) {
          counter.reclaimed(before);
        }
        if (!put(item, before, now)) {
          remove(key, stamp); // or else peers would keep the value before
          throw new RegionFullException();
        }
        slots.tell(key, stamp, old == null ? Kind.PUT : Kind.UPDATE);
      } finally {
        slots.close(open);
      }
    }
    slots.makeRoom(item);
    return item;
  }

  private boolean put(StoredItem item, StoredItem before, long now) {
    Object bounded = room;
    if (bounded == null || item.keyLength() == 0) { // a flush makes room, and is not refused
      return slots.put(item, before, now);
    }
    synchronized (bounded) { // lest two take the same room
      if (!table.fits(item, before)) {
        throw new RegionFullException();
      }
      return slots.put(item, before, now);
    }
  }

  /**
   * Removes what is not there, since a peer may hold it still: the removal reaches the peers as any
   * other does. Nothing happens where there is an item, or nobody to tell.
   */
  public void removeAbsent(Key key) {
    if (ledger() != null) {
      synchronized (slots.lock(key)) {
        if (peek(key) == null) {
          OpenWrites.Slot open = slots.open();
          try {
            remove(key, clock.next(0));
          } finally {
            slots.close(open);
          }
        }
      }
    }
  }

  private void remove(Key key, long stamp) {
    slots.remove(key, stamp);
    slots.tell(key, stamp, Kind.REMOVAL);
  }

  /** Takes in a peer's item, unless something newer stands here. */
  public Merged merge(StoredItem item) {
    return merge(item, item.stamp());
  }

  /**
   * Takes in a peer's item that was written once more, unless something newer stands here.
   *
   * @param first the stamp that it had first: what was written later than that is newer
   */
  public Merged merge(StoredItem item, long first) {
    return merger.item(item, first);
  }

  /** Takes in a peer's removal, unless something newer stands here. */
  public Merged mergeRemoval(Key key, long stamp) {
    return mergeRemoval(key, stamp, stamp);
  }

  /** Takes in a peer's removal as {@link #merge(StoredItem, long)} takes an item in. */
  public Merged mergeRemoval(Key key, long stamp, long first) {
    return merger.removal(key, stamp, first);
  }

  /** Drops an item on this node alone, provided that it is still the one with this stamp. */
  public void forget(Key key, long stamp) {
    synchronized (slots.lock(key)) {
      StoredItem item = slots.at(key);
      if (item != null && item.stamp() == stamp) {
        slots.lose(key);
      }
    }
  }

  /**
   * Gives what is known of a key, an item or a removal, a stamp that is greater than all before. It
   * stays as old as it is: what was written later wins over it, whatever stamp that has.
   *
   * @param stamp of what is to be renewed; if it is gone, nothing happens
   */
  public void renew(Key key, long stamp) {
    merger.renew(key, stamp);
  }

  /**
   * Returns the stamp that what is known of a key had first.
   *
   * @param otherwise what to return if nothing is known
   */
  public long first(Key key, long otherwise) {
    return merger.first(key, otherwise);
  }

  /**
   * Removes what was written before a write of this node's own of which nothing is left.
   *
   * @param stamp of what is to be removed; if it is gone, nothing happens
   * @param first the stamp that the write of this node's own had first
   */
  public void removeOlder(Key key, long stamp, long first) {
    merger.removeOlder(key, stamp, first);
  }

  /** Returns what lies under a key, dead or alive, the flush mark's among them; or null. */
  public StoredItem held(Key key) {
    return table.at(key);
  }

  /** Tells whether an item's value is the one that lies under its key. */
  public boolean isStored(Item item) {
    StoredItem held = held(item.key());
    return held != null && held.value() == item.value();
  }

  /** Tells whether an item that {@link #held} gave has expired. */
  public boolean isExpired(StoredItem item) {
    return watch.isExpired(item);
  }

  /**
   * Returns when an item dies, by its own expiry or the region's lifespan, in milliseconds since
   * the epoch; {@code Long.MAX_VALUE} when it does not.
   */
  public long end(StoredItem item) {
    return watch.end(item);
  }

  /** Tells whether an item that {@link #held} gave is one that a flush killed. */
  public boolean isFlushed(StoredItem item) {
    return item.keyLength() > 0 && watch.mark().kills(item.stamp(), millis.getAsLong());
  }

  /**
   * Returns an iterator over all that a peer should know: the items, the flush mark, and the
   * removals and expiries that are remembered; but nothing that a flush has killed. It shows what
   * changes meanwhile or does not, and copies only a small share of the items at a time.
   */
  public Iterator<Held> held() {
    Ledger kept = ledger();
    Stream<Held> items =
        StreamSupport.stream(((Iterable<StoredItem>) table::items).spliterator(), false)
            .filter(item -> !isFlushed(item))
            .map(item -> new Held(item.key(), item.stamp(), watch.isExpired(item)));
    if (kept == null) {
      return items.iterator();
    }
    Stream<Held> removals =
        Stream.of(kept.tombstones(), kept.expiries())
            .flatMap(memory -> StreamSupport.stream(memory.all().spliterator(), false))
            .map(gone -> new Held(gone.key(), gone.stamp(), /* removal= */ true));
    return Stream.concat(items, removals).iterator();
  }

  /**
   * Sets who is told of live items dropped for want of room; on whatever thread needs the room,
   * which is not to be held up.
   */
  public void onEviction(Consumer<StoredItem> listener) {
    watch.onEviction(listener);
  }

  /** Kills every item there is. */
  public void flush() {
    long now = millis.getAsLong(); // before change() looks, lest the mark be older than what it did
    change(
        FlushMark.KEY,
        clock.next(0, now),
        (old, stamp) -> watch.mark().settled(now).flushed(stamp).toItem());
  }

  /** Kills, once the wall clock reaches {@code atMillis}, every item that is older than that. */
  public void flushAt(long atMillis) {
    long now = millis.getAsLong();
    change(
        FlushMark.KEY,
        clock.next(0, now),
        (old, stamp) -> watch.mark().settled(now).flushedAt(atMillis, stamp).toItem());
  }

  /**
   * Gives back the memory of items that are dead; to be called now and then, since nothing dies in
   * the background in a memory region. Takes time in proportion to the items.
   */
  public void reclaim() {
    FlushMark mark = watch.mark();
    if (!mark.equals(FlushMark.NONE)
        && (mark.isDue(millis.getAsLong()) || table.at(FlushMark.KEY) == null)) {
      // A flush that is due is settled; a mark that was evicted is put in its place again.
      change(FlushMark.KEY, millis.getAsLong(), (old, now) -> watch.mark().settled(now).toItem());
    }
    long oldest = Long.MAX_VALUE;
    for (Iterator<StoredItem> items = table.items(); items.hasNext(); ) {
      StoredItem item = items.next();
      if (!reclaim(item)) {
        oldest = Math.min(oldest, item.lastUse());
      }
    }
    oldestUse = oldest;
    Ledger kept = ledger();
    if (kept != null) {
      kept.purge();
    }
  }

  /** Removes an item if it is dead, which it returns. */
  private boolean reclaim(StoredItem item) {
    if (watch.isLive(item)) {
      return false;
    }
    Key key = item.key();
    synchronized (slots.lock(key)) {
      StoredItem now = slots.at(key);
      if (now != null && !watch.isLive(now)) {
        slots.bury(key);
        counter.reclaimed(now);
      }
    }
    return true;
  }

  /**
   * Returns an iterator over the live items. It copies only a small share of them at a time, and
   * shows what changes meanwhile or does not.
   */
  public Iterator<StoredItem> items() {
    Iterable<StoredItem> all = table::items;
    return StreamSupport.stream(all.spliterator(), /* parallel= */ false)
        .filter(item -> item.keyLength() > 0 && watch.isLive(item))
        .iterator();
  }

  /** Returns the keys there are, those of dead items that were not reclaimed yet among them. */
  public List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    table
        .items()
        .forEachRemaining(
            item -> {
              if (item.keyLength() > 0) {
                keys.add(item.key());
              }
            });
    return keys;
  }

  /** Returns how many items there are, dead ones that were not reclaimed yet among them. */
  public long size() {
    return Math.max(0, table.size() - (table.at(FlushMark.KEY) == null ? 0 : 1));
  }

  /** Returns how much memory the items take, dead ones that were not reclaimed yet among them. */
  public long bytes() {
    return table.bytes();
  }

  /**
   * Returns when the item that has been left alone for longest was last read or written, in
   * milliseconds since the epoch, as the last {@link #reclaim} found it; {@code Long.MAX_VALUE}
   * when that found none.
   */
  public long oldestUse() {
    return oldestUse;
  }

  /** Returns what happened to the items by themselves. */
  public StoreCounts counts() {
    return counter.counts();
  }
}
