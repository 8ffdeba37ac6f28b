package io.ehcached.replication;

import io.ehcached.item.Key;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.store.ChangeListener.Kind;
import io.ehcached.store.History;
import io.ehcached.store.HistoryView;
import io.ehcached.store.HistoryView.Claim;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings one peer this node's writes, by an executor of its own, so that no peer waits for another.
 * It keeps the keys, reads what stands under them when it builds a frame, and tries until the peer
 * has taken it. A second executor compares what both hold, which may take long and must not hold
 * writes up.
 */
final class PeerSender {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSender.class);
  private static final int FRAME_BYTES = 1 << 20;

  /**
   * What lies between the starts of two frames, at least. A frame takes both nodes some 50 µs
   * whatever is in it: one for each write that comes by itself would be most of their work.
   */
  static final long FRAME_NANOS = 500_000;

  private static final long LEAST_PAUSE_MILLIS = 100;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  /** How long to wait for one that cannot be talked to: until another release is started there. */
  private static final long INCOMPATIBLE_PAUSE_MILLIS = 30_000;

  /** How long one that no longer answers is still taken for what it was. */
  private static final long INCOMPATIBLE_MILLIS = 60_000;

  private final String url;
  private final Identity self;
  private final LiveSettings settings;
  private final Environment environment;
  private final Peers peers;
  private final ReplicaView holdings;
  private final History history;
  private final DirtyKeys dirty;
  private final AntiEntropy comparison;
  private final PendingAcks waiters = new PendingAcks();
  private final PeerCounts counts = new PeerCounts();
  private final PeerCalls.Met met = new PeerCalls.Met();
  private final PeerCatchUp catchUp = new PeerCatchUp();
  private final SerialExecutor executor;

  private volatile PeerState state = PeerState.CONNECTING;
  private volatile Hello peer;
  private volatile long heardAt;
  private volatile String lastError = "";
  private volatile long acknowledged;
  private volatile boolean stopped = true;

  /**
   * How often writes had been dropped when the peer was last known to have all; -1: it never was.
   */
  private volatile long completeAt = -1;

  private volatile PeerLink link;

  /** Whether clients may be made to wait for the peer: not while it has much to catch up with. */
  private volatile boolean inStep;

  private volatile long triedAt;
  private volatile long leftAt;
  private volatile long incompatibleAt;

  /** Whether somebody called since the last try who may be the peer, started anew. */
  private volatile boolean called;

  // What follows is touched by the executor's tasks only.
  private PeerCalls calls;
  private boolean connected;
  private boolean calling; // an answer is awaited
  private boolean resting; // a timer is awaited
  private long restUntil;
  private DirtyKeys.Batch shipping;

  /** Whether the peer refused some of that. */
  private boolean lacking;

  private long settled; // up to where the writes of this node's own are in it
  private int shipped;
  private long begun; // when the last frame was
  private long pause = FIRST_PAUSE_MILLIS;

  PeerSender(String url, Identity self, LiveSettings settings, Peers peers) {
    this.url = url;
    this.self = self;
    this.settings = settings;
    this.environment = peers.environment();
    this.peers = peers;
    this.holdings = new ReplicaView(peers.store());
    this.history = peers.store().ledger().history();
    this.dirty = new DirtyKeys(settings.now().repair().maxPending());
    this.executor = environment.executor("ehcached-send-" + url);
    this.comparison = new AntiEntropy(this, peers, settings);
    this.triedAt = environment.ticks();
    this.begun = environment.nanos() - FRAME_NANOS;
  }

  String url() {
    return url;
  }

  /** Returns how this node stands with the peer, as far as it knows since it last stood still. */
  PeerState state() {
    return isReachable() && catchUp.isDoubted() ? PeerState.CONNECTING : state;
  }

  /** Returns whether this node has caught up with the peer. */
  PeerCatchUp catchUp() {
    return catchUp;
  }

  /** Asks the peer anew how it is, since this node stood still. */
  void doubt() {
    catchUp.begin(environment.nanos());
    executor.execute(
        () -> {
          connected = false;
          called = true;
          restOn();
          work();
        });
  }

  /**
   * Tells whether the peer may have what this node missed.
   *
   * @param early whether it has had little time to answer
   */
  boolean isWorthCatchingUpWith(boolean early) {
    if (catchUp.isDoubted() || !isReachable()) {
      return early && state != PeerState.INCOMPATIBLE;
    }
    return !peer.bootstrapping();
  }

  /** Has the comparison find out whether this node has caught up with the peer. */
  void askWhetherCaughtUp() {
    comparison.lookAt(catchUp);
  }

  PeerCounts counts() {
    return counts;
  }

  String lastError() {
    return lastError;
  }

  /** Returns when the peer was last heard of, in milliseconds of the wall clock, or 0. */
  long heardAt() {
    return heardAt;
  }

  /** Returns what all calls to the peer go by. */
  PeerCalls.Met met() {
    return met;
  }

  /**
   * Returns calls to the peer for another executor, over the link that there is at the moment.
   *
   * @param answering in milliseconds
   * @param onFailure as in {@link PeerCalls}
   */
  PeerCalls calls(SerialExecutor caller, long answering, Consumer<Exception> onFailure) {
    return new PeerCalls(link, self, history, environment, caller, answering, met, onFailure);
  }

  /** Returns how the peer last described itself, or null. */
  Hello peer() {
    return peer;
  }

  /** Returns how many keys the peer may lack: see {@link DirtyKeys#size}. */
  long pending() {
    return dirty.size();
  }

  /** Returns how many keys wait to be sent. */
  long waiting() {
    return dirty.waiting();
  }

  /** Returns which writes for the peer were noted so far. */
  DirtyKeys.Mark mark() {
    return dirty.mark();
  }

  /** Notes that the peer has all writes that had been noted at a moment. */
  void found(DirtyKeys.Mark then) {
    boolean all = dirty.found(then);
    completeAt = then.losses();
    if (all) {
      becomeInStep(); // before the next write
      executor.execute(() -> acknowledge(then.tickets()));
    }
  }

  private void becomeInStep() {
    if (inStep || dirty.isMissing() || dirty.size() >= settings.now().maxBatchItems()) {
      return;
    }
    synchronized (this) { // lest it goes down meanwhile
      inStep = isReachable();
    }
  }

  /** Lets those clients go whose writes the peer has. A task calls. */
  private void acknowledge(long ticket) {
    acknowledged = Math.max(acknowledged, ticket);
    waiters.release(acknowledged);
  }

  /** Returns how long the oldest write waits to be sent, in milliseconds. */
  long lag() {
    long oldest = dirty.oldest();
    return oldest == 0 ? 0 : Math.max(0, environment.ticks() - oldest);
  }

  /** Tells whether nothing is left to send. */
  boolean isDrained() {
    return pending() == 0 && !dirty.isMissing();
  }

  boolean isReachable() {
    return state == PeerState.LIVE
        || state == PeerState.BOOTSTRAPPING
        || state == PeerState.CATCHING_UP;
  }

  /** Notes a local write. Called under the key's lock. */
  void changed(Key key, long stamp, Kind change) {
    ReplicationSettings.Changes wanting = settings.now().changes();
    Kind kind = key.length() == 0 ? Kind.REMOVAL : change; // a flush is one, by whatever means
    boolean wanted =
        switch (kind) {
          case PUT -> wanting.puts();
          case UPDATE -> wanting.updates();
          case REMOVAL -> wanting.removals();
        };
    if (wanted && state != PeerState.SELF) {
      boolean copied =
          switch (kind) {
            case PUT -> wanting.putsViaCopy();
            case UPDATE -> wanting.updatesViaCopy();
            case REMOVAL -> true;
          };
      if (dirty.add(key, copied ? stamp : -stamp, environment.ticks())) {
        executor.execute(this::work);
      }
    }
  }

  /** Starts to send over a link. */
  synchronized void start(PeerLink newLink) {
    link = newLink;
    if (state == PeerState.LEFT || state == PeerState.DOWN) {
      state = PeerState.CONNECTING;
    }
    stopped = false;
    executor.execute(() -> begin(newLink));
  }

  private void begin(PeerLink newLink) {
    end();
    if (stopped || newLink != link) {
      return;
    }
    calls = calls(executor, settings.now().callMillis(), this::failed);
    pause = FIRST_PAUSE_MILLIS;
    comparison.begin();
    work();
  }

  /** Lets go of the link; what is being sent is sent again over the next one. */
  private void end() {
    if (calls != null) {
      calls.close();
      calls = null;
    }
    connected = false;
    calling = false;
    resting = false;
  }

  /** Stops to send since the peer is gone; should it come back, what it missed is found out. */
  void leave() {
    pauseSending();
    dirty.lose(environment.ticks());
    leftAt = environment.ticks();
    become(PeerState.LEFT, "discovery no longer knows it");
  }

  private synchronized void pauseSending() {
    stopped = true;
    executor.execute(
        () -> {
          if (stopped) {
            end();
          }
        });
    comparison.end();
  }

  /** Stops to send for good. */
  synchronized void stop() {
    stopped = true;
    executor.stop();
    comparison.stop();
  }

  /** Notes that the peer has called, and so may be there to be called. */
  void heard() {
    heardAt = environment.wallMillis();
    wake();
  }

  /** Ends the wait for the next try, unless the last was only just made. */
  void wake() {
    if (isReachable() || stopped) {
      return;
    }
    called = true;
    if (environment.ticks() - triedAt > LEAST_PAUSE_MILLIS) {
      executor.execute(this::restOn);
    }
  }

  /** Runs {@code done} once the peer has all that was written until now, or is left out. */
  void whenSent(long deadlineMillis, Runnable done) {
    if (!isReachable() || !inStep) {
      done.run();
      return;
    }
    long ticket = dirty.tickets();
    if (ticket <= acknowledged) {
      done.run();
      return;
    }
    waiters.add(ticket, environment.ticks() + deadlineMillis, done);
    if (isReachable()) {
      waiters.release(acknowledged);
    } else {
      waiters.releaseAll();
    }
  }

  /**
   * Leaves the peer out for now when it keeps a client waiting for too long.
   *
   * @return whether a client waits for it still
   */
  boolean checkDeadline() {
    if (waiters.isOverdue(environment.ticks())) {
      become(PeerState.DOWN, "it did not take writes in time");
      executor.execute(this::reconnectIfIdle);
    }
    return !waiters.isEmpty();
  }

  private void reconnectIfIdle() {
    if (!calling && shipping == null) { // or else that is done at the end
      connected = false;
      work();
    }
  }

  /** Takes note that the peer gave this node all that it held. */
  void agreed(HistoryView view) {
    Hello known = peer;
    if (known != null) {
      comparison.agreed(known.incarnation(), view);
    }
  }

  /** Tells whether what the peer claims of its own writes can be believed. */
  boolean isBelieved() {
    return comparison.isBelieving();
  }

  /**
   * Tells whether the peer has seen a write, as far as this node knows; yes for one that left so
   * long ago that removals are forgotten.
   *
   * @param origins all that this node knows of
   */
  boolean hasSeen(long stamp, HistoryView origins) {
    if (state == PeerState.SELF
        || (state == PeerState.LEFT
            && environment.ticks() - leftAt > settings.now().repair().tombstoneMillis())) {
      return true;
    }
    Hello known = peer;
    return known != null && known.history() != null && known.history().covers(stamp, origins);
  }

  /** Has the sending executor find out whether the peer can be called. */
  void failedToCompare(Exception e) {
    noteError(e);
    if (e instanceof IOException) {
      executor.execute(
          () -> {
            if (calls != null) {
              connected = false;
              work();
            }
          });
    }
  }

  /** Does what is to be done next, unless it is under way. */
  private void work() {
    if (calls == null || calling || resting) {
      return;
    }
    if (!connected) {
      connect();
      return;
    }
    if (dirty.isOverflowing()) {
      overflowed();
    }
    becomeInStep();
    if (shipping == null) {
      long gathering = begun + FRAME_NANOS - environment.nanos();
      ReplicationSettings now = settings.now();
      if (gathering > 0 && now.asynchronous() && dirty.size() < now.maxBatchItems()) {
        rest(gathering); // a frame was only just sent, and no client waits for the next
        return;
      }
      settled = history.settled(); // first: all that was told of by then is taken
      shipping = dirty.take();
      lacking = false;
      if (shipping == null) {
        return;
      }
      shipped = 0;
      begun = environment.nanos();
    }
    ship();
  }

  private void rest(long nanos) {
    resting = true;
    PeerCalls resting = calls;
    executor.after(
        nanos,
        () -> {
          if (calls == resting) {
            this.resting = false;
            work();
          }
        });
  }

  private void connect() {
    tellOverflows();
    triedAt = environment.ticks();
    called = false;
    calling = true;
    long pauses = catchUp.pauses();
    calls.hello(
        hello -> {
          catchUp.answered(pauses, hello.history());
          calling = false;
          connected = !catchUp.isDoubted();
          if (peer == null || peer.incarnation() != hello.incarnation()) {
            completeAt = -1;
          }
          peer = hello;
          heardAt = environment.wallMillis();
          becomeReachable();
          peers.meet(hello.history());
          tellOverflows();
          dirty.recover();
          comparison.connected(hello);
          pause = FIRST_PAUSE_MILLIS;
          work();
        });
  }

  /**
   * Goes on without what was dropped, which the comparison finds. Clients that wait go on waiting
   * for that; others are not made to.
   */
  private void overflowed() {
    tellOverflows();
    dirty.recover();
    inStep = false;
    comparison.lost();
  }

  private void tellOverflows() {
    long overflows = dirty.overflows();
    while (counts.overflows.sum() < overflows) {
      counts.overflows.increment();
      LOG.warn(
          "An overflow: more than {} keys wait for peer {}. What it lacks is found by comparing.",
          settings.now().repair().maxPending(),
          url);
    }
  }

  /** Takes note of how a peer that was connected describes itself. */
  void met(Hello hello) throws IOException {
    if (hello.incarnation() != peer.incarnation()) {
      throw new IOException("it restarted");
    }
    peer = hello;
    heardAt = environment.wallMillis();
    if (isReachable()) {
      becomeReachable();
    }
  }

  private void becomeReachable() {
    become(
        peer.bootstrapping()
            ? PeerState.BOOTSTRAPPING
            : peer.catchingUp() ? PeerState.CATCHING_UP : PeerState.LIVE,
        "");
  }

  private void ship() {
    DirtyKeys.Batch batch = shipping;
    if (shipped < batch.keys().length) {
      calling = true;
      send(
          calls,
          batch.keys(),
          batch.stamps(),
          shipped,
          batch.losses() == completeAt && calls.speaksOfHistories()
              ? new Claim(history.self(), settled)
              : null,
          (next, refused) -> {
            calling = false;
            if (refused > 0) {
              lacking = true;
              refused(refused, /* again= */ false);
              comparison.lost();
            }
            shipped = next;
            dirty.left(batch.keys().length - next);
            ship();
          });
      return;
    }
    shipping = null;
    if (state == PeerState.DOWN) {
      connected = false; // left out meanwhile; now that it has all, it says how it is
    }
    if (batch.complete() && !lacking) {
      acknowledge(batch.ticket());
    }
    executor.execute(this::work);
  }

  /** Takes what became of a frame. */
  @FunctionalInterface
  interface Sent {
    /**
     * Goes on.
     *
     * @param next the index of the first key that was not sent
     * @param refused how many items the peer did not take, as their stamps are too far ahead
     */
    void accept(int next, long refused) throws IOException;
  }

  /**
   * Sends a frame of what stands under some keys.
   *
   * @param stamps as in {@link DirtyKeys.Batch}
   * @param claim what the peer has seen with the last of the keys, or null
   */
  void send(PeerCalls caller, Key[] keys, long[] stamps, int from, Claim claim, Sent reply) {
    EntriesFrame frame =
        caller.entries(keys.length - from, settings.now().maxBatchItems(), FRAME_BYTES);
    int i = from;
    while (i < keys.length) {
      Entry entry = holdings.outgoing(keys[i], stamps[i]);
      if (entry != null && !frame.add(entry)) {
        break;
      }
      i++;
    }
    int next = i;
    if (frame.items() == 0) {
      try {
        reply.accept(next, 0);
      } catch (IOException e) {
        throw new IllegalStateException(e); // who gives nothing calls nobody
      }
      return;
    }
    if (claim != null && next == keys.length) {
      frame.claim(claim, peer.incarnation());
    }
    caller.send(
        frame,
        refused -> {
          heardAt = environment.wallMillis();
          counts.sent.add(frame.items());
          reply.accept(next, refused);
        });
  }

  /**
   * Notes that the peer lacks items that it refused. Clients that wait for it wait until the peer
   * is left out; others are not made to. Any thread may call.
   *
   * @param again whether they may have been refused before
   */
  void refused(long count, boolean again) {
    String text = "it refused items stamped more than an hour ahead of its clock";
    if (!text.equals(lastError)) {
      LOG.warn("Peer {}: {} ({} in one frame). Set the clocks of both nodes.", url, text, count);
    }
    lastError = text;
    counts.errors.increment();
    dirty.refused(count, again, environment.ticks());
    inStep = false;
  }

  private void failed(Exception e) {
    calling = false;
    connected = false;
    if (e instanceof IsSelfException) {
      end();
      state = PeerState.SELF;
      dirty.lose(environment.ticks());
      waiters.releaseAll();
      LOG.debug("{} is this node itself", url);
      return;
    }
    noteError(e);
    boolean incompatible = e instanceof OtherVersionException;
    if (incompatible) {
      incompatibleAt = environment.ticks();
    }
    // It stays so until it is met, or is silent for so long that it may be gone.
    if (incompatible
        || state != PeerState.INCOMPATIBLE
        || environment.ticks() - incompatibleAt > INCOMPATIBLE_MILLIS) {
      become(incompatible ? PeerState.INCOMPATIBLE : PeerState.DOWN, lastError);
    }
    waiters.releaseAll();
    if (incompatible) {
      pause = INCOMPATIBLE_PAUSE_MILLIS;
    }
    long half = pause / 2;
    restUntil = environment.ticks() + half + Math.floorMod(environment.random(), half + 1);
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    resting = true;
    restOn();
  }

  /** Waits for the next try; less long once somebody calls who may be the peer. */
  private void restOn() {
    if (!resting || connected || calls == null) {
      return;
    }
    long left = restUntil - environment.ticks();
    if (called || left <= 0) {
      resting = false;
      work();
      return;
    }
    PeerCalls mine = calls;
    long tried = triedAt;
    executor.after(
        TimeUnit.MILLISECONDS.toNanos(Math.min(left, LONGEST_PAUSE_MILLIS)),
        () -> {
          if (calls == mine && triedAt == tried) {
            restOn();
          }
        });
  }

  /** Notes that the peer called, and cannot be talked to; or that somebody claims to be it. */
  void refused(OtherVersionException why) {
    if (isReachable()) {
      if (environment.ticks() - triedAt > LONGEST_PAUSE_MILLIS) {
        executor.execute(
            () -> {
              connected = false; // it is asked what it speaks
              work();
            });
      }
      return;
    }
    incompatibleAt = environment.ticks();
    lastError = why.getMessage();
    become(PeerState.INCOMPATIBLE, lastError);
  }

  private void noteError(Exception e) {
    counts.errors.increment();
    lastError = e.getMessage() == null ? e.toString() : e.getMessage();
    if (e instanceof RuntimeException) {
      LOG.error("Working with peer {} failed", url, e);
    }
  }

  private synchronized void become(PeerState next, String why) {
    PeerState before = state;
    if (before == next) {
      return;
    }
    state = next;
    if (next == PeerState.DOWN || next == PeerState.LEFT || next == PeerState.INCOMPATIBLE) {
      inStep = false;
      waiters.releaseAll();
      // Whether it is missed was said when it went down; one that took its leave is not.
      Level level = next == PeerState.LEFT ? Level.INFO : Level.WARN;
      LOG.atLevel(level).log("Peer {} is {} (was {}): {}", url, next, before, why);
    } else {
      LOG.info("Peer {} is {} (was {})", url, next, before);
    }
  }
}
