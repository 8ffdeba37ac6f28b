package io.ehcached.store;

import io.ehcached.item.StampClock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The rules by which a region's items die: the newest flush, the lifespan, and the listener for
 * evictions.
 */
final class RegionWatch implements RemovalListener {
  private final StampClock clock;
  private final LongSupplier millis;
  private final StoreCounter counter;
  private final AtomicReference<FlushMark> mark = new AtomicReference<>(FlushMark.NONE);
  private final EhcacheListeners observers; // null where the file names none
  private volatile Lifespan lifespan = new Lifespan(0, 0);
  private volatile Ledger ledger;
  private volatile Consumer<StoredItem> evictions = item -> {};

  RegionWatch(
      StampClock clock, LongSupplier millis, StoreCounter counter, EhcacheListeners observers) {
    this.clock = clock;
    this.millis = millis;
    this.counter = counter;
    this.observers = observers;
  }

  /** Sets the ledger that records items that leave. */
  void keep(Ledger kept) {
    ledger = kept;
  }

  /** Sets the listener for evictions of live items. */
  void onEviction(Consumer<StoredItem> listener) {
    evictions = listener;
  }

  /** Sets how long items without an expiry of their own live from now on. */
  void limit(Lifespan span) {
    lifespan = span;
  }

  /** Returns the newest flush mark that this node knows. */
  FlushMark mark() {
    return mark.get();
  }

  /** Records an item that is in the region. */
  void learn(StoredItem item) {
    clock.observe(item.stamp());
    if (item.keyLength() == 0) {
      FlushMark merged = mark.accumulateAndGet(FlushMark.of(item), FlushMark::merge);
      clock.observe(merged.done());
      clock.observe(merged.asked());
    }
  }

  /** Returns when an item dies by itself, in milliseconds since the epoch. */
  long end(StoredItem item) {
    return lifespan.end(item);
  }

  /** Tells whether an item's own expiry, or else the region's lifespan, has passed. */
  boolean isExpired(StoredItem item) {
    return isExpired(item, millis.getAsLong());
  }

  /** Tells what {@link #isExpired(StoredItem)} does, without a look at the clock. */
  boolean isExpired(StoredItem item, long now) {
    return isMortal(item) && lifespan.end(item) <= now;
  }

  private boolean isMortal(StoredItem item) {
    return item.isMortal() || !lifespan.isEternal();
  }

  boolean isLive(StoredItem item) {
    FlushMark flush = mark.get();
    if (!isMortal(item) && !flush.isPending()) {
      return item.stamp() > flush.done(); // most often true without a look at the clock
    }
    return isLive(item, flush, millis.getAsLong());
  }

  /**
   * Tells what {@link #isLive(StoredItem)} does, without a look at the clock.
   *
   * @param now in milliseconds since the epoch
   */
  boolean isLive(StoredItem item, long now) {
    FlushMark flush = mark.get();
    if (!isMortal(item) && !flush.isPending()) {
      return item.stamp() > flush.done();
    }
    return isLive(item, flush, now);
  }

  private boolean isLive(StoredItem item, FlushMark flush, long now) {
    return lifespan.end(item) > now && !flush.kills(item.stamp(), now);
  }

  @Override
  public boolean isDead(StoredItem item) {
    return !isLive(item);
  }

  /** Records in a ledger that a dead item was removed. */
  void buried(StoredItem item, Ledger kept) {
    if (mark().kills(item.stamp(), millis.getAsLong())) {
      kept.left(item);
    } else {
      kept.expired(item);
    }
  }

  @Override
  public void removed(StoredItem item) {
    Ledger kept = ledger;
    if (kept != null) {
      kept.lost(item);
    }
  }

  @Override
  public void evicted(StoredItem item) {
    boolean live = isLive(item);
    Ledger kept = ledger;
    if (kept != null) {
      if (live) {
        kept.lost(item);
      } else {
        buried(item, kept);
      }
    }
    if (observers != null) {
      observers.evicted(item);
    }
    if (live) {
      counter.evicted(item, millis.getAsLong());
      evictions.accept(item);
    } else {
      counter.reclaimed(item);
    }
  }
}
