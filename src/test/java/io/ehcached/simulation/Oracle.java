package io.ehcached.simulation;

import io.ehcached.item.Key;
import io.ehcached.item.Stamp;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.PeerStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notes what clients were told and which node came to know it, and finds what the nodes promise and
 * do not keep.
 */
final class Oracle {
  /** How long a cut may last before a node must have noticed, in milliseconds. */
  private static final long NOTICED_MILLIS = 12_000;

  private static final int MAX_VIOLATIONS = 20;

  /** How far ahead of a node's clock a stamp may be ({@code LocalReplica}). */
  private static final long MAX_AHEAD_MILLIS = 60 * 60 * 1000L;

  private final Scenario.Settings settings;
  private final VirtualTime time;
  private final Key[] keys;
  private final List<Write> writes = new ArrayList<>();
  private final Map<Long, Write> byStamp = new HashMap<>();
  private final Map<Integer, long[]> last = new HashMap<>(); // by start: what it knew of each key
  private final Map<Integer, long[]> best = new HashMap<>(); // and the newest that it ever knew
  private final Map<Integer, Long> startedAt = new HashMap<>(); // by start
  private final Set<Integer> numbers = new HashSet<>(); // that nodes drew for their stamps
  private boolean numberShared; // by two of them
  private final Flushes flushes = new Flushes();
  private final List<String> violations = new ArrayList<>();

  /** What a client was told has happened. */
  private static final class Write {
    final int id;
    final int key;
    final long stamp;
    final boolean removal;
    final long diesAt; // by the virtual clock, in ms; 0: never
    final long wallDeath; // by the clock of the node that took it
    final int start; // of the node that took it
    final long at; // in virtual nanoseconds
    final Map<Integer, Long> applied = new HashMap<>(); // start: when
    final Set<Integer> inherited = new HashSet<>(); // starts that copied one which knew of it
    boolean forgotten; // where it was made; that node may learn of it again

    Write(
        int id,
        int key,
        long stamp,
        boolean removal,
        long diesAt,
        long wallDeath,
        int start,
        long at) {
      this.wallDeath = wallDeath;
      this.id = id;
      this.key = key;
      this.stamp = stamp;
      this.removal = removal;
      this.diesAt = diesAt;
      this.start = start;
      this.at = at;
    }

    @Override
    public String toString() {
      return (removal ? "removal " : "item ")
          + id
          + " of key "
          + key
          + " (at "
          + at / VirtualTime.MILLI
          + " ms, known to starts "
          + applied.keySet()
          + ")";
    }
  }

  Oracle(Scenario.Settings settings, VirtualTime time) {
    this.settings = settings;
    this.time = time;
    keys = new Key[settings.keys()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Key.of("key" + i);
    }
  }

  static int read(byte[] value) {
    return ByteBuffer.wrap(value).getInt();
  }

  List<String> violations() {
    return violations;
  }

