package io.ehcached.server;

import io.ehcached.item.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Closes the slowest readers when unsent responses exceed their memory: first the clients that have
 * read nothing for longest, and no more than necessary. A value costs nothing while it is stored,
 * and is counted once however many clients are sent it. Safe for use by many threads.
 */
final class SlowReaders {
  /** For how long those that were told to close are waited for before all are looked at again. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final MemoryBudget output;
  private final Collection<Connection> open;
  private final Predicate<Item> stored;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long lastNanos = System.nanoTime() - PAUSE_NANOS;

  /** The answers exceeded their memory when they were last looked at, each of them little. */
  private volatile boolean manySmall;

  /**
   * What a client is owed, and how long ago it took something of that.
   *
   * @param replaced whose value it is sent, and which is not stored any more; null if there is none
   */
  private record Unread(Connection connection, long bytes, Item replaced, long idleNanos) {
    boolean isSmall() {
      return replaced == null && bytes <= MemoryBudget.SMALL;
    }
  }

  /**
   * Makes one.
   *
   * @param output what all answers hold, stored values among it
   * @param open the connections that are open, whenever it is looked at
   * @param stored tells whether an item's value is stored
   */
  SlowReaders(MemoryBudget output, Collection<Connection> open, Predicate<Item> stored) {
    this.output = output;
    this.open = open;
    this.stored = stored;
  }

  /** Closes some if there is need; called often. */
  void closeSlowest() {
    if (!output.isExceeded()) {
      return;
    }
    long now = System.nanoTime();
    if (now - lastNanos >= PAUSE_NANOS && looking.compareAndSet(false, true)) {
      try {
        close(now);
      } finally {
        lastNanos = System.nanoTime();
        looking.set(false);
      }
    }
  }

  /** Tells whether closing clients that are owed much was not enough. */
  boolean isExceededBySmallOnes() {
    return manySmall && output.isExceeded();
  }

  private void close(long now) {
    List<Unread> unread = unread(now);
    IdentityHashMap<Item, Integer> sentTo = new IdentityHashMap<>();
    long held = 0;
    for (Unread owed : unread) {
      held += owed.bytes();
      if (owed.replaced() != null && sentTo.merge(owed.replaced(), 1, Integer::sum) == 1) {
        held += owed.replaced().value().length;
      }
    }
    unread.removeIf(Unread::isSmall);
    unread.sort(Comparator.comparingLong(Unread::idleNanos).reversed());
    for (Unread owed : unread) {
      if (held <= output.max()) {
        break;
      }
      owed.connection().lifecycle().closeForMemory();
      held -= owed.bytes();
      if (owed.replaced() != null && sentTo.merge(owed.replaced(), -1, Integer::sum) == 0) {
        held -= owed.replaced().value().length;
      }
    }
    manySmall = held > output.max();
  }

  /** Returns what each client is owed, without the clients that are about to be closed. */
  private List<Unread> unread(long now) {
    List<Unread> unread = new ArrayList<>();
    for (Connection connection : open) {
      UnsentBytes unsent = connection.unsent();
      Item item = unsent.item();
      Item replaced = item == null || stored.test(item) ? null : item;
      if (!connection.lifecycle().isClosingForMemory()
          && (replaced != null || unsent.bytes() > 0)) {
        unread.add(new Unread(connection, unsent.bytes(), replaced, unsent.idleNanos(now)));
      }
    }
    return unread;
  }
}
