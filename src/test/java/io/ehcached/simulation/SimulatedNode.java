package io.ehcached.simulation;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.StampClock;
import io.ehcached.replication.Replicator;
import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.PeerDirectory;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.PeerWatcher;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.spi.UnlistedException;
import io.ehcached.replication.status.PeerStatus;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A node's store and replicator, on the virtual clock; each start of it is another object. */
final class SimulatedNode implements Environment {
  private static final long RECLAIM_MILLIS = 1000;

  /** A bound that no run reaches. */
  static final int PLENTY = 256;

  final int number;

  /** Which start of any node this is. */
  final int start;

  final Store store;
  final Replicator replicator;
  private final String url;
  private final VirtualTime time;
  private final Network network;
  private final SplittableRandom random;

  /** For clients that wait, so that they change nothing else that is left to chance. */
  private final SplittableRandom patience;

  private boolean waiting; // for what a client that waits has this node do
  private final List<Runnable> stalled = new ArrayList<>();
  private PeerWatcher watcher;
  private long wallOffset;
  private boolean suspended;
  private boolean dead;
  private boolean closed; // for peers that are not listed

  SimulatedNode(
      int number,
      int start,
      Scenario.Settings settings,
      VirtualTime time,
      Network network,
      long wallOffset,
      boolean copying) {
    this(number, start, settings, time, network, wallOffset, copying, false);
  }

  /**
   * Makes one, which begins at once.
   *
   * @param unlisted whether others become its peers without being joined
   */
  SimulatedNode(
      int number,
      int start,
      Scenario.Settings settings,
      VirtualTime time,
      Network network,
      long wallOffset,
      boolean copying,
      boolean unlisted) {
    this.number = number;
    this.start = start;
    this.url = Network.url(number);
    this.time = time;
    this.network = network;
    this.wallOffset = wallOffset;
    this.random = time.random().split();
    this.patience = new SplittableRandom(start);
    StampClock clock = new StampClock(this::wallMillis, (int) random.nextLong());
    store =
        Store.withoutRegion(
            settings.maxItems() == 0 ? PLENTY : settings.maxItems(), clock, this::wallMillis);
    replicator = new Replicator("items", url, settings.replication(), store, this, "simulated");
    replicator.start(
        unlisted ? new OpenDirectory() : w -> watcher = w,
        copying ? new BootstrapSettings(true, 200) : null);
    reclaimLater();
  }

  private void reclaimLater() {
    time.after(
        RECLAIM_MILLIS * VirtualTime.MILLI,
        () -> {
          if (!dead) {
            run(store::reclaim);
            reclaimLater();
          }
        });
  }

  String url() {
    return url;
  }

  /** Sets whether nodes that were not joined are refused. */
  void close(boolean value) {
    closed = value;
  }

  /** Lets in everyone who calls, unless it is closed. */
  private final class OpenDirectory implements PeerDirectory {
    @Override
    public void watch(PeerWatcher peers) {
      watcher = peers;
    }

    @Override
    public boolean hasUnlisted() {
      return true;
    }

    @Override
    public PeerLink unlisted(String peer) throws UnlistedException {
      if (closed) {
        throw new UnlistedException("the list is closed");
      }
      return network.link(peer);
    }
  }

  void join(int peer) {
    watcher.joined(network.link(peer));
  }

  void leave(int peer) {
    watcher.left(network.link(peer));
  }

  boolean isAlive() {
    return !dead;
  }

  boolean isSuspended() {
    return suspended;
  }

  void kill() {
    dead = true;
    stalled.clear();
    replicator.close();
  }

  void suspend() {
    suspended = true;
  }

  void resume() {
    if (suspended) {
      suspended = false;
      List<Runnable> waiting = new ArrayList<>(stalled);
      stalled.clear();
      waiting.forEach(task -> time.after(0, () -> run(task)));
    }
  }

  void stepClock(long millis) {
    wallOffset += millis;
  }

  void setClock(long offset) {
    wallOffset = offset;
  }

  /** Runs a task of this node's, unless it is dead; once it goes on, where it is suspended. */
  void run(Runnable task) {
    if (suspended) {
      stalled.add(task);
    } else if (!dead) {
      task.run();
    }
  }

  /** Returns the stamp of what a client would find, or 0. */
  long visible(Key key) {
    StoredItem item = store.peek(key);
    return item == null ? 0 : item.stamp();
  }

  /** Returns which write's value a client would find, or -1. */
  int value(Key key) {
    StoredItem item = store.peek(key);
    return item == null ? -1 : Oracle.read(item.value());
  }

  /** Returns the stamp of what this node knows of a key, be it a removal, or 0. */
  long known(Key key) {
    StoredItem item = store.held(key);
    long removed = store.ledger().death(key);
    return item == null ? removed : Math.max(removed, item.stamp());
  }

  /** Sets an item; returns its stamp. */
  long set(Key key, byte[] value, long ttlMillis) {
    long expiry = ttlMillis == 0 ? Expiry.REGION : wallMillis() + ttlMillis;
    StoredItem item = store.change(key, value, (old, v) -> new StoredItem(key, v, 0, expiry));
    return item.stamp();
  }

  /** Removes what is there, or is not; returns the stamp of that. */
  long delete(Key key) {
    if (store.peek(key) == null) {
      store.removeAbsent(key);
    } else {
      store.change(key, key, (old, k) -> null);
    }
    return store.ledger().tombstones().stamp(key);
  }

  /** Has a client wait until peers have what it wrote. */
  void awaitReplication(Runnable answer) {
    byWaiting(() -> replicator.whenReplicated(answer));
  }

  private void byWaiting(Runnable task) {
    boolean before = waiting;
    waiting = true;
    task.run();
    waiting = before;
  }

  PeerStatus status(int peer) {
    String url = Network.url(peer);
    return replicator.status().peers().stream()
        .filter(status -> status.url().equals(url))
        .findFirst()
        .orElse(null);
  }

  @Override
  public long wallMillis() {
    return VirtualTime.START_MILLIS + time.now() / VirtualTime.MILLI + wallOffset;
  }

  @Override
  public long nanos() {
    return time.now();
  }

  @Override
  public long random() {
    return random.nextLong();
  }

  @Override
  public SerialExecutor executor(String name) {
    return new Tasks();
  }

  private final class Tasks implements SerialExecutor {
    private long last; // when the task before runs
    private boolean stopped;

    @Override
    public void execute(Runnable task) {
      last = Math.max(last + 1, time.now() + random.nextLong(50_000));
      time.at(last, () -> SimulatedNode.this.run(() -> run(task)));
    }

    private void run(Runnable task) {
      if (!stopped) {
        task.run();
      }
    }

    @Override
    public void after(long nanos, Runnable task) {
      if (waiting) {
        time.after(
            nanos + patience.nextLong(50_000),
            () -> SimulatedNode.this.run(() -> byWaiting(() -> run(task))));
        return;
      }
      time.after(nanos, () -> SimulatedNode.this.run(() -> execute(task)));
    }

    @Override
    public void call(PeerLink link, byte[] frame, long timeoutMillis, Answer answer) {
      if (!stopped) {
        network.call(
            SimulatedNode.this,
            link,
            frame,
            timeoutMillis,
            (reply, failure) -> execute(() -> answer.accept(reply, failure)));
      }
    }

    @Override
    public void stop() {
      stopped = true;
    }
  }
}
