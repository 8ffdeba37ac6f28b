package io.ehcached.replication.sender;

import io.ehcached.item.Key;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.status.NodeIdentity;
import io.ehcached.replication.status.PeerCounts;
import io.ehcached.replication.status.PeerOrigin;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.PeerStatus;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.NodeDescription;
import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.replication.wire.WireVersion;
import io.ehcached.store.ChangeListener.Kind;
import io.ehcached.store.HistoryView;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sends one peer this node's writes. It notes the keys that changed; {@link PeerConnection} reads
 * the items when it builds a frame, and retries until the peer has taken it. {@link PeerRepair}
 * compares what both nodes hold, which may take long and must not delay writes. Both have executors
 * of their own for each peer, so that no peer waits for another. Safe for use by many threads.
 */
public final class PeerSender {
  private final String url;
  private final LocalReplica local;
  private final LiveSettings settings;
  private final Environment environment;
  private final DirtyKeys dirty;
  private final EntrySender entries;
  private final BatchSender batches;
  private final PeerRepair repair;
  private final PendingAcks acks = new PendingAcks();
  private final PeerCounts counts = new PeerCounts();
  private final PeerCalls.Met met = new PeerCalls.Met();
  private final PeerCatchUp catchUp = new PeerCatchUp();
  private final PeerHealth health;
  private final PeerConnection connection;
  private final PeerDescription description;
  private final ReturnPath returnPath;

  private volatile Hello peer;
  private volatile boolean unproved;

  /**
   * Makes the sender for a peer to which there is no link yet.
   *
   * @param repair makes what repairs differences to the peer
   */
  public PeerSender(String url, LocalReplica local, Function<PeerSender, PeerRepair> repair) {
    this.url = url;
    this.local = local;
    this.settings = local.settings();
    this.environment = local.environment();
    this.dirty = new DirtyKeys(settings.now().repair().maxPending());
    this.entries = new EntrySender(this, local);
    this.batches = new BatchSender(this, entries, dirty, local);
    this.description = new PeerDescription(this::shown, local, met);
    this.returnPath = new ReturnPath(this::shown);
    this.health = new PeerHealth(this::shown, environment, counts, acks);
    this.connection = new PeerConnection(this, batches, local);
    this.repair = repair.apply(this);
  }

  /** Returns where the peer is called. */
  public String url() {
    return url;
  }

  /** Returns how the log names the peer: where it is called, with its name if that is known. */
  public String shown() {
    return identity().at(url);
  }

  /** Returns which node the peer is, as far as that is known. */
  public NodeIdentity identity() {
    Hello known = peer;
    return known == null
        ? NodeIdentity.UNKNOWN
        : NodeIdentity.of(description.name(), known.incarnation());
  }

  /** Returns how this node stands with the peer, as far as it knows since it last stood still. */
  public PeerState state() {
    return isReachable() && catchUp.isDoubted() ? PeerState.CONNECTING : health.state();
  }

  /** Tells whether the peer can be reached, as far as this node knows. */
  public boolean isReachable() {
    return health.isReachable();
  }

  /** Returns what is known of whether the peer can be reached. */
  public PeerHealth health() {
    return health;
  }

  /** Returns whether this node has caught up with the peer. */
  public PeerCatchUp catchUp() {
    return catchUp;
  }

  /** Asks the peer anew how it is, since this node stood still. */
  public void doubt() {
    catchUp.begin(environment.nanos());
    connection.reconnectNow();
  }

  /** Returns what is counted of the peer. */
  public PeerCounts counts() {
    return counts;
  }

  /** Returns what all calls to the peer share. */
  PeerCalls.Met met() {
    return met;
  }

  /** Returns what repairs differences to the peer. */
  public PeerRepair repair() {
    return repair;
  }

  /** Returns what sends the peer single items, without noting their keys. */
  public EntrySender entries() {
    return entries;
  }

