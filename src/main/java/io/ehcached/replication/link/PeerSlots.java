package io.ehcached.replication.link;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections that are open to this node, and how many there may be. A share is kept for hosts
 * that are known as peers'. When all are taken, a newcomer gets the one that was least useful: of a
 * host that is not known, over which no region was called, unused for longest. A peer whose idle
 * connection is closed opens another when it needs one. Safe for use by many threads.
 */
final class PeerSlots {
  static final int MOST = 1_024;

  /** Those of {@link #MOST} that only known hosts get. */
  static final int KEPT = 256;

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Map<AcceptedSocket, Boolean> open = new HashMap<>(); // known?; guarded by this
  private int strangers; // guarded by this

  /**
   * Finds a place for a newcomer.
   *
   * @param known whether its host is one of a peer's
   * @return who has to go: nobody (null), another connection, or the newcomer itself
   */
  synchronized AcceptedSocket admit(AcceptedSocket newcomer, boolean known) {
    AcceptedSocket goes = null;
    if (open.size() >= MOST || (!known && strangers >= MOST - KEPT)) {
      goes = leastUseful(known);
      if (goes == null) {
        return newcomer;
      }
      remove(goes);
    }
    open.put(newcomer, known);
    strangers += known ? 0 : 1;
    return goes;
  }

  private AcceptedSocket leastUseful(boolean ofKnownToo) {
    long now = System.nanoTime();
    return open.entrySet().stream()
        .filter(e -> ofKnownToo || !e.getValue())
        .filter(e -> (ofKnownToo && !e.getValue()) || now - e.getKey().usedAt() > IDLE_NANOS)
        .min(
            Comparator.<Map.Entry<AcceptedSocket, Boolean>, Boolean>comparing(Map.Entry::getValue)
                .thenComparing(e -> e.getKey().hasCalled())
                .thenComparing(e -> e.getKey().usedAt() - now))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  synchronized void remove(AcceptedSocket socket) {
    Boolean known = open.remove(socket);
    if (known != null && !known) {
      strangers--;
    }
  }

  synchronized List<AcceptedSocket> all() {
    return List.copyOf(open.keySet());
  }
}
