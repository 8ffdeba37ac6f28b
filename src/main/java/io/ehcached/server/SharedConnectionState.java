package io.ehcached.server;

import io.ehcached.item.Item;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state that all connections of a server share: their limits, and the memory that they use
 * together.
 */
final class SharedConnectionState {
  private static final Logger LOG = LoggerFactory.getLogger(SharedConnectionState.class);

  private final ConnectionLimits limits;
  private final MemoryBudget input;
  private final MemoryBudget output;
  private final SlowReaders slowReaders;
  private final Set<CloseReason> told =
      Collections.synchronizedSet(EnumSet.of(CloseReason.IDLE)); // which is nothing to worry about

  /**
   * Makes those of a server.
   *
   * @param open the connections that are open, whenever it is looked at
   * @param stored tells whether an item's value is stored
   */
  SharedConnectionState(
      ConnectionLimits limits, Collection<Connection> open, Predicate<Item> stored) {
    this.limits = limits;
    this.input = MemoryBudget.shortAbove(limits.inputMemory());
    this.output = MemoryBudget.of(limits.outputMemory());
    this.slowReaders = new SlowReaders(output, open, stored);
  }

  ConnectionLimits limits() {
    return limits;
  }

  /** Returns what half commands hold. */
  MemoryBudget input() {
    return input;
  }

  /** Returns what answers hold that wait to be taken. */
  MemoryBudget output() {
    return output;
  }

  /** Returns what sees to it that answers do not hold more than they may. */
  SlowReaders slowReaders() {
    return slowReaders;
  }

  /** Logs why a client is closed; of each reason the first is worth a warning. */
  void log(CloseReason reason, String address) {
    if (told.add(reason)) {
      LOG.warn(
          "{} {}: closed; further ones are counted in stats as {}, and logged with -v",
          address,
          reason.reason(),
          reason.counter().statName());
    } else {
      LOG.debug("{} {}: closed", address, reason.reason());
    }
  }
}
