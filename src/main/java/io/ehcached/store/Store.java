package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
import io.ehcached.store.ChangeListener.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;

/**
 * The items of one region. Reads take no lock; whoever changes an item does so under its key's
 * lock, since Ehcache's own conditional operations refuse to work once a replicator listens. Safe
 * for use by many threads.
 */
@SuppressWarnings("ReferenceEquality") // which object, where equal elements only have one key
public final class Store {
  private final Ehcache region;
  private final StampClock clock;
  private final LongSupplier millis;
  private final Slots slots;
  private final Merger merger;
  private final StoreCounter counter = new StoreCounter();
  private final RegionWatch watch;
  private final ByteTally tally; // null where Ehcache itself adds up the bytes
  private volatile long oldestUse = Long.MAX_VALUE;
  private volatile Room room; // null where the region makes room by itself

  /**
   * Opens a region.
   *
   * @param clock gives each write its stamp
   * @param millis the wall clock, in milliseconds since the epoch
   */
  public Store(Ehcache region, StampClock clock, LongSupplier millis) {
    this.region = region;
    this.clock = clock;
    this.millis = millis;
    tally = isBoundedInBytes(region) ? null : new ByteTally();
    slots = new Slots(region, tally);
    watch = new RegionWatch(clock, counter, slots::isRefused);
    merger = new Merger(slots, watch, clock, millis);
    region.getCacheEventNotificationService().registerListener(watch);
    if (tally != null) {
      region.getCacheEventNotificationService().registerListener(tally);
    }
    takeIn();
  }

  /** Takes note of what is in the region already, from its disk or from peers with other clocks. */
  private void takeIn() {
    for (Object key : region.getKeys()) {
      Element element = region.getQuiet(key);
      if (element != null) {
        watch.written(element);
      }
    }
  }

  private static boolean isBoundedInBytes(Ehcache region) {
    return region.getCacheConfiguration().getMaxBytesLocalHeap() > 0
        || region.getCacheManager().getConfiguration().isMaxBytesLocalHeapSet();
  }

  /** Returns the live item under {@code key}, or null; this counts as a use of it. */
  public StoredItem get(Key key) {
    // Quiet, since Ehcache's own get lengthens the life of what it finds, be it dead or not.
    if (!(region.getQuiet(key) instanceof StoredItem item)) {
      return null;
    }
    if (isLive(item)) {
      item.use();
      return item;
    }
    counter.foundDead(item.isExpiredAt(millis.getAsLong()));
    reclaim(key);
    return null;
  }

  /** Returns the live item under {@code key}, or null, and leaves no trace of having looked. */
  public StoredItem peek(Key key) {
    return live(region.getQuiet(key));
  }

  private StoredItem live(Element element) {
    return element instanceof StoredItem item && isLive(item) ? item : null;
  }

  private boolean isLive(StoredItem item) {
    FlushMark mark = watch.mark();
    if (!item.isMortal() && !mark.isPending()) {
      return item.stamp() > mark.done(); // most often true without a look at the clock
    }
    long now = millis.getAsLong();
    return !item.isExpiredAt(now) && !mark.kills(item.stamp(), now);
  }

  /**
   * Starts to keep a ledger for peers. To be called once, before clients are let in: it counts in
   * what is there already.
   */
  public void keep(Ledger kept) {
    slots.keep(kept);
    watch.keep(kept);
    for (Object key : region.getKeys()) {
      if (region.getQuiet(key) instanceof StoredItem item) {
        kept.arriving(item);
      }
    }
  }

  /**
   * Starts to refuse this node's own writes where the region is full, so that none of them evicts
   * another item. What peers send is not refused: they have said yes to it.
   */
  public void refuseWhenFull() {
    room = new Room(region);
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
    synchronized (slots.lock(key)) {
      Element before = slots.at(key);
      StoredItem old = live(before);
      StoredItem item = change.apply(old, context);
      if (item == old) {
        return old;
      }
      long stamp = clock.next(before == null ? 0 : before.getVersion());
      if (item == null) {
        remove(key, stamp);
        return null;
      }
      item.setVersion(stamp);
      if (!put(item, before)) {
        remove(key, stamp); // or else the value before would come back to life
        throw new RegionFullException();
      }
      slots.tell(key, stamp, old == null ? Kind.PUT : Kind.UPDATE);
      return item;
    }
  }

