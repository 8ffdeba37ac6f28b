package io.ehcached.simulation;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.store.StoredItem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes which flushes clients asked for, at once and later, and which nodes know of them. */
final class Flushes {
  private final List<Flush> asked = new ArrayList<>();

  /** What a client asked for; {@code done} is the newest stamp that it kills. */
  private record Flush(long stamp, long dueMillis, long done, Set<Integer> known) {
    boolean isKnownTo(List<SimulatedNode> nodes) {
      return nodes.stream().anyMatch(node -> known.contains(node.start));
    }
  }

  /** The mark of a node: see {@link io.ehcached.store.FlushMark}. */
  private record Mark(long done, long dueMillis, long asked) {
    static Mark of(SimulatedNode node) {
      StoredItem item = node.store.held(Key.of(""));
      if (item == null) {
        return new Mark(0, 0, 0);
      }
      ByteBuffer in = ByteBuffer.wrap(item.value());
      return new Mark(in.getLong(), in.getLong(), in.getLong());
    }

    long done(long wallMillis) {
      return dueMillis != 0 && dueMillis <= wallMillis ? Math.max(done, lastOf(dueMillis)) : done;
    }
  }

  /** Returns the newest stamp that a flush at some moment kills. */
  private static long lastOf(long dueMillis) {
    return Stamp.atMillis(dueMillis) - 1;
  }

  /** Returns the newest stamp that a flush has killed on a node. */
  static long done(SimulatedNode node) {
    return Mark.of(node).done(node.wallMillis());
  }

  /** Returns the stamp of the newest flush that a node was asked for or has heard of. */
  static long asked(SimulatedNode node) {
    return Mark.of(node).asked();
  }

  void flush(SimulatedNode node) {
    node.store.flush();
    long done = Mark.of(node).done();
    asked.add(new Flush(asked(node), 0, done, new HashSet<>(Set.of(node.start))));
  }

  void flushLater(SimulatedNode node, long millis) {
    long due = node.wallMillis() + millis;
    node.store.flushAt(due);
    asked.add(new Flush(asked(node), due, lastOf(due), new HashSet<>(Set.of(node.start))));
  }

  /** Takes note of what a node has come to know. */
  void observe(SimulatedNode node) {
    if (!asked.isEmpty()) {
      Mark mark = Mark.of(node);
      for (Flush flush : asked) {
        if (flush.stamp == mark.asked || mark.done >= flush.done) {
          flush.known.add(node.start);
        }
      }
    }
  }

  /** Tells whether a write was flushed for certain: no later flush took back what kills it. */
  boolean isDead(long stamp, List<SimulatedNode> alive) {
    for (Flush flush : asked) {
      if (stamp <= flush.done && flush.isKnownTo(alive) && isDue(flush, alive)) {
        boolean takenBack =
            flush.dueMillis != 0
                && asked.stream()
                    .anyMatch(
                        other ->
                            other.stamp > flush.stamp
                                && Stamp.millis(other.stamp) < flush.dueMillis);
        if (!takenBack) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isDue(Flush flush, List<SimulatedNode> alive) {
    return alive.stream().allMatch(node -> flush.dueMillis <= node.wallMillis());
  }

  /** Tells whether a write may have been flushed on some node. */
  boolean mayBeDead(long stamp) {
    return asked.stream().anyMatch(flush -> stamp <= flush.done);
  }

  /** Tells whether one node may have flushed a write by its clock, and another not yet. */
  boolean isPending(long stamp, List<SimulatedNode> alive) {
    return asked.stream().anyMatch(flush -> stamp <= flush.done && !isDue(flush, alive));
  }
}
