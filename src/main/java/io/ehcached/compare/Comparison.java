package io.ehcached.compare;

import io.ehcached.compare.NodeClient.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the keys under which nodes hold different items. It needs little memory however many items
 * there are: first it sums up what each node holds, in buckets, then it lists the buckets whose
 * sums differ. A key that is being written differs for a moment, so what was found is looked at
 * once more after a while.
 */
final class Comparison {
  private static final int BUCKETS = 1 << 16;

  /** The most keys that are looked at; where more differ, the rest is not counted. */
  static final int MAX_KEYS = 1_000_000;

  private final List<NodeClient> nodes;
  private final long[] items;

  Comparison(List<NodeClient> nodes) {
    this.nodes = nodes;
    this.items = new long[nodes.size()];
  }

  /** Returns how many items a node holds, by its place in the list. */
  long items(int node) {
    return items[node];
  }

  /**
   * Compares.
   *
   * @param waitMillis after how long to look once more at what differs
   * @return for each key that differs, what each node holds; null for nothing
   */
  Map<String, Line[]> differences(long waitMillis) throws IOException, InterruptedException {
    BitSet differing = differingBuckets();
    if (differing.isEmpty()) {
      return Map.of();
    }
    Map<String, Line[]> found = suspects(differing);
    Thread.sleep(waitMillis);
    lookAgain(found);
    return found;
  }

  private BitSet differingBuckets() throws IOException {
    long[][] sums = new long[nodes.size()][BUCKETS];
    for (int i = 0; i < sums.length; i++) {
      int node = i;
      nodes
          .get(i)
          .dump(
              line -> {
                long hash = hash(line.key());
                sums[node][bucket(hash)] += mixed(hash ^ mixed(line.cas()) ^ line.size());
                items[node]++;
              });
    }
    BitSet differing = new BitSet(BUCKETS);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      for (long[] of : sums) {
        if (of[bucket] != sums[0][bucket]) {
          differing.set(bucket);
        }
      }
    }
    return differing;
  }

  private Map<String, Line[]> suspects(BitSet differing) throws IOException {
    Map<String, Line[]> lines = new TreeMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      int node = i;
      nodes
          .get(i)
          .dump(
              line -> {
                if (differing.get(bucket(hash(line.key())))
                    && (lines.size() < MAX_KEYS || lines.containsKey(line.key()))) {
                  lines.computeIfAbsent(line.key(), key -> new Line[nodes.size()])[node] = line;
                }
              });
    }
    lines.values().removeIf(Comparison::areEqual);
    return lines;
  }

  private void lookAgain(Map<String, Line[]> found) throws IOException {
    List<String> keys = new ArrayList<>(found.keySet());
    for (int i = 0; i < nodes.size(); i++) {
      List<Line> now = nodes.get(i).look(keys);
      for (int k = 0; k < keys.size(); k++) {
        found.get(keys.get(k))[i] = now.get(k);
      }
    }
    found.values().removeIf(Comparison::areEqual);
  }

  private static boolean areEqual(Line[] lines) {
    return Arrays.stream(lines)
        .allMatch(line -> line == null ? lines[0] == null : line.equals(lines[0]));
  }

  private static int bucket(long hash) {
    return (int) (hash >>> 48);
  }

  private static long hash(String key) {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return mixed(hash);
  }

  private static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
