package io.ehcached.store;

import io.ehcached.item.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * An immutable copy of a node's {@link History}.
 *
 * @param seen the node's own claim is the first
 * @param untracked for each number, the newest of the writes that are not accounted for any more
 * @param singles writes that were seen besides, in ascending order
 * @param forgotten for each number, the newest of the removals and expiries among those that are
 *     not accounted for; empty where the node does not tell, before version 1.3 of the peers'
 *     protocol
 */
public record HistoryView(
    List<Claim> seen, List<Long> untracked, List<Long> singles, List<Long> forgotten) {
  /**
   * All writes of an origin up to a stamp.
   *
   * @param upTo 0 for none of them
   */
  public record Claim(Origin origin, long upTo) {}

  /** Copies the lists. */
  public HistoryView {
    seen = List.copyOf(seen);
    untracked = List.copyOf(untracked);
    singles = List.copyOf(singles);
    forgotten = List.copyOf(forgotten);
  }

  /** Returns the node's own origin. */
  public Origin self() {
    return seen.get(0).origin();
  }

  /**
   * Tells whether the node had seen a write.
   *
   * @param other knows of origins too, one of which may have made the write
   */
  public boolean covers(long stamp, HistoryView other) {
    return Collections.binarySearch(singles, stamp) >= 0 || coversAllUpTo(stamp, other);
  }

  /**
   * Tells whether the node had seen a write, and all that its origin had written before.
   *
   * @param other as for {@link #covers}
   */
  boolean coversAllUpTo(long stamp, HistoryView other) {
    boolean covered = false;
    for (Claim claim : seen) {
      if (couldBeOf(claim.origin(), stamp)) {
        if (claim.upTo() < stamp) {
          return false;
        }
        covered = true;
      }
    }
    for (Claim claim : other.seen) {
      if (couldBeOf(claim.origin(), stamp) && !knows(claim.origin())) {
        return false;
      }
    }
    return covered;
  }

  /**
   * Tells whether a later view of the same node no longer accounts for more writes with a number
   * than this one: only the newest is known, and an older one that was seen meanwhile may have been
   * lost since.
   */
  public boolean accountsFor(HistoryView later, int number) {
    return newestLost(number) >= later.newestLost(number)
        && later.seen.stream()
            .filter(claim -> claim.origin().number() == number)
            .allMatch(claim -> claim.upTo() <= upTo(claim.origin()));
  }

  private long newestLost(int number) {
    return untracked.stream()
        .filter(stamp -> Stamp.number(stamp) == number)
        .mapToLong(Long::longValue)
        .max()
        .orElse(Stamp.NONE);
  }

  private long upTo(Origin origin) {
    return seen.stream()
        .filter(claim -> claim.origin().id() == origin.id())
        .mapToLong(Claim::upTo)
        .findAny()
        .orElse(Stamp.NONE);
  }

  /** Returns this view with what another one no longer accounts for. */
  public HistoryView withLossesOf(HistoryView later) {
    return new HistoryView(seen, later.untracked, singles, later.forgotten);
  }

  /** Returns a view of what both nodes had seen, and of what either had lost track of. */
  public HistoryView common(HistoryView other) {
    List<Claim> both = new ArrayList<>();
    for (Claim claim : seen) {
      long upTo = 0;
      for (Claim theirs : other.seen) {
        if (theirs.origin().id() == claim.origin().id()) {
          upTo = Math.min(claim.upTo(), theirs.upTo());
        }
      }
      both.add(new Claim(claim.origin(), upTo));
    }
    List<Long> single =
        new ArrayList<>(singles.stream().filter(s -> other.covers(s, this)).toList());
    other.singles.stream().filter(s -> covers(s, other)).forEach(single::add);
    return new HistoryView(
        both,
        either(untracked, other.untracked),
        single.stream().sorted().distinct().toList(),
        either(forgotten, other.forgotten));
  }

  private static List<Long> either(List<Long> some, List<Long> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  static boolean couldBeOf(Origin origin, long stamp) {
    return origin.number() == Stamp.number(stamp) && origin.since() <= stamp;
  }

  private boolean knows(Origin origin) {
    for (Claim claim : seen) {
      if (claim.origin().id() == origin.id()) {
        return true;
      }
    }
    return false;
  }
}