  /**
   * Returns calls to the peer for another executor, over the link that there is at the moment.
   *
   * @param answering in milliseconds
   * @param onFailure as in {@link PeerCalls}
   */
  public PeerCalls calls(SerialExecutor caller, long answering, Consumer<Exception> onFailure) {
    return new PeerCalls(connection.link(), local, caller, answering, met, onFailure);
  }

  /** Returns how the peer last described itself, or null. */
  public Hello peer() {
    return peer;
  }

  /** Returns how many keys the peer may lack: see {@link DirtyKeys#size}. */
  public long pending() {
    return dirty.size();
  }

  /** Returns how many keys wait to be sent. */
  public long waiting() {
    return dirty.waiting();
  }

  /** Returns which writes for the peer were noted so far. */
  public DirtyKeys.Mark mark() {
    return dirty.mark();
  }

  /** Notes that the peer has all writes that had been noted at a moment. */
  public void found(DirtyKeys.Mark then) {
    boolean all = dirty.found(then);
    batches.complete(then);
    if (all) {
      batches.becomeInSync(); // before the next write
      connection.acknowledgeLater(then.tickets());
    }
  }

  /** Lets those clients go whose writes the peer has. A task calls. */
  void acknowledge(long ticket) {
    acks.acknowledge(ticket);
  }

  /** Tells whether nothing is left to send. */
  public boolean isDrained() {
    return pending() == 0 && !dirty.isMissing();
  }

  /** Notes a local write. Called under the key's lock. */
  public void changed(Key key, long stamp, Kind change) {
    ReplicationSettings.Changes wanted = settings.now().changes();
    Kind kind = key.length() == 0 ? Kind.REMOVAL : change; // a flush is one, by whatever means
    if (wanted.include(kind)
        && health.state() != PeerState.SELF
        && dirty.add(key, wanted.areCopied(kind) ? stamp : -stamp, environment.ticks())) {
      connection.workLater();
    }
  }

  /** Sets whether the peer is only told of by another, and no peer before it answers. */
  public void setUnproved(boolean value) {
    unproved = value;
  }

  /** Tells whether the peer was only told of by another, and has not answered yet. */
  public boolean isUnproved() {
    return unproved && peer == null && health.state() != PeerState.REFUSED;
  }

  /** Starts to send over a link. */
  public void start(PeerLink link) {
    connection.start(link);
  }

  /** Stops to send since the peer is gone; should it come back, what it missed is found out. */
  public void leave() {
    connection.pause();
    repair.end();
    dirty.lose(environment.ticks());
    health.left();
  }

  /** Stops to send for good. */
  public void stop() {
    connection.stop();
    repair.stop();
  }

  /** Notes that the peer has called, and so may be there to be called. */
  public void heard() {
    health.heard();
    wake();
  }

  /** Notes that the peer sent something, and so can reach this node, whatever it said before. */
  public void sendsHere() {
    Hello known = peer;
    if (known != null && !known.linked()) {
      returnPath.heard(true, environment.ticks());
    }
  }

  /**
   * Tells whether the peer is live and does not send its writes to this node.
   *
   * @param patient whether it may have been met just now
   */
  public boolean isOneWay(boolean patient) {
    return state() == PeerState.LIVE
        && met.speaker().version().compareTo(WireVersion.MEMBERS) >= 0
        && returnPath.isMissing(environment.ticks(), patient);
  }

  /** Takes note of how the peer, which has called, describes itself. */
  public void described(NodeDescription by) {
    Hello known = peer;
    if (by.isStopping() && known != null) {
      health.stopping(known.incarnation());
    }
    description.heard(by);
  }

  /** Greets the peer again, since this node describes itself in another way now. */
  public void greet() {
    connection.reconnect();
  }

  /** Tells whether the peer knows, or cannot be told, that this node stops. */
  public boolean isToldOfStop() {
    return !isReachable() || met.told().isStopping();
  }

  /** Ends the wait for the next try, unless the last was only just made. */
  public void wake() {
    connection.wake();
  }

