package io.ehcached.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a node tells of its peers, and what is wrong with them. */
final class PeersOfNode {
  private final Map<String, String> stats;
  private final int count;

  /**
   * Reads the statistics.
   *
   * @param stats those of {@code stats replication}
   */
  PeersOfNode(Map<String, String> stats) {
    this.stats = stats;
    this.count = Integer.parseInt(stats.getOrDefault("peers", "0"));
  }

  int count() {
    return count;
  }

  /** Returns what is wrong, a line each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String url = shown(i);
      String state = value(i, "state");
      if (!state.equals("live")) {
        String error = value(i, "last_error");
        problems.add(
            "peer "
                + url
                + " is "
                + state
                + (error.matches("none|") ? "" : "; last error: " + error));
        continue;
      }
      if (value(i, "sends_here").equals("no")) {
        problems.add("peer " + url + " does not send its writes to this node");
      }
      if (value(i, "in_sync").equals("no")) {
        problems.add("peer " + url + " is not in sync");
      }
      if (!value(i, "differing_settings").matches("none|")) {
        problems.add("peer " + url + ": " + value(i, "differing_settings"));
      }
    }
    return problems;
  }

  private String shown(int peer) {
    String name = value(peer, "name");
    return value(peer, "url") + (name.matches("unknown|") ? "" : " (" + name + ")");
  }

  private String value(int peer, String name) {
    return stats.getOrDefault("peer:" + peer + ":" + name, "");
  }
}
