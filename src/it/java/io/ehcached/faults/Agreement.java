package io.ehcached.faults;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** That all nodes hold the same. */
final class Agreement {
  /**
   * What is promised; printed and not asserted, since the machine may be busy with other things.
   */
  private static final long PROMISED_MILLIS = 5000;

  private static final long PATIENCE_MILLIS = 60_000;
  private static final long POLL_MILLIS = 50;

  private Agreement() {}

  /**
   * Waits until all nodes hold the same under some keys, prints how long it took, and returns it.
   *
   * @param lastFault when the last fault ended, by {@link System#nanoTime}
   */
  static Contents await(String scenario, Cluster cluster, Collection<String> keys, long lastFault) {
    while (true) {
      List<Contents> all = cluster.clients().stream().map(c -> Contents.read(c, keys)).toList();
      long digests = all.stream().map(Contents::digest).distinct().count();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastFault);
      if (digests == 1) {
        System.out.printf(
            "faults: %s: %d nodes agree on %d items, digest %s, within %d ms of the last fault%s%n",
            scenario,
            all.size(),
            all.get(0).items().size(),
            all.get(0).digest(),
            millis,
            millis > PROMISED_MILLIS ? ": LATE" : "");
        return all.get(0);
      }
      if (millis > PATIENCE_MILLIS) {
        throw new AssertionError(disagreement(scenario, cluster, all));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }
  }

  private static String disagreement(String scenario, Cluster cluster, List<Contents> all) {
    StringBuilder text = new StringBuilder(scenario + ": the nodes do not come to agree");
    for (int i = 0; i < all.size(); i++) {
      if (i > 0) {
        text.append("\nnode 0 and node " + i + ": " + all.get(0).difference(all.get(i)));
      }
      text.append("\nnode " + i + " says: " + cluster.replication(i));
    }
    return text + "\n" + cluster.logs();
  }
}