  /** Runs {@code done} once the peer has all that was written until now, or is left out. */
  public void whenSent(long deadlineMillis, Runnable done) {
    if (!isReachable() || !health.isInSync()) {
      done.run();
    } else {
      health.whenAcknowledged(dirty.tickets(), deadlineMillis, done);
    }
  }

  /**
   * Leaves the peer out for now when it keeps a client waiting for too long.
   *
   * @return whether a client waits for it still
   */
  public boolean checkDeadline() {
    if (acks.isOverdue(environment.ticks())) {
      health.timedOut();
      connection.reconnectIfIdle();
    }
    return !acks.isEmpty();
  }

  /** Takes note that the peer gave this node all that it held. */
  public void agreed(HistoryView view) {
    Hello known = peer;
    if (known != null) {
      repair.agreed(known.incarnation(), view);
    }
  }

  /** Tells whether what the peer claims of its own writes can be believed. */
  public boolean isBelieved() {
    return repair.isBelieving();
  }

  /**
   * Tells whether the peer has seen a write, as far as this node knows; yes for one that left so
   * long ago that removals are forgotten.
   *
   * @param origins all that this node knows of
   */
  public boolean hasSeen(long stamp, HistoryView origins) {
    if (health.state() == PeerState.SELF
        || health.isGoneFor(settings.now().repair().tombstoneMillis())) {
      return true;
    }
    Hello known = peer;
    return known != null && known.history() != null && known.history().covers(stamp, origins);
  }

  /** Has the sending executor find out whether the peer can be called. */
  public void failedToCompare(Exception e) {
    health.noteError(e);
    if (e instanceof IOException) {
      connection.reconnect();
    }
  }

  /** Takes note of how the peer describes itself, now that it can be called. A task calls. */
  public void connected(Hello hello) {
    if (peer == null || peer.incarnation() != hello.incarnation()) {
      batches.complete(null);
    }
    peer = hello;
    description.greeted(met.description());
    health.heard();
    health.reached(hello);
    returnPath.heard(hello.linked(), environment.ticks());
    local.meet(hello.history());
    local.heardOf(met.members());
    description.heard(met.description());
    batches.recover();
    repair.connected(hello);
  }

  /** Takes note of how a peer that was connected describes itself. */
  public void met(Hello hello) throws IOException {
    if (hello.incarnation() != peer.incarnation()) {
      throw new IOException("it restarted");
    }
    peer = hello;
    health.heard();
    returnPath.heard(hello.linked(), environment.ticks());
    if (isReachable()) {
      health.reached(hello);
    }
  }

  /** Takes note that the peer is this node itself. A task calls. */
  void foundSelf() {
    health.foundSelf();
    dirty.lose(environment.ticks());
  }

  /**
   * Notes that the peer lacks items that it refused. Clients that wait for it wait until the peer
   * is left out; others are not made to. Any thread may call.
   *
   * @param again whether they may have been refused before
   */
  public void refused(long count, boolean again) {
    health.refusedItems(count);
    dirty.refused(count, again, environment.ticks());
    health.fallBehind();
  }

  /** Notes that the peer called, and cannot be talked to; or that somebody claims to be it. */
  public void refused(OtherVersionException why) {
    if (isReachable()) {
      connection.reconnectUnlessRecent(); // it is asked what it speaks
    } else {
      health.incompatible(why);
    }
  }

  /**
   * Returns the state of the peer.
   *
   * @param now a time of the wall clock, in milliseconds
   * @param origin how this node knows of it
   * @param ready whether this node was ready before
   */
  public PeerStatus status(long now, PeerOrigin origin, boolean ready) {
    long heardAt = health.heardAt();
    return new PeerStatus(
        url,
        identity(),
        origin,
        state(),
        peer == null ? null : met.speaker(),
        peer == null ? null : !returnPath.isMissing(environment.ticks(), false),
        isOneWay(ready),
        health.otherSecretAt().isPresent(),
        pending(),
        dirty.lag(environment.ticks()),
        repair.equality(),
        description.differences(),
        counts.now(),
        health.lastError(),
        heardAt == 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, now - heardAt) / 1000));
  }
}
