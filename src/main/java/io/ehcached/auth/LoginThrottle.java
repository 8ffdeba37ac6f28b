package io.ehcached.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limit on failed logins: it counts them by host and user, and delays further attempts. Each
 * host and user may fail {@value #FREE} times at once, and then once a second. Further logins as
 * that user from that host wait for their turn, correct ones too, because a guesser would not wait
 * for the answer to a wrong one. A login that would have to wait for more than {@value
 * #LONGEST_WAIT} seconds is refused. Each second without a failure forgives one. Other users behind
 * the same address, the same user elsewhere, and connections that are authenticated already are not
 * affected.
 */
final class LoginThrottle {
  /** What {@link #delay} returns for an attempt that is refused unseen. */
  static final long REFUSED = -1;

  static final int FREE = 20;
  static final int LONGEST_WAIT = 5;
  static final int MAX_ORIGINS = 8192;

  private static final Logger LOG = LoggerFactory.getLogger(LoginThrottle.class);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private final long start;

  /** By source; the one that was used least recently makes room for another. */
  private final Map<LoginSource, Failures> origins =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LoginSource, Failures> eldest) {
          return size() > MAX_ORIGINS;
        }
      };

  /** Times are in nanoseconds from when this was made, so that they can be compared. */
  private static final class Failures {
    /** When all failures are forgiven. */
    long forgiven;

    long nextTurn;

    /** Too many failures since they were last forgiven: single failures are no longer logged. */
    boolean loud;

    long toldAt;
    long untold;
  }

  LoginThrottle(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /**
   * Returns how long an attempt has to wait, in nanoseconds, or {@link #REFUSED}. The waiting time
   * is reserved for it.
   */
  synchronized long delay(LoginSource origin) {
    Failures failures = origins.get(origin);
    if (failures == null) {
      return 0;
    }
    long now = now();
    if (failures.forgiven - now <= FREE * SECOND) {
      return 0;
    }
    long turn = Math.max(failures.nextTurn, now + SECOND);
    if (turn - now > LONGEST_WAIT * SECOND) {
      failedLoudly(failures, now, origin);
      return REFUSED;
    }
    failures.nextTurn = turn + SECOND;
    return turn - now;
  }

  /** Records a failure, and logs its user and address. */
  synchronized void failed(LoginSource origin, String address, String user) {
    long now = now();
    Failures failures = origins.computeIfAbsent(origin, any -> new Failures());
    if (failures.forgiven <= now) {
      failures.loud = false;
    }
    failures.forgiven = Math.max(failures.forgiven, now) + SECOND;
    if (failures.loud) {
      failedLoudly(failures, now, origin);
      return;
    }
    LOG.warn("{} failed to authenticate as {}", address, user);
    if (failures.forgiven - now > FREE * SECOND) {
      failures.loud = true;
      failures.toldAt = now;
      LOG.warn(
          "{} failed to authenticate as {} too often: further attempts are delayed, and logged once"
              + " a minute",
          origin.host(),
          origin.user());
    }
  }

  private static void failedLoudly(Failures failures, long now, LoginSource origin) {
    failures.untold++;
    if (now - failures.toldAt >= MINUTE) {
      LOG.warn(
          "{} failed to authenticate as {} another {} times",
          origin.host(),
          origin.user(),
          failures.untold);
      failures.toldAt = now;
      failures.untold = 0;
    }
  }

  private long now() {
    return nanos.getAsLong() - start;
  }
}
