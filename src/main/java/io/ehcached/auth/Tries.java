package io.ehcached.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often each host has failed of late. A host may fail {@value #FREE} times at once, and then
 * once a second: further tries from there wait for their turn, right ones too, since whoever
 * guesses would not wait for the answer to a wrong one. When there is no turn within {@value
 * #LONGEST_WAIT} seconds, a try is refused. A second without a failure gives a second's worth back,
 * so that nobody behind the same address is shut out for longer than somebody there keeps guessing;
 * and who is let in already is not asked again.
 */
final class Tries {
  /** What {@link #delay} returns for a try that is not to be looked at. */
  static final long REFUSED = -1;

  static final int FREE = 20;
  static final int LONGEST_WAIT = 5;
  static final int MOST_HOSTS = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(Tries.class);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private final long start;

  /** The hosts, of which the one that was longest not heard of makes room for another. */
  private final Map<String, Host> hosts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Host> eldest) {
          return size() > MOST_HOSTS;
        }
      };

  /** Times are in nanoseconds from when this was made, so that they can be compared. */
  private static final class Host {
    /** When all that failed is forgiven. */
    long forgiven;

    long nextTurn;

    /** Too much failed since it was last all forgiven: single failures are told no more. */
    boolean loud;

    long toldAt;
    long untold;
  }

  Tries(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /**
   * Returns how long a try from a host has to wait before it is looked at, in nanoseconds, or
   * {@link #REFUSED}. One that has to wait has its turn taken.
   */
  synchronized long delay(String name) {
    Host host = hosts.get(name);
    if (host == null) {
      return 0;
    }
    long now = now();
    if (host.forgiven - now <= FREE * SECOND) {
      return 0;
    }
    long turn = Math.max(host.nextTurn, now + SECOND);
    if (turn - now > LONGEST_WAIT * SECOND) {
      failedLoudly(host, now, name);
      return REFUSED;
    }
    host.nextTurn = turn + SECOND;
    return turn - now;
  }

  /** Takes note of a failure, and tells the log who failed where. */
  synchronized void failed(String name, String address, String user) {
    long now = now();
    Host host = hosts.computeIfAbsent(name, any -> new Host());
    if (host.forgiven <= now) {
      host.loud = false;
    }
    host.forgiven = Math.max(host.forgiven, now) + SECOND;
    if (host.loud) {
      failedLoudly(host, now, name);
      return;
    }
    LOG.warn("{} failed to authenticate as {}", address, user);
    if (host.forgiven - now > FREE * SECOND) {
      host.loud = true;
      host.toldAt = now;
      LOG.warn(
          "{} failed to authenticate too often: tries from there are slowed down, and told of once"
              + " a minute",
          name);
    }
  }

  private static void failedLoudly(Host host, long now, String name) {
    host.untold++;
    if (now - host.toldAt >= MINUTE) {
      LOG.warn("{} failed to authenticate another {} times", name, host.untold);
      host.toldAt = now;
      host.untold = 0;
    }
  }

  private long now() {
    return nanos.getAsLong() - start;
  }
}
