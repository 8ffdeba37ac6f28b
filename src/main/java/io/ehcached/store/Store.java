package io.ehcached.store;

import io.ehcached.item.Item;
import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
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
 * The items of one region. Reads take no lock. Writes take the key's lock: {@link ClientWrites}
 * makes those of this node's clients, {@link PeerWrites} those that peers send. (Ehcache's own
 * conditional operations refuse to work once a replicator listens.) Safe for use by many threads.
 */
public final class Store {
  /** The key of no bytes, which holds the mark of the last flush. */
  public static final Key FLUSH = FlushMark.KEY;

  private final Table table;
  private final StampClock clock;
  private final LongSupplier millis;
  private final RegionWatch watch;
  private final StoreCounter counter = new StoreCounter();
  private final TrackedTable tracked;
  private final ClientWrites clientWrites;
  private final PeerWrites peerWrites;
  private final Reclaimer reclaimer;

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
      EhcacheListeners listeners,
      StampClock clock,
      LongSupplier millis,
      Function<RegionWatch, Table> opening) {
    this.clock = clock;
    this.millis = millis;
    watch = new RegionWatch(clock, millis, counter, listeners);
    table = opening.apply(watch);
    tracked = new TrackedTable(table, watch, listeners);
    clientWrites = new ClientWrites(table, tracked, watch, counter, clock, millis);
    peerWrites = new PeerWrites(table, tracked, watch, clock, millis);
    reclaimer = new Reclaimer(table, tracked, watch, counter);
  }

  /**
   * Returns a store without a region, whose items have no lifespan but their own.
   *
   * @param maxItems the most items to keep; 0: any number
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

  // Reads

  /** Returns the live item under {@code key}, or null; this counts as a use of it. */
  public StoredItem get(Key key) {
    return get(key, millis.getAsLong());
  }

  /**
   * Returns what {@link #get(Key)} does, without a look at the clock.
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
    reclaimer.reclaim(item);
    return null;
  }

  /**
   * Returns a look-ahead for one thread.
   *
   * @param max the most keys that it takes at once
   */
  public Lookahead lookahead(int max) {
    return new Lookahead(table instanceof ItemTable own ? own : null, max);
  }

  /** Marks an item as used now. */
  public void use(StoredItem item) {
    item.use(millis.getAsLong());
  }

  /** Returns the live item under {@code key}, or null; this does not count as a use of it. */
  public StoredItem peek(Key key) {
    StoredItem item = table.at(key);
    return item != null && watch.isLive(item) ? item : null;
  }

  /** Returns the item under a key, dead or alive, or the flush mark; or null. */
  public StoredItem held(Key key) {
    return table.at(key);
  }

  /** Tells whether an item's value is the one that its key holds. */
  public boolean isStored(Item item) {
    StoredItem held = held(item.key());
    return held != null && held.value() == item.value();
  }

  /** Tells whether an item of {@link #held(Key)} has expired. */
  public boolean isExpired(StoredItem item) {
    return watch.isExpired(item);
  }

  /** Tells whether an item of {@link #held(Key)} was killed by a flush. */
  public boolean isFlushed(StoredItem item) {
    return item.keyLength() > 0 && watch.mark().kills(item.stamp(), millis.getAsLong());
  }

  /**
   * Returns when an item dies, by its own expiry or the region's lifespan, in milliseconds since
   * the epoch; {@code Long.MAX_VALUE}: never.
   */
  public long end(StoredItem item) {
    return watch.end(item);
  }

  private Stream<StoredItem> all() {
    Iterable<StoredItem> all = table::items;
    return StreamSupport.stream(all.spliterator(), /* parallel= */ false);
  }

  /**
   * Returns an iterator over the live items. It copies only a small share of them at a time, and
   * may or may not show what changes meanwhile.
   */
  public Iterator<StoredItem> items() {
    return all().filter(item -> item.keyLength() > 0 && watch.isLive(item)).iterator();
  }

  /** Returns all keys, also those of dead items that are not reclaimed yet. */
  public List<Key> keys() {
    return all().filter(item -> item.keyLength() > 0).map(StoredItem::key).toList();
  }

  /**
   * Returns all that a peer should know: the items that no flush has killed, the flush mark, and
   * the removals and expiries that are remembered. The stream copies only a small share of the
   * items at a time, and may or may not show what changes meanwhile.
   */
  public Stream<Held> held() {
    Stream<Held> items =
        all()
            .filter(item -> !isFlushed(item))
            .map(item -> new Held(item.key(), item.stamp(), watch.isExpired(item)));
    Ledger kept = ledger();
    if (kept == null) {
      return items;
    }
    Stream<Held> removals =
        Stream.of(kept.tombstones(), kept.expiries())
            .flatMap(memory -> memory.all().stream())
            .map(gone -> new Held(gone.key(), gone.stamp(), /* removal= */ true));
    return Stream.concat(items, removals);
  }

  // Writes of this node's clients

  /**
   * Changes one item: under the key's lock, {@code change} gets the live item and returns the new
   * one, which gets a stamp greater than that of the item before.
   *
   * @return the item that the key holds afterwards, or null
   * @throws RegionFullException when the region has no room for the new item
   */
  public <C> StoredItem change(Key key, C context, Change<C> change) {
    return clientWrites.change(key, context, change);
  }

  /**
   * Removes an item that is not here, since a peer may still hold it: the removal reaches the peers
   * as any other does. Does nothing where there is an item, or no peer.
   */
  public void removeAbsent(Key key) {
    clientWrites.removeAbsent(key);
  }

  /** Kills all items. */
  public void flush() {
    clientWrites.flush();
  }

  /** Kills, once the wall clock reaches {@code atMillis}, all items that are older than that. */
  public void flushAt(long atMillis) {
    clientWrites.flushAt(atMillis);
  }

  // Room

  /**
   * Makes this node refuse its own clients' writes where the region is full, so that none of them
   * evicts another item. What peers send is not refused: they have acknowledged it.
   */
  public void refuseWhenFull() {
    clientWrites.refuseWhenFull();
  }

  /**
   * Evicts items until the others fit into these bounds, whether or not they are in force already.
   * Does nothing after {@link #refuseWhenFull}.
   *
   * @param items the most items; 0: any number
   * @param sizes the most bytes that they may take; 0: any number
   */
  public void evictTo(long items, long sizes) {
    if (!clientWrites.refusesWhenFull() && table instanceof ItemTable own) {
      own.evictTo(items, sizes);
    }
  }

  /**
   * Sets the listener that is called with live items dropped for want of room. It runs on the
   * thread that needs the room, and must not hold that up.
   */
  public void onEviction(Consumer<StoredItem> listener) {
    watch.onEviction(listener);
  }

  /**
   * Gives back the memory of dead items. To be called regularly, since nothing else removes them
   * from a region in memory until they are read; takes time in proportion to the items.
   */
  public void reclaim() {
    clientWrites.settleFlush();
    reclaimer.reclaimAll();
    Ledger kept = ledger();
    if (kept != null) {
      kept.purge();
    }
  }

  // What peers need

  /** Returns the clock that gives the store's writes their stamps. */
  public StampClock clock() {
    return clock;
  }

  /**
   * Starts to keep a ledger for peers. To be called once, before clients are let in: it counts in
   * the items that are there already.
   */
  public void keep(Ledger kept) {
    tracked.keep(kept);
    watch.keep(kept);
    table.items().forEachRemaining(kept::arriving);
  }

  /** Returns the ledger, or null when none is kept. */
  public Ledger ledger() {
    return tracked.ledger();
  }

  /** Returns the writes that come from peers. */
  public PeerWrites peerWrites() {
    return peerWrites;
  }

  // Figures

  /** Returns the number of items, including dead ones that are not reclaimed yet. */
  public long size() {
    return Math.max(0, table.size() - (table.at(FlushMark.KEY) == null ? 0 : 1));
  }

  /** Returns the memory that the items take, in bytes, including dead ones not reclaimed yet. */
  public long bytes() {
    return table.bytes();
  }

  /**
   * Returns when the item that has not been used for longest was last read or written, in
   * milliseconds since the epoch, as of the last {@link #reclaim}; {@code Long.MAX_VALUE} when
   * there was no item.
   */
  public long oldestUse() {
    return reclaimer.oldestUse();
  }

  /** Returns the counts of evictions, reclaimed items and reads that found a dead item. */
  public StoreCounts counts() {
    return counter.counts();
  }
}
