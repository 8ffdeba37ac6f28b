package io.ehcached.store;

import io.ehcached.item.StampClock;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The writes that have a stamp but are not known to the senders yet. They determine the stamp up to
 * which the senders know everything, although writes of many keys are in progress at once. Safe for
 * use by many threads.
 */
final class OpenWrites {
  private static final long NONE = Long.MAX_VALUE;

  private final StampClock clock;
  private final ThreadLocal<Slot> own = ThreadLocal.withInitial(this::newSlot);
  private final List<WeakReference<Slot>> slots = new CopyOnWriteArrayList<>();

  /** The write of one thread. */
  static final class Slot {
    /** The stamp that its write will be greater than. */
    private volatile long floor = NONE;

    /** Ends the write. */
    void close() {
      floor = NONE;
    }
  }

  OpenWrites(StampClock clock) {
    this.clock = clock;
  }

  private Slot newSlot() {
    Slot slot = new Slot();
    slots.removeIf(other -> other.get() == null); // of threads that ended
    slots.add(new WeakReference<>(slot));
    return slot;
  }

  /**
   * Begins a write of this thread, before it gets a stamp; to be closed once the senders know of
   * it.
   */
  Slot open() {
    Slot slot = own.get();
    slot.floor = clock.last();
    return slot;
  }

  /** Returns a stamp up to which the senders know all writes. */
  long settled() {
    long settled = clock.last(); // first: who has a lesser stamp opened before
    for (WeakReference<Slot> reference : slots) {
      Slot slot = reference.get();
      if (slot != null) {
        settled = Math.min(settled, slot.floor);
      }
    }
    return settled;
  }
}