  void violation(String promise, String text) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(promise + ": " + text);
    }
  }

  /** Takes note that a node starts. */
  void started(SimulatedNode node) {
    startedAt.put(node.start, time.now());
    numberShared |= !numbers.add(node.store.ledger().history().self().number());
  }

  /** Has a client set an item; returns the number of that write. */
  int set(SimulatedNode node, int key, long ttlMillis) {
    int id = writes.size();
    byte[] value = ByteBuffer.allocate(4).putInt(id).array();
    long stamp = node.set(keys[key], value, ttlMillis);
    long wallDeath = node.wallMillis() + ttlMillis;
    long dies = ttlMillis == 0 ? 0 : time.now() / VirtualTime.MILLI + ttlMillis;
    add(node, new Write(id, key, stamp, false, dies, wallDeath, node.start, time.now()));
    return id;
  }

  /** Has a client delete an item; returns the number of that write. */
  int delete(SimulatedNode node, int key) {
    long stamp = node.delete(keys[key]);
    int id = writes.size();
    add(node, new Write(id, key, stamp, true, 0, 0, node.start, time.now()));
    return id;
  }

  /**
   * Returns the stamp of a write if a peer has not had it, nor anything newer; or 0. Where the peer
   * may have had it and lost it at once, it is taken to have had it.
   */
  long lacking(int id, SimulatedNode node, SimulatedNode peer) {
    Write write = writes.get(id);
    boolean had =
        isForgottenAtOnce(write)
            || node.known(keys[write.key])
                > write.stamp // it is overwritten, so that is what counts
            || best.getOrDefault(peer.start, new long[keys.length])[write.key] >= leastOf(write);
    return had ? 0 : lacking(keys[write.key], leastOf(write), peer);
  }

  /**
   * Returns the stamp of a removal of another key, as {@link #lacking(int, SimulatedNode,
   * SimulatedNode)}.
   */
  long lacking(Key key, long stamp, SimulatedNode peer) {
    boolean had =
        settings.maxItems() > 0
            || settings.removals() <= Scenario.FEW_REMOVALS
            || peer.known(key) >= stamp
            || Flushes.done(peer) >= stamp;
    return had ? 0 : stamp;
  }

  private void add(SimulatedNode node, Write write) {
    writes.add(write);
    byStamp.put(write.stamp, write);
    write.applied.put(node.start, write.at);
    last.computeIfAbsent(node.start, s -> new long[keys.length])[write.key] = write.stamp;
    best.computeIfAbsent(node.start, s -> new long[keys.length])[write.key] = write.stamp;
  }

  /** Returns what clients' flushes are noted in. */
  Flushes flushes() {
    return flushes;
  }

  /** Takes note that a node has copied another, which knew of some writes when it began. */
  void copied(SimulatedNode node, SimulatedNode source, long beganAt) {
    for (Write write : writes) {
      if (write.applied.getOrDefault(source.start, Long.MAX_VALUE) <= beganAt
          || write.inherited.contains(source.start)) {
        write.inherited.add(node.start);
      }
    }
  }

  /** Takes note of what a node has come to know. */
  void observe(SimulatedNode node) {
    flushes.observe(node);
    long[] known = last.computeIfAbsent(node.start, s -> new long[keys.length]);
    for (int i = 0; i < keys.length; i++) {
      long now = node.known(keys[i]);
      if (now != known[i]) {
        Write before = byStamp.get(known[i]);
        if (before != null && before.start == node.start && now < known[i]) {
          before.forgotten = true;
        }
        known[i] = now;
        long[] newest = best.computeIfAbsent(node.start, s -> new long[keys.length]);
        newest[i] = Math.max(newest[i], now);
        Write write = byStamp.get(now);
        if (write != null && write.key == i) {
          write.applied.putIfAbsent(node.start, time.now());
        }
      }
    }
  }

  /**
   * Checks what a node tells of a peer that it could not reach for so long, or could not answer.
   */
  void unreachable(SimulatedNode node, int peer, long sinceNanos) {
    if (time.now() - sinceNanos < NOTICED_MILLIS * VirtualTime.MILLI) {
      return;
    }
    PeerStatus status = node.status(peer);
    if (status != null && status.state() == PeerState.LIVE) {
      violation(
          "live", "node " + node.number + " calls node " + peer + " live, which is out of reach");
    }
  }

  /** Checks that a node tells of all that it owes a peer. */
  void owed(SimulatedNode node, SimulatedNode peer, long knownSince) {
    PeerStatus status = node.status(peer.number);
    if (status == null || status.state() == PeerState.LEFT || settings.maxItems() > 0) {
      return; // where the peer has no room for an item, nobody owes it
    }
    long owed = 0;
    long oldest = time.now();
    long[] none = new long[keys.length];
    for (Key key : keys) {
      Write write = byStamp.get(node.known(key));
      if (write != null
          && write.start == node.start
          && !write.forgotten
          && !isForgottenAtOnce(write)
          && write.at > knownSince
          && write.stamp > Flushes.done(node)
          && write.stamp > Flushes.done(peer)
          && best.getOrDefault(peer.start, none)[write.key] < leastOf(write)) {
        owed++;
        oldest = Math.min(oldest, write.at);
      }
    }
    checkLag(node, peer, status, oldest);
    if (status.pending() < owed) {
      violation(
          "pending",
          "node %d owes node %d %d keys and tells of %d pending"
              .formatted(node.number, peer.number, owed, status.pending()));
    }
  }

  /**
   * Returns the least stamp by which a peer knows of a write: a forgotten one is sent with less.
   */
  private static long leastOf(Write write) {
    return write.removal ? write.stamp - 1 : write.stamp;
  }

  /** Checks how old a node says that the oldest write is which it owes a peer. */
  private void checkLag(SimulatedNode node, SimulatedNode peer, PeerStatus status, long oldest) {
    long now = time.now() / VirtualTime.MILLI;
    long age = now - oldest / VirtualTime.MILLI;
    long lag = status.lagMillis();
    if (lag < age || lag > now || (status.pending() == 0 && lag != 0)) {
      violation(
          "lag",
          "node %d owes node %d a write for %d ms, and tells of a lag of %d ms with %d pending"
              .formatted(node.number, peer.number, age, lag, status.pending()));
    }
  }

  /** Tells whether a peer may take a write in and forget it while it handles one frame. */
  private boolean isForgottenAtOnce(Write write) {
    return (write.removal || write.diesAt != 0) && settings.removals() <= Scenario.FEW_REMOVALS;
  }

  /** Tells whether nothing is wrong with what all nodes hold. */
  boolean isWell(List<SimulatedNode> alive) {
    int before = violations.size();
    settled(alive);
    boolean well = violations.size() == before;
    violations.subList(before, violations.size()).clear();
    return well;
  }

  /** Checks what all nodes hold in the end. */
  void settled(List<SimulatedNode> alive) {
    for (SimulatedNode node : alive) {
      observe(node);
      checkPeers(node, alive);
    }
    for (int i = 0; i < keys.length; i++) {
      checkKey(i, alive);
    }
  }

  private void checkPeers(SimulatedNode node, List<SimulatedNode> alive) {
    for (SimulatedNode peer : alive) {
      if (peer != node && !isTooFarAhead(node, peer)) {
        PeerStatus status = node.status(peer.number);
        if (status == null || status.state() != PeerState.LIVE) {
          violation(
              "live",
              "node "
                  + node.number
                  + " does not call node "
                  + peer.number
                  + " live in the end: "
                  + status);
        } else if (status.pending() != 0) {
          violation(
              "pending",
              "node " + node.number + " has something pending for " + peer.number + " in the end");
        } else if (status.lagMillis() != 0) {
          violation(
              "lag",
              "node %d tells of a lag of %d ms to node %d in the end"
                  .formatted(node.number, status.lagMillis(), peer.number));
        } else if (settings.replication().replicatesAll() && !status.equality().inSync()) {
          violation(
              "insync",
              "node %d does not find node %d the same in the end: %s"
                  .formatted(node.number, peer.number, status.equality()));
        }
      }
    }
  }

  /** Tells whether a peer rightly refuses what a node writes, as clocks are too far apart. */
  private static boolean isTooFarAhead(SimulatedNode node, SimulatedNode peer) {
    return Stamp.millis(node.store.ledger().history().settled()) - peer.wallMillis()
        > MAX_AHEAD_MILLIS;
  }

  private void checkKey(int key, List<SimulatedNode> alive) {
    Write newest = null;
    for (Write write : writes) {
      if (write.key == key
          && isKnown(write, alive)
          && (newest == null || write.stamp > newest.stamp)) {
        newest = write;
      }
    }
    long seen = -1;
    boolean mortal = false;
    for (SimulatedNode node : alive) {
      long visible = node.visible(keys[key]);
      if (settings.maxItems() == 0 || visible != 0) {
        mortal |= visible != 0 && isMortal(writes.get(node.value(keys[key])), alive);
        if (seen != -1 && seen != visible && !mortal) {
          violation("equal", "nodes differ in key " + key + ": " + describe(key, alive));
        }
        seen = visible;
      }
      if (visible != 0) {
        checkFound(node, key, alive);
      } else if (settings.maxItems() == 0 && newest != null) {
        checkMissing(node, newest, alive);
      }
    }
  }

  /**
   * Tells whether an item may have died by the clock of one node and not by another's: they differ.
   */
  private boolean isMortal(Write write, List<SimulatedNode> alive) {
    return flushes.isPending(write.stamp, alive)
        || (write.diesAt != 0
            && (settings.stepped()
                || alive.stream().anyMatch(node -> node.wallMillis() < write.wallDeath)));
  }

  private static boolean isKnown(Write write, List<SimulatedNode> alive) {
    return alive.stream()
        .anyMatch(
            node -> write.applied.containsKey(node.start) || write.inherited.contains(node.start));
  }

  private void checkFound(SimulatedNode node, int key, List<SimulatedNode> alive) {
    Write found = writes.get(node.value(keys[key]));
    if (flushes.isDead(found.stamp, alive)) {
      violation("flushed", "node " + node.number + " holds what was flushed: " + found);
    }
    List<Write> beyond = new ArrayList<>();
    for (Write newer : newerThan(found, alive)) {
      if (isBeyondKnowing(newer, found, alive)) {
        beyond.add(newer);
      } else if (beyond.stream().noneMatch(newest -> overwrote(newest, newer, alive))) {
        violation(
            "newest",
            "node %d holds %s, though there was %s: %s"
                .formatted(node.number, found, newer, describe(key, alive)));
        return;
      }
    }
  }

  /** Returns the writes that are newer, the newest first. */
  private List<Write> newerThan(Write found, List<SimulatedNode> alive) {
    return writes.stream()
        .filter(write -> write.key == found.key && write.stamp > found.stamp)
        .filter(write -> isKnown(write, alive))
        .sorted(Comparator.comparingLong((Write write) -> write.stamp).reversed())
        .toList();
  }

  /** Tells whether a write took the place of an older one on each running node that had that. */
  private static boolean overwrote(Write newest, Write older, List<SimulatedNode> alive) {
    return alive.stream()
        .filter(node -> older.applied.containsKey(node.start))
        .allMatch(node -> newest.applied.containsKey(node.start));
  }

  /**
   * Tells whether nobody can know any more that a write was newer than the one found: it was made
   * where the other was not known, and is remembered nowhere.
   */
  private boolean isBeyondKnowing(Write newer, Write found, List<SimulatedNode> alive) {
    boolean isMaker = alive.stream().anyMatch(node -> node.start == newer.start);
    if (settings.exact() && ((isMaker && !hadDied(newer, found)) || !mayHaveDied(newer))) {
      return false; // whoever made it remembers it for as long as a peer may not have seen it
    }
    if (!mayBeForgotten(newer)) {
      return false;
    }
    boolean unaware =
        numberShared // then it is not known for certain who made a write
            || newer.applied.entrySet().stream()
                .anyMatch(
                    e -> found.applied.getOrDefault(e.getKey(), Long.MAX_VALUE) > e.getValue());
    return unaware && alive.stream().noneMatch(n -> n.known(keys[newer.key]) == newer.stamp);
  }

  /** Tells whether a write, or one that took its place, can leave a node other than by a newer. */
  private boolean mayBeForgotten(Write write) {
    return settings.maxItems() > 0
        || flushes.mayBeDead(write.stamp)
        || isRemoved(write)
        || mayHaveDied(write);
  }

  private boolean isRemoved(Write write) {
    return writes.stream().anyMatch(w -> w.key == write.key && w.stamp >= write.stamp && w.removal);
  }

  /** Tells whether a write, or one that took its place, had a lifetime. */
  private boolean mayHaveDied(Write write) {
    return writes.stream()
        .anyMatch(w -> w.key == write.key && w.stamp >= write.stamp && w.diesAt != 0);
  }

  /**
   * Tells whether a write had died by the time that the node which made another one was started:
   * nobody remembers a write for a node that does not run yet.
   */
  private boolean hadDied(Write dead, Write other) {
    long started = startedAt.get(other.start);
    return writes.stream()
        .anyMatch(
            w ->
                w.key == dead.key
                    && w.stamp >= dead.stamp
                    && w.diesAt != 0
                    && w.diesAt * VirtualTime.MILLI < started);
  }

  private void checkMissing(SimulatedNode node, Write newest, List<SimulatedNode> alive) {
    if (!mayBeForgotten(newest)) { // who removed it may be gone by now
      violation(
          "lost",
          "node %d lost %s: %s".formatted(node.number, newest, describe(newest.key, alive)));
    }
  }

  /** Returns the newest writes that clients of some nodes made, by key. */
  long[] newestOf(List<SimulatedNode> nodes) {
    long[] newest = new long[keys.length];
    for (Write write : writes) {
      if (nodes.stream().anyMatch(node -> node.start == write.start)) {
        newest[write.key] = Math.max(newest[write.key], write.stamp);
      }
    }
    return newest;
  }

  /** Checks that a node which stood still knows of some writes, now that it is trusted. */
  void trusted(SimulatedNode node, long[] newest) {
    for (int i = 0; i < keys.length; i++) {
      long visible = node.visible(keys[i]);
      if (visible != 0
          && visible < newest[i]
          && !hadDied(byStamp.get(newest[i]), writes.get(node.value(keys[i])))) {
        violation(
            "trusted",
            "node %d is ready or live after it stood still, with an old item under key %d"
                .formatted(node.number, i));
      }
    }
  }

  private String describe(int key, List<SimulatedNode> alive) {
    StringBuilder text = new StringBuilder();
    for (SimulatedNode node : alive) {
      text.append(" node %d (start %d): ".formatted(node.number, node.start));
      int value = node.value(keys[key]);
      text.append(value < 0 ? "nothing" : "item " + value);
      long known = node.known(keys[key]);
      text.append(known == 0 ? "" : ", stamped " + Stamp.millis(known) + "/" + (known & 0xFFFFF));
    }
    return text.toString();
  }
}
