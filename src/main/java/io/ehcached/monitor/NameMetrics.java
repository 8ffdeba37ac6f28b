package io.ehcached.monitor;

import io.ehcached.monitor.Families.Family;
import io.ehcached.replication.status.NameStatus;
import java.util.List;

/** The metrics of the names by which peers are found; none where there are no names. */
final class NameMetrics {
  private static final String NAME = "name";

  private NameMetrics() {}

  static void add(List<NameStatus> names, Families to) {
    if (names.isEmpty()) {
      return;
    }
    Family addresses = to.gauge("peer_name_addresses", "Peers that the name stands for.");
    names.forEach(name -> addresses.add(name.addresses(), NAME, name.name()));
    Family resolved =
        to.gauge("peer_name_resolved_seconds", "How long ago the name was last resolved.");
    for (NameStatus name : names) {
      name.secondsSinceResolved().ifPresent(seconds -> resolved.add(seconds, NAME, name.name()));
    }
    Family failing =
        to.gauge(
            "peer_name_unresolved_seconds",
            "For how long the name could not be resolved; 0 if it can.");
    names.forEach(name -> failing.add(name.unresolvedSeconds(), NAME, name.name()));
  }
}
