package io.ehcached.server;

import io.ehcached.item.Item;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of a server have in common: their limits, and what they hold together. */
final class Commons {
  private static final Logger LOG = LoggerFactory.getLogger(Commons.class);

  private final ConnectionLimits limits;
  private final SharedMemory input;
  private final SharedMemory output;
  private final SlowReaders slowReaders;
  private final Set<Farewell> told =
      Collections.synchronizedSet(EnumSet.of(Farewell.IDLE)); // which is nothing to worry about

  /**
   * Makes those of a server.
   *
   * @param open the connections that are open, whenever it is looked at
   * @param stored tells whether an item's value is stored
   */
  Commons(ConnectionLimits limits, Collection<Connection> open, Predicate<Item> stored) {
    this.limits = limits;
    this.input = SharedMemory.shortAbove(limits.inputMemory());
    this.output = SharedMemory.of(limits.outputMemory());
    this.slowReaders = new SlowReaders(output, open, stored);
  }

  ConnectionLimits limits() {
    return limits;
  }

  /** Returns what half commands hold. */
  SharedMemory input() {
    return input;
  }

  /** Returns what answers hold that wait to be taken. */
  SharedMemory output() {
    return output;
  }

  /** Returns what sees to it that answers do not hold more than they may. */
  SlowReaders slowReaders() {
    return slowReaders;
  }

  /** Logs why a client is closed; of each reason the first is worth a warning. */
  void log(Farewell farewell, String address) {
    if (told.add(farewell)) {
      LOG.warn(
          "{} {}: closed; further ones are counted in stats as {}, and logged with -v",
          address,
          farewell.reason(),
          farewell.counter().statName());
    } else {
      LOG.debug("{} {}: closed", address, farewell.reason());
    }
  }
}
