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
 * Closes clients when the answers that wait for all of them exceed their memory: those first that
 * have taken nothing for longest, and no more than it takes. A value costs nothing as long as it is
 * stored, and its memory once however many clients are sent it. Safe for use by many threads.
 */
final class SlowReaders {
  /** For how long those that were told to close are waited for before all are looked at again. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final SharedMemory output;
  private final Collection<Connection> open;
  private final Predicate<Item> stored;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long lastNanos = System.nanoTime() - PAUSE_NANOS;

  /** The answers exceeded their memory when they were last looked at, each of them little. */
  private volatile boolean manyLittle;

  /**
   * What a client is owed, and how long ago it took something of that.
   *
   * @param replaced whose value it is sent, and which is not stored any more; null if there is none
   */
  private record Debt(Connection connection, long bytes, Item replaced, long idleNanos) {
    boolean isLittle() {
      return replaced == null && bytes <= SharedMemory.LITTLE;
    }
  }

  /**
   * Makes one.
   *
   * @param output what all answers hold, stored values among it
   * @param open the connections that are open, whenever it is looked at
   * @param stored tells whether an item's value is stored
   */
  SlowReaders(SharedMemory output, Collection<Connection> open, Predicate<Item> stored) {
    this.output = output;
    this.open = open;
    this.stored = stored;
  }

  /** Closes some if there is need; called often. */
  void relieve() {
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
  boolean areHelpless() {
    return manyLittle && output.isExceeded();
  }

  private void close(long now) {
    List<Debt> debts = debts(now);
    IdentityHashMap<Item, Integer> sentTo = new IdentityHashMap<>();
    long held = 0;
    for (Debt debt : debts) {
      held += debt.bytes();
      if (debt.replaced() != null && sentTo.merge(debt.replaced(), 1, Integer::sum) == 1) {
        held += debt.replaced().value().length;
      }
    }
    debts.removeIf(Debt::isLittle);
    debts.sort(Comparator.comparingLong(Debt::idleNanos).reversed());
    for (Debt debt : debts) {
      if (held <= output.most()) {
        break;
      }
      debt.connection().expel();
      held -= debt.bytes();
      if (debt.replaced() != null && sentTo.merge(debt.replaced(), -1, Integer::sum) == 0) {
        held -= debt.replaced().value().length;
      }
    }
    manyLittle = held > output.most();
  }

  /** Returns what each client is owed, without the clients that are about to be closed. */
  private List<Debt> debts(long now) {
    List<Debt> debts = new ArrayList<>();
    for (Connection connection : open) {
      Unsent unsent = connection.unsent();
      Item item = unsent.item();
      Item replaced = item == null || stored.test(item) ? null : item;
      if (!connection.isExpelled() && (replaced != null || unsent.bytes() > 0)) {
        debts.add(new Debt(connection, unsent.bytes(), replaced, unsent.idleNanos(now)));
      }
    }
    return debts;
  }
}
