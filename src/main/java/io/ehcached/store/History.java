package io.ehcached.store;

import io.ehcached.item.Stamp;
import io.ehcached.item.StampClock;
import io.ehcached.store.HistoryView.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The record of the writes that a node has seen, and of those that it no longer accounts for. Safe
 * for use by many threads.
 *
 * <p><em>Seen</em>: for each {@link Origin}, all its writes up to a stamp. A node has seen a write
 * when it took it in, or something newer for the same key, or had no room for it.
 *
 * <p><em>Accounted for</em>: of each write that was seen, the item is here, or one that is newer,
 * or the memory of a removal or expiry, or a flush that killed it. What is evicted is not accounted
 * for any more, nor is a removal or an expiry that was forgotten. For each number, the newest such
 * write is kept: all that are newer are accounted for.
 *
 * <p><em>Singles</em>: writes that were seen without all before them, and then overwritten, removed
 * or evicted. They are remembered one by one, since otherwise a peer that still holds such an item
 * would take it for one that was never here ("dots" beside a version vector; Preguiça et al.,
 * "Dotted Version Vectors", 2010).
 *
 * <p>From two nodes' histories follows what it means that one lacks an item which the other holds
 * ({@code docs/decisions/0005-how-nodes-come-to-agree.md}). This is the version vector of
 * optimistically replicated databases (Parker et al., "Detection of Mutual Inconsistency in
 * Distributed Systems", 1983), with a second one for what was lost track of, since a cache evicts.
 */
public final class History {
  /** The most origins that are remembered; each start of a node is one. */
  public static final int MAX_ORIGINS = 128;

  /** The most singles that are reported; the oldest are forgotten first. */
  public static final int MAX_SINGLES = 1024;

  private static final int NUMBERS = 256;
  private static final Seen[] NONE = {};

  private final StampClock clock;
  private final OpenWrites open;
  private final NewestByNumber untracked = new NewestByNumber(NUMBERS);
  private final NewestByNumber forgotten = new NewestByNumber(NUMBERS);
  private final Singles singles = new Singles(MAX_SINGLES, this::coversAllUpTo);
  private volatile long lateUpTo;
  private final AtomicLong late = new AtomicLong();
  private final Map<Long, Seen> byId = new LinkedHashMap<>(); // guarded by this
  private final Seen[][] byNumber = new Seen[NUMBERS][]; // each array is never changed
  private volatile Origin self;
  private volatile HistoryView origins; // null while there may be others than were told last

  /** How far one origin was seen. */
  private static final class Seen {
    final Origin origin;
    volatile long upTo;

    /**
     * The stamp from which this node uses another number: no write under this one has a greater
     * stamp.
     */
    long ended;

    Seen(Origin origin) {
      this.origin = origin;
    }
  }

  /**
   * Makes the history of a node that has seen nothing.
   *
   * @param clock gives the node's own writes their stamps
   * @param id drawn at random, for the node itself
   */
  public History(StampClock clock, long id) {
    this.clock = clock;
    this.open = new OpenWrites(clock);
    Arrays.fill(byNumber, NONE);
    self = new Origin(id, clock.number(), clock.next(Stamp.NONE));
    add(self).upTo = Long.MAX_VALUE;
  }

  /** Returns this node's own writes that no sender knows of yet. */
  OpenWrites open() {
    return open;
  }

  /** Returns this node's own origin. */
  public Origin self() {
    return self;
  }

  /** Returns a stamp up to which the senders know all of this node's own writes. */
  public long settled() {
    return open.settled();
  }

  /** Tells whether a write was seen. */
  public boolean covers(long stamp) {
    return coversAllUpTo(stamp) || singles.contains(stamp);
  }

  /**
   * Tells whether a write was seen, and all that its origin had written before. Of what a peer no
   * longer accounts for, only the newest write of each number is known: the older ones were seen
   * here for certain only if this is so.
   */
  public boolean coversAllUpTo(long stamp) {
    boolean covered = false;
    for (Seen seen : byNumber[Stamp.number(stamp)]) {
      if (HistoryView.couldBeOf(seen.origin, stamp)) {
        if (seen.upTo < stamp) {
          return false;
        }
        covered = true;
      }
    }
    return covered;
  }

  /**
   * Makes {@link #late} count unseen writes that arrive from now on with a stamp up to this one.
   */
  public synchronized void countLate(long stamp) {
    lateUpTo = Math.max(lateUpTo, stamp);
  }

  /**
   * Returns how many writes arrived that are older than writes that this node is known to have
   * missed. A peer that has compared all items here has to compare again when this grows.
   */
  public long late() {
    return late.get();
  }

  /** Records that a peer's write was merged. */
  void arrived(long stamp) {
    if (stamp <= lateUpTo && !covers(stamp)) {
      late.incrementAndGet();
    }
  }

  /** Records that the item of a write is no longer here. */
  void left(long stamp) {
    if (!coversAllUpTo(stamp)) {
      singles.add(stamp);
    }
  }

  /** Tells whether this node has seen all that another node had seen. */
  public synchronized boolean includes(HistoryView view) {
    for (Claim claim : view.seen()) {
      Seen seen = byId.get(claim.origin().id());
      boolean forgotten = seen == null && byId.size() >= MAX_ORIGINS;
      if (!forgotten && claim.upTo() > (seen == null ? 0 : seen.upTo)) {
        return false;
      }
    }
    return true;
  }

  /** Records that a write that was seen is no longer accounted for. */
  public void lose(long stamp) {
    untracked.raise(stamp);
  }

  /** Records that a removal or an expiry is no longer remembered. */
  void forget(long stamp) {
    lose(stamp);
    forgotten.raise(stamp);
  }

  /**
   * Tells whether a write was seen and a newer removal or expiry was forgotten: then a write whose
   * key is unknown may have been removed.
   */
  boolean mayHaveRemoved(long stamp) {
    return forgotten.isAnyAfter(stamp) && covers(stamp);
  }

  /**
   * Returns the stamp of the newest removal or expiry that this node has forgotten and a peer has
   * not seen. Items that the peer offers may be older, and may have been removed.
   *
   * @param view the peer's history; null when it is not known
   * @return {@link Stamp#NONE} when there is none
   */
  public long forgottenUnknownTo(HistoryView view) {
    if (forgotten.isEmpty()) {
      return Stamp.NONE;
    }
    return forgotten.stamps().stream()
        .filter(stamp -> view == null || !view.coversAllUpTo(stamp, origins()))
        .mapToLong(Long::longValue)
        .max()
        .orElse(Stamp.NONE);
  }

  /** Records that all writes of an origin up to a stamp were seen. */
  public synchronized void saw(Claim claim) {
    Seen seen = byId.get(claim.origin().id());
    if (seen == null) {
      seen = add(claim.origin());
    }
    if (seen.upTo < claim.upTo()) {
      seen.upTo = claim.upTo();
    }
  }

  /** Records a view's origins, but none of their writes as seen. */
  public synchronized void meet(HistoryView view) {
    for (Claim claim : view.seen()) {
      if (!byId.containsKey(claim.origin().id())) {
        add(claim.origin());
      }
    }
  }

  /** Records that this node has seen all that another node had seen. */
  public synchronized void join(HistoryView view) {
    view.seen().forEach(this::saw);
    view.singles().forEach(this::left);
    loseAll(view);
  }

  /** Records that this node no longer accounts for what another node lost track of. */
  public void loseAll(HistoryView view) {
    view.untracked().forEach(this::lose);
    view.forgotten().forEach(this::forget);
  }

  /**
   * Returns all known origins, as a view in which nothing was seen; the same object until an origin
   * is added. It is needed for each item that expires.
   */
  public HistoryView origins() {
    HistoryView known = origins;
    return known == null ? newOrigins() : known;
  }

  private synchronized HistoryView newOrigins() {
    List<Claim> none =
        Stream.concat(Stream.of(self), byId.values().stream().map(seen -> seen.origin))
            .distinct()
            .map(origin -> new Claim(origin, Stamp.NONE))
            .toList();
    origins = new HistoryView(none, List.of(), List.of(), List.of());
    return origins;
  }

  /** Returns an immutable copy of this history. */
  public synchronized HistoryView view() {
    List<Claim> seen = new ArrayList<>();
    long settled = settled();
    seen.add(new Claim(self, settled));
    for (Seen other : byId.values()) {
      if (other.origin.id() != self.id()) {
        boolean open = other.ended > settled; // a write may be under way that has the number still
        seen.add(new Claim(other.origin, open ? settled : other.upTo));
      }
    }
    return new HistoryView(seen, untracked.stamps(), singles.sorted(), forgotten.stamps());
  }

  /**
   * Gives this node another number if an older node has the same.
   *
   * @param random chooses among the numbers that nobody has
   * @return whether it did
   */
  public synchronized boolean renumber(long random) {
    Origin before = self;
    boolean shared =
        Arrays.stream(byNumber[before.number()])
            .map(seen -> seen.origin)
            .anyMatch(other -> other.id() != before.id() && isOlder(other, before));
    if (!shared) {
      return false;
    }
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < NUMBERS; i++) {
      if (byNumber[i].length == 0) {
        free.add(i);
      }
    }
    if (free.isEmpty()) {
      return false;
    }
    int number = free.get(Math.floorMod(random, free.size()));
    long first = clock.renumber(number);
    byId.get(before.id()).ended = first;
    self = new Origin(random, number, first);
    add(self).upTo = Long.MAX_VALUE;
    return true;
  }

  private static boolean isOlder(Origin other, Origin self) {
    return other.since() != self.since() ? other.since() < self.since() : other.id() < self.id();
  }

  private Seen add(Origin origin) {
    Seen seen = new Seen(origin);
    byId.put(origin.id(), seen);
    origins = null;
    index(origin.number());
    if (byId.size() > MAX_ORIGINS) {
      byId.values().stream()
          .filter(other -> other.origin.id() != self.id() && other != seen)
          .min(Comparator.comparingLong((Seen other) -> other.upTo))
          .ifPresent(
              oldest -> {
                byId.remove(oldest.origin.id());
                index(oldest.origin.number());
              });
    }
    return seen;
  }

  private void index(int number) {
    byNumber[number] =
        byId.values().stream().filter(s -> s.origin.number() == number).toArray(Seen[]::new);
  }
}
