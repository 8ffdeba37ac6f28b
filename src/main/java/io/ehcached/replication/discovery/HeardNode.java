package io.ehcached.replication.discovery;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The last heartbeat that was received from a node, and when. */
final class HeardNode {
  /** The most regions of a node that are remembered where this node has none of that name. */
  static final int MAX_OTHERS = 64;

  Incarnation incarnation;
  long sequence;
  int missed; // how often it was its turn since it was heard
  private final Set<String> others = new LinkedHashSet<>(); // the latest last

  /** Returns why a heartbeat tells nothing new of this node; null when it does. */
  String stale(Heartbeat heartbeat) {
    if (!incarnation.equals(heartbeat.incarnation())) {
      return heartbeat.incarnation().startedMillis() > incarnation.startedMillis()
          ? null
          : "that node was started before the one now heard there";
    }
    return heartbeat.sequence() > sequence ? null : "a later one was heard already";
  }

  /** Remembers a region that this node does not have, as it may come to have it. */
  void other(String region) {
    others.remove(region);
    others.add(region);
    if (others.size() > MAX_OTHERS) {
      Iterator<String> eldest = others.iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** Forgets a region, and tells whether it was remembered. */
  boolean take(String region) {
    return others.remove(region);
  }
}
