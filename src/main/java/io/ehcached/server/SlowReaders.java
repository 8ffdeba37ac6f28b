package io.ehcached.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes clients when the answers that wait for all of them exceed their memory: those first that
 * have taken nothing for longest, and no more than it takes. Safe for use by many threads.
 */
final class SlowReaders {
  /** For how long those that were told to close are waited for before all are looked at again. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final SharedMemory output;
  private final Collection<Connection> open;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long lastNanos = System.nanoTime() - PAUSE_NANOS;

  /** What a client is owed, and how long ago it took something of that. */
  private record Debt(Connection connection, long bytes, long idleNanos) {}

  SlowReaders(SharedMemory output, Collection<Connection> open) {
    this.output = output;
    this.open = open;
  }

  /** Closes some if there is need; called often. */
  void relieve() {
    if (output.excess() == 0) {
      return;
    }
    long now = System.nanoTime();
    if (now - lastNanos >= PAUSE_NANOS && looking.compareAndSet(false, true)) {
      close(now);
      lastNanos = System.nanoTime();
      looking.set(false);
    }
  }

  private void close(long now) {
    long excess = output.excess();
    List<Debt> debts = new ArrayList<>();
    for (Connection connection : open) {
      Unsent unsent = connection.unsent();
      long bytes = unsent.held();
      if (connection.isExpelled()) {
        excess -= bytes; // which come free soon
      } else if (bytes > SharedMemory.LITTLE) {
        debts.add(new Debt(connection, bytes, unsent.idleNanos(now)));
      }
    }
    debts.sort(Comparator.comparingLong(Debt::idleNanos).reversed());
    for (Debt debt : debts) {
      if (excess <= 0) {
        return;
      }
      debt.connection().expel();
      excess -= debt.bytes();
    }
  }
}
