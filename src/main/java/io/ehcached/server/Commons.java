package io.ehcached.server;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of a server have in common: their limits, and what they hold together. */
final class Commons {
  private static final Logger LOG = LoggerFactory.getLogger(Commons.class);

  private final ConnectionLimits limits;
  private final SharedMemory input;
  private final SharedMemory output;
  private final Set<Farewell> told =
      Collections.synchronizedSet(EnumSet.of(Farewell.IDLE)); // which is nothing to worry about

  Commons(ConnectionLimits limits) {
    this.limits = limits;
    this.input = new SharedMemory(limits.inputMemory());
    this.output = new SharedMemory(limits.outputMemory());
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
