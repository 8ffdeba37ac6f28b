package io.ehcached.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes clients when the answers that wait for all of them exceed their memory: those first that
 * have taken nothing for longest, until memory is plentiful again. Safe for use by many threads.
 */
final class SlowReaders {
  /** For how long those that were told to close are waited for before all are looked at again. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final SharedMemory output;
  private final Collection<Connection> open;
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

  /** What a client is owed, and how long ago it took something of that. */
  private record Debt(Connection connection, long bytes, long idleNanos) {}

  SlowReaders(SharedMemory output, Collection<Connection> open) {
    this.output = output;
    this.open = open;
  }

  /** Closes some if there is need; called often. */
  void relieve() {
    if (!output.isOver()) {
      return;
    }
    long last = lastNanos.get();
    long now = System.nanoTime();
    if (now - last >= PAUSE_NANOS && lastNanos.compareAndSet(last, now)) {
      close(now);
    }
  }

  private void close(long now) {
    long excess = output.excess();
    List<Debt> debts = new ArrayList<>();
    for (Connection connection : open) {
      long bytes = connection.owed();
      if (connection.isExpelled()) {
        excess -= bytes; // which come free soon
      } else if (bytes > SharedMemory.LITTLE) {
        debts.add(new Debt(connection, bytes, connection.idleNanos(now)));
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
