package io.ehcached.store;

import io.ehcached.item.Key;
import io.ehcached.store.ChangeListener.Kind;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;

/**
 * The region's places, a lock for each share of the keys, and the bookkeeping that goes with every
 * write. Whoever writes holds the key's lock.
 */
@SuppressWarnings("ReferenceEquality") // which object, where equal elements only have one key
final class Slots {
  private static final int STRIPES = 1024; // a power of two

  /**
   * How often a put is tried. To make room, Ehcache's CLOCK looks into one segment in 128, chosen
   * at random, and gives up where it is empty: often so in a region with few items.
   */
  private static final int TRIES = 256;

  private final Ehcache region;
  private final ByteTally tally; // null where Ehcache itself adds up the bytes
  private final Stripe[] stripes = new Stripe[STRIPES];
  private volatile Ledger ledger; // null while there is nobody to tell

  /** Guards a share of the keys; everything in it is read and written under its monitor. */
  private static final class Stripe {
    StoredItem writing;
    boolean refused;
  }

  Slots(Ehcache region, ByteTally tally) {
    this.region = region;
    this.tally = tally;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  /** Starts to note every write in a ledger. */
  void keep(Ledger kept) {
    ledger = kept;
  }

  /** Returns the ledger, or null when none is kept. */
  Ledger ledger() {
    return ledger;
  }

  /** Returns the lock that guards a key. */
  Object lock(Key key) {
    return stripe(key);
  }

  private Stripe stripe(Key key) {
    int hash = key.hashCode();
    return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
  }

  /** Returns what lies under a key, dead or alive, or null; needs no lock. */
  Element at(Key key) {
    return region.getQuiet(key);
  }

  /**
   * Puts an item in its place.
   *
   * @param before what is there
   * @return false when the region made no room; what is there then is not to be relied on
   */
  boolean put(StoredItem item, Element before) {
    StoredItem old = before instanceof StoredItem stored ? stored : null;
    if (tally != null && old != null) {
      tally.replaced(old);
    }
    Ledger kept = ledger;
    if (kept != null) {
      kept.arriving(item); // first, since it can be evicted at once
    }
    if (!put(stripe(item.key()), item)) {
      return false;
    }
    if (kept != null) {
      kept.arrived(item, old);
    }
    return true;
  }

  private boolean put(Stripe stripe, StoredItem item) {
    stripe.writing = item;
    try {
      stripe.refused = false;
      region.put(item);
      for (int i = 1; i < TRIES && stripe.refused && canHold(item); i++) {
        stripe.refused = false;
        addAgain(item);
        region.putQuiet(item); // the listeners have been told of it
      }
      return !stripe.refused;
    } finally {
      stripe.writing = null;
    }
  }

  private boolean canHold(StoredItem item) {
    long bound = region.getCacheConfiguration().getMaxBytesLocalHeap();
    return bound == 0 || ItemSizes.of(item) <= bound;
  }

  private void addAgain(StoredItem item) {
    Ledger kept = ledger;
    if (tally != null) {
      tally.added(item);
    }
    if (kept != null) {
      kept.arriving(item);
    }
  }

  /** Removes what is there and remembers that. */
  void remove(Key key, long stamp) {
    Ledger kept = ledger;
    if (kept != null) {
      kept.removed(key, stamp); // first, so that a reader finds one or the other
    }
    region.remove(key);
  }

  /** Removes what is there on this node alone. */
  void drop(Key key) {
    region.remove(key, true);
  }

  /** Tells the ledger's listener of a change of this node's own. */
  void tell(Key key, long stamp, Kind kind) {
    Ledger kept = ledger;
    if (kept != null) {
      kept.tell(key, stamp, kind);
    }
  }

  /**
   * Tells whether an item that the region evicts is the one just being put: so does Ehcache say
   * that it has no room.
   */
  boolean isRefused(StoredItem evicted) {
    Stripe stripe = stripe(evicted.key());
    if (!Thread.holdsLock(stripe) || stripe.writing != evicted) {
      return false;
    }
    stripe.refused = true;
    return true;
  }
}
