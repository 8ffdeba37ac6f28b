package io.ehcached.replication.sender;

import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.OtherSecretException;
import io.ehcached.replication.spi.RegionAbsentException;
import io.ehcached.replication.status.PeerCounts;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.replication.wire.RefusedException;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Whether one peer can be reached, and whether clients of synchronous replication may be made to
 * wait for it. Once it cannot be reached, the clients that wait for it go on. Safe for use by many
 * threads.
 */
public final class PeerHealth {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSender.class); // as operators know

  /** How long one that no longer answers is still taken for what it was. */
  private static final long INCOMPATIBLE_MILLIS = 60_000;

  private static final String PLANNED = "it was told to stop, and said so";

  /** How long a node may take from when it answers to when it has opened its region. */
  private static final long OPENING_MILLIS = 30_000;

  private final Supplier<String> shown;
  private final Environment environment;
  private final PeerCounts counts;
  private final PendingAcks acks;

  private volatile PeerState state = PeerState.CONNECTING;
  private volatile String lastError = "";
  private volatile long heardAt;
  private volatile long leftAt;
  private volatile long incompatibleAt;
  private volatile Long stopping; // the process that told that it stops; null for none
  private volatile OptionalLong otherSecretAt = OptionalLong.empty(); // by ticks
  private volatile long openingSince; // by ticks; 0: it is not

  /** Whether clients may be made to wait for the peer: not while it has much to catch up with. */
  private volatile boolean inSync;

  /** Whether the peer refused this node because it removed it from its list. */
  private volatile boolean removed;

  /**
   * Makes the health of a peer that was not reached yet.
   *
   * @param shown how the log names the peer
   * @param acks the clients that wait for it
   */
  PeerHealth(Supplier<String> shown, Environment environment, PeerCounts counts, PendingAcks acks) {
    this.shown = shown;
    this.environment = environment;
    this.counts = counts;
    this.acks = acks;
  }

  public PeerState state() {
    return state;
  }

  boolean isReachable() {
    return state.isReachable();
  }

  /** Returns why a call failed last; empty if none did. */
  public String lastError() {
    return lastError;
  }

  /** Returns when the peer was last heard of, in milliseconds of the wall clock, or 0. */
  public long heardAt() {
    return heardAt;
  }

  /** Takes note that the peer called or answered. */
  void heard() {
    heardAt = environment.wallMillis();
  }

  /** Tells whether the peer left more than so many milliseconds ago. */
  boolean isGoneFor(long millis) {
    return state == PeerState.LEFT && environment.ticks() - leftAt > millis;
  }

  /** Tells whether clients may be made to wait for the peer. */
  boolean isInSync() {
    return inSync;
  }

  /** Lets clients wait for the peer from now on, if it can be reached. */
  synchronized void becomeInSync() { // lest it goes down meanwhile
    inSync = isReachable();
  }

  /** Makes no more clients wait for the peer; those that do go on waiting. */
  void fallBehind() {
    inSync = false;
  }

  /** Runs {@code done} once the peer has taken all up to a ticket, or is left out. */
  void whenAcknowledged(long ticket, long deadlineMillis, Runnable done) {
    if (acks.isAcknowledged(ticket)) {
      done.run();
      return;
    }
    acks.add(ticket, environment.ticks() + deadlineMillis, done);
    if (isReachable()) {
      acks.releaseAcknowledged();
    } else {
      acks.releaseAll();
    }
  }

  /** Takes note that there is a new link to the peer. */
  synchronized void connecting() {
    if (state == PeerState.LEFT
        || state == PeerState.DOWN
        || state == PeerState.STOPPED
        || state == PeerState.REFUSED) {
      state = PeerState.CONNECTING;
    }
  }

  /** Takes note of how a peer that was reached describes itself. */
  void reached(Hello hello) {
    otherSecretAt = OptionalLong.empty();
    openingSince = 0;
    Long gone = stopping;
    if (gone != null && gone == hello.incarnation()) {
      return; // it answers until it has ended
    }
    stopping = null;
    become(
        hello.bootstrapping()
            ? PeerState.BOOTSTRAPPING
            : hello.catchingUp() ? PeerState.CATCHING_UP : PeerState.LIVE,
        "");
  }

  /** Takes note that the peer is this node itself. */
  void foundSelf() {
    state = PeerState.SELF;
    acks.releaseAll();
    LOG.debug("{} is this node itself", shown.get());
  }

  /** Takes note that the peer is no peer any more. */
  void left() {
    leftAt = environment.ticks();
    if (!leftAsSelf()) {
      become(PeerState.LEFT, stopping == null ? "discovery no longer knows it" : PLANNED);
    }
  }

  /** Takes note that a process of the peer's is about to stop, as its operator wants. */
  synchronized void stopping(long incarnation) {
    stopping = incarnation;
    become(PeerState.STOPPED, PLANNED);
  }

  /** An address of this node itself leaves without a word, since it never was a peer. */
  private synchronized boolean leftAsSelf() {
    if (state != PeerState.SELF) {
      return false;
    }
    state = PeerState.LEFT;
    return true;
  }

  /** Leaves the peer out, since clients have waited for it for too long. */
  void timedOut() {
    if (isReachable()) {
      become(PeerState.DOWN, "it did not take writes in time");
    }
  }

  /** Takes note that a call that was to reach the peer failed. */
  void failed(Exception e) {
    if (isOpening(e) || isPlanned(e)) {
      return;
    }
    noteError(e);
    removed = e instanceof RefusedException refusal && refusal.isRemoved();
    boolean incompatible = e instanceof OtherVersionException;
    boolean otherSecret = e instanceof OtherSecretException && otherSecretAt.isEmpty();
    if (otherSecret) {
      otherSecretAt = OptionalLong.of(environment.ticks());
      if (state == PeerState.DOWN) { // which was logged for another reason
        LOG.warn("Peer {} is down: {}", shown.get(), lastError);
      }
    }
    if (incompatible) {
      incompatibleAt = environment.ticks();
    }
    // It stays so until it is met, or is silent for so long that it may be gone.
    if (incompatible
        || state != PeerState.INCOMPATIBLE
        || environment.ticks() - incompatibleAt > INCOMPATIBLE_MILLIS) {
      become(
          incompatible
              ? PeerState.INCOMPATIBLE
              : e instanceof RefusedException ? PeerState.REFUSED : PeerState.DOWN,
          lastError);
    }
    acks.releaseAll();
  }

  /** Tells whether a peer that was told to stop cannot be called for that reason. */
  private boolean isPlanned(Exception e) {
    return state == PeerState.STOPPED
        && e instanceof IOException
        && !(e instanceof OtherVersionException)
        && !(e instanceof OtherSecretException);
  }

  /** Returns when, by ticks, the peer showed that it has another secret; empty if it did not. */
  public OptionalLong otherSecretAt() {
    return otherSecretAt;
  }

  /** Tells whether the peer may only have started, and is about to open its region. */
  private boolean isOpening(Exception e) {
    if (!(e instanceof RegionAbsentException) || isReachable()) {
      openingSince = 0;
      return false;
    }
    if (openingSince == 0) {
      openingSince = Math.max(1, environment.ticks());
    }
    return environment.ticks() - openingSince < OPENING_MILLIS;
  }

  /** Tells whether the peer, as it said last, removed this node from its list. */
  public boolean isRemoved() {
    return removed;
  }

  /** Takes note that a peer that is not reachable called in a version that is not understood. */
  void incompatible(OtherVersionException why) {
    incompatibleAt = environment.ticks();
    lastError = why.getMessage();
    become(PeerState.INCOMPATIBLE, lastError);
  }

  /** Counts an error that says nothing of whether the peer can be reached. */
  void noteError(Exception e) {
    if (isPlanned(e)) {
      return;
    }
    counts.errors.increment();
    lastError = e.getMessage() == null ? e.toString() : e.getMessage();
    if (e instanceof RuntimeException) {
      LOG.error("Working with peer {} failed", shown.get(), e);
    }
  }

  /** Takes note that the peer refused items. */
  void refusedItems(long count) {
    String text = "it refused items stamped more than an hour ahead of its clock";
    if (!text.equals(lastError)) {
      LOG.warn(
          "Peer {}: {} ({} in one frame). Set the clocks of both nodes.", shown.get(), text, count);
    }
    lastError = text;
    counts.errors.increment();
  }

  private synchronized void become(PeerState next, String why) {
    PeerState before = state;
    if (before == next) {
      return;
    }
    state = next;
    if (!next.isReachable()) {
      inSync = false;
      acks.releaseAll();
      // Whether it is missed was said when it went down; one that took its leave is not.
      boolean planned =
          next == PeerState.LEFT
              || next == PeerState.STOPPED
              || (next == PeerState.REFUSED && removed);
      Level level = planned ? Level.INFO : Level.WARN;
      LOG.atLevel(level).log("Peer {} is {} (was {}): {}", shown.get(), next, before, why);
    } else {
      LOG.info("Peer {} is {} (was {})", shown.get(), next, before);
    }
  }
}