  private boolean put(StoredItem item, Element before) {
    Room bounded = room;
    if (bounded == null || item.key().length() == 0) { // a flush makes room, and is not refused
      return slots.put(item, before);
    }
    synchronized (bounded) {
      if (!bounded.fits(item, before)) {
        throw new RegionFullException();
      }
      return slots.put(item, before);
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
          remove(key, clock.next(0));
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
    return merger.item(item);
  }

  /** Takes in a peer's removal, unless something newer stands here. */
  public Merged mergeRemoval(Key key, long stamp) {
    return merger.removal(key, stamp);
  }

  /** Drops an item on this node alone, provided that it is still the one with this stamp. */
  public void forget(Key key, long stamp) {
    synchronized (slots.lock(key)) {
      Element element = slots.at(key);
      if (element != null && element.getVersion() == stamp) {
        slots.drop(key);
      }
    }
  }

  /** Returns what lies under a key, dead or alive, the flush mark's among them; or null. */
  public StoredItem held(Key key) {
    return region.getQuiet(key) instanceof StoredItem item ? item : null;
  }

  /** Tells whether an item that {@link #held} gave has expired. */
  public boolean isExpired(StoredItem item) {
    return item.isExpiredAt(millis.getAsLong());
  }

  /** Tells whether an item that {@link #held} gave is one that a flush killed. */
  public boolean isFlushed(StoredItem item) {
    return item.key().length() > 0 && watch.mark().kills(item.stamp(), millis.getAsLong());
  }

  /**
   * Shows all that a peer should have: the live items, the flush mark, and the removals remembered.
   * What changes meanwhile may be shown or not. Takes time in proportion to the items.
   */
  public <E extends Exception> void forEach(HeldVisitor<E> visitor) throws E {
    for (Object key : region.getKeys()) {
      if (region.getQuiet(key) instanceof StoredItem item
          && (key.equals(FlushMark.KEY) || isLive(item))) {
        visitor.visit(item.key(), item.stamp(), false, item.getLatestOfCreationAndUpdateTime());
      }
    }
    Ledger kept = ledger();
    if (kept != null) {
      for (Tombstones.Tombstone removal : kept.tombstones().all()) {
        visitor.visit(removal.key(), removal.stamp(), true, removal.arrived());
      }
    }
  }

  /** Kills every item there is. */
  public void flush() {
    change(
        FlushMark.KEY,
        clock.next(0),
        (old, stamp) -> watch.mark().settled(millis.getAsLong()).flushed(stamp).toItem());
  }

  /** Kills, once the wall clock reaches {@code atMillis}, every item that is older than that. */
  public void flushAt(long atMillis) {
    change(
        FlushMark.KEY,
        clock.next(0),
        (old, stamp) ->
            watch.mark().settled(millis.getAsLong()).flushedAt(atMillis, stamp).toItem());
  }

  /**
   * Gives back the memory of items that are dead; to be called now and then, since nothing dies in
   * the background in a memory region. Takes time in proportion to the items.
   */
  public void reclaim() {
    FlushMark mark = watch.mark();
    if (mark != FlushMark.NONE
        && (mark.isDue(millis.getAsLong()) || region.getQuiet(FlushMark.KEY) == null)) {
      // A flush that is due is settled; a mark that was evicted is put in its place again.
      change(FlushMark.KEY, millis.getAsLong(), (old, now) -> watch.mark().settled(now).toItem());
    }
    long tallied = tally == null ? 0 : tally.bytes();
    long bytes = 0;
    long oldest = Long.MAX_VALUE;
    for (Object key : region.getKeys()) {
      StoredItem item = key instanceof Key itemKey ? reclaim(itemKey) : null;
      if (item != null) {
        bytes += ItemSizes.of(item);
        oldest = Math.min(oldest, item.getLastAccessTime());
      }
    }
    oldestUse = oldest;
    if (tally != null) {
      tally.correct(bytes, tallied);
    }
    Ledger kept = ledger();
    if (kept != null) {
      kept.purge();
    }
  }

  /** Removes the item under {@code key} if it is dead, else returns it. */
  private StoredItem reclaim(Key key) {
    synchronized (slots.lock(key)) {
      if (!(region.getQuiet(key) instanceof StoredItem item)) {
        return null;
      }
      if (isLive(item)) {
        return item;
      }
      slots.drop(key); // the peers know by themselves
      counter.reclaimed(item);
      return null;
    }
  }

  /** Returns the keys there are, those of dead items that were not reclaimed yet among them. */
  public List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    for (Object key : region.getKeys()) {
      if (!key.equals(FlushMark.KEY)) {
        keys.add((Key) key);
      }
    }
    return keys;
  }

  /** Returns how many items there are, dead ones that were not reclaimed yet among them. */
  public long size() {
    int marks = region.isKeyInCache(FlushMark.KEY) ? 1 : 0;
    return Math.max(0, region.getStatistics().getSize() - marks);
  }

  /** Returns how much memory the items take, dead ones that were not reclaimed yet among them. */
  public long bytes() {
    return tally == null
        ? region.getStatistics().getLocalHeapSizeInBytes()
        : Math.max(0, tally.bytes());
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
