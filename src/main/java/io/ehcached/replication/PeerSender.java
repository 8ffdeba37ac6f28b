package io.ehcached.replication;

import io.ehcached.item.Key;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.store.ChangeListener.Kind;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings one peer this node's writes, in a thread of its own, so that no peer waits for another. It
 * keeps the keys, reads what stands under them when it builds a frame, and tries until the peer has
 * taken it. A second thread compares what both hold, which may take long and must not hold writes
 * up.
 */
final class PeerSender {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSender.class);
  private static final int FRAME_BYTES = 1 << 20;
  private static final long IDLE_MILLIS = 1000;

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

  private final String url;
  private final Identity self;
  private final LiveSettings settings;
  private final LongSupplier millis;
  private final Holdings holdings;
  private final DirtyKeys dirty;
  private final Comparison comparison;
  private final Waiters waiters = new Waiters();
  private final PeerCounts counts = new PeerCounts();

  private PeerLink link;
  private List<Thread> threads = List.of();

  /** Is what it was when a thread was started for as long as that is to go on. */
  private volatile Object session;

  private volatile Exception broken;
  private volatile PeerCalls calls;
  private volatile PeerState state = PeerState.CONNECTING;
  private volatile Hello peer;
  private volatile long heardAt;
  private volatile String lastError = "";
  private DirtyKeys.Batch shipping; // by the sending thread, as is what follows
  private int shipped;
  private long begun = System.nanoTime() - FRAME_NANOS; // when the last frame was
  private volatile long acknowledged;

  /** Whether clients may be made to wait for the peer: not while it has much to catch up with. */
  private volatile boolean inStep;

  private volatile long triedAt = Ticks.millis();

  /** Whether somebody called since the last try who may be the peer, started anew. */
  private volatile boolean called;

  private long pause = FIRST_PAUSE_MILLIS;

  PeerSender(String url, Identity self, LiveSettings settings, Peers peers) {
    this.url = url;
    this.self = self;
    this.settings = settings;
    this.millis = peers.millis();
    this.holdings = new Holdings(peers.store());
    this.dirty = new DirtyKeys(settings.now().maxPending());
    this.comparison = new Comparison(this, peers, settings);
  }

  String url() {
    return url;
  }

  PeerState state() {
    return state;
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

  /** Returns the calls to the peer, or null before the first start. */
  PeerCalls calls() {
    return calls;
  }

  /** Returns how the peer last described itself, or null. */
  Hello peer() {
    return peer;
  }

  /** Returns how many keys wait to be sent. */
  long pending() {
    return dirty.size();
  }

  /** Returns how long the oldest write waits to be sent, in milliseconds. */
  long lag() {
    long oldest = dirty.oldest();
    return oldest == 0 ? 0 : Math.max(0, millis.getAsLong() - oldest);
  }

  /** Tells whether nothing is left to send. */
  boolean isDrained() {
    return pending() == 0 && !dirty.lost() && !comparison.isOutstanding();
  }

  boolean isReachable() {
    return state == PeerState.LIVE || state == PeerState.BOOTSTRAPPING;
  }

  /** Notes a local write. Called under the key's lock. */
  void changed(Key key, long stamp, Kind change) {
    ReplicationSettings wanting = settings.now();
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
      dirty.add(key, copied ? stamp : -stamp, millis.getAsLong());
    }
  }

  /** Starts to send over a link. */
  synchronized void start(PeerLink newLink) {
    List<Thread> before = threads;
    stop();
    link = newLink;
    calls = new PeerCalls(link, self, millis, settings.now().callMillis());
    if (state == PeerState.LEFT || state == PeerState.DOWN) {
      state = PeerState.CONNECTING;
    }
    pause = FIRST_PAUSE_MILLIS;
    Object mine = new Object();
    session = mine;
    threads =
        List.of(
            new Thread(() -> runAfter(before, () -> run(mine)), "ehcached-send-" + url),
            new Thread(
                () -> runAfter(before, () -> comparison.run(() -> session == mine)),
                "ehcached-compare-" + url));
    for (Thread thread : threads) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Stops to send since the peer is gone; should it come back, what it missed is found out. */
  void leave() {
    stop();
    long oldest = dirty.oldest();
    dirty.lose(oldest == 0 ? millis.getAsLong() : oldest);
    become(PeerState.LEFT, "discovery no longer knows it");
  }

  /** Stops to send. */
  synchronized void stop() {
    session = null;
    threads.forEach(Thread::interrupt);
  }

  /** Notes that the peer has called, and so may be there to be called. */
  void heard() {
    heardAt = millis.getAsLong();
    wake();
  }

  /** Ends the wait for the next try, unless the last was only just made. */
  void wake() {
    if (isReachable() || session == null) {
      return;
    }
    called = true;
    if (Ticks.millis() - triedAt > LEAST_PAUSE_MILLIS) {
      dirty.wake();
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
    waiters.add(ticket, Ticks.millis() + deadlineMillis, done);
    if (isReachable() && inStep) {
      waiters.release(acknowledged);
    } else {
      waiters.releaseAll();
    }
  }

  /** Leaves the peer out for now when it keeps a client waiting for too long. */
  void checkDeadline() {
    if (waiters.isOverdue(Ticks.millis())) {
      become(PeerState.DOWN, "it did not take writes in time");
    }
  }

  /** Runs once the threads before have let go of what these work on. */
  private static void runAfter(List<Thread> before, Runnable task) {
    try {
      for (Thread thread : before) {
        thread.join();
      }
      task.run();
    } catch (InterruptedException e) {
      LOG.debug("stopped before it was started");
    }
  }

  private void run(Object mine) {
    boolean connected = false;
    while (session == mine) {
      try {
        if (!connected || broken != null) {
          broken = null;
          connect();
          connected = true;
        }
        work();
      } catch (IsSelfException e) {
        state = PeerState.SELF;
        dirty.lose(millis.getAsLong());
        waiters.releaseAll();
        LOG.debug("{} is this node itself", url);
        return;
      } catch (InterruptedException e) {
        // stopped, or else nothing to heed
      } catch (IOException | RuntimeException e) {
        connected = false;
        if (session == mine) {
          failed(e);
        }
      }
    }
  }

  /** Has the sending thread find out whether the peer can be called. */
  void failedToCompare(Exception e) {
    noteError(e);
    if (e instanceof IOException) {
      broken = e;
      dirty.wake();
    }
  }

  private void connect() throws IOException {
    triedAt = Ticks.millis();
    called = false;
    Hello hello = calls.hello();
    peer = hello;
    heardAt = millis.getAsLong();
    becomeReachable();
    comparison.connected(hello, dirty.recover());
    pause = FIRST_PAUSE_MILLIS;
  }

  /** Takes note of how a peer that was connected describes itself. */
  void met(Hello hello) throws IOException {
    if (hello.incarnation() != peer.incarnation()) {
      throw new IOException("it was started anew");
    }
    peer = hello;
    heardAt = millis.getAsLong();
    if (isReachable()) {
      becomeReachable();
    }
  }

  private void becomeReachable() {
    become(peer.bootstrapping() ? PeerState.BOOTSTRAPPING : PeerState.LIVE, "");
  }

  private void work() throws IOException, InterruptedException {
    if (dirty.lost()) { // more came than it takes
      comparison.lost(dirty.recover());
    }
    if (!inStep && dirty.size() < settings.now().maxBatchItems()) {
      inStep = true;
    }
    if (shipping == null) {
      shipped = 0;
      gather();
      shipping = dirty.take(IDLE_MILLIS);
      begun = System.nanoTime();
    }
    if (shipping != null) {
      ship(shipping);
    }
  }

  /** Lets writes come together when a frame was only just sent, and no client waits for them. */
  private void gather() throws InterruptedException {
    ReplicationSettings now = settings.now();
    long rest = begun + FRAME_NANOS - System.nanoTime();
    while (rest > 0 && now.asynchronous() && dirty.size() < now.maxBatchItems()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(rest); // Java 17 sleeps whole milliseconds
      rest = begun + FRAME_NANOS - System.nanoTime();
    }
  }

  private void ship(DirtyKeys.Batch batch) throws IOException {
    while (shipped < batch.keys().length) {
      shipped = send(batch.keys(), batch.stamps(), shipped);
      dirty.left(batch.keys().length - shipped);
    }
    shipping = null;
    if (state == PeerState.DOWN) { // left out meanwhile, and has caught up
      becomeReachable();
    }
    acknowledged = batch.ticket();
    waiters.release(acknowledged);
  }

  /**
   * Sends a frame of what stands under some keys.
   *
   * @param stamps as in {@link DirtyKeys.Batch}
   * @return the index of the first key that was not sent
   */
  int send(Key[] keys, long[] stamps, int from) throws IOException {
    EntriesFrame frame =
        calls.entries(keys.length - from, settings.now().maxBatchItems(), FRAME_BYTES);
    int i = from;
    while (i < keys.length) {
      Entry entry = holdings.outgoing(keys[i], stamps[i]);
      if (entry != null && !frame.add(entry)) {
        break;
      }
      i++;
    }
    if (frame.items() > 0) {
      long refused = calls.send(frame);
      heardAt = millis.getAsLong();
      counts.sent.add(frame.items());
      if (refused > 0) {
        tooFarAhead(refused);
      }
    }
    return i;
  }

  private void tooFarAhead(long refused) {
    String text = "it refused items stamped more than an hour ahead of its clock";
    if (!text.equals(lastError)) {
      LOG.warn("Peer {}: {} ({} in one frame). Set the clocks of both nodes.", url, text, refused);
    }
    lastError = text;
    counts.errors.increment();
  }

  private void failed(Exception e) {
    noteError(e);
    boolean incompatible = e instanceof OtherVersionException;
    if (incompatible || state != PeerState.INCOMPATIBLE) { // it stays so until it is met
      become(incompatible ? PeerState.INCOMPATIBLE : PeerState.DOWN, lastError);
    }
    waiters.releaseAll();
    if (incompatible) {
      pause = INCOMPATIBLE_PAUSE_MILLIS;
    }
    long start = Ticks.millis();
    long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    try {
      do {
        dirty.pause(Math.min(jittered, LONGEST_PAUSE_MILLIS));
      } while (!called && session != null && Ticks.millis() - start < jittered);
    } catch (InterruptedException interrupted) {
      // stopped, as the loop will see
    }
  }

  /** Notes that the peer called, and cannot be talked to. */
  void refused(OtherVersionException why) {
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
