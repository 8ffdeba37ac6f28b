package io.ehcached.replication;

import io.ehcached.item.Key;
import io.ehcached.replication.bootstrap.Bootstrap;
import io.ehcached.replication.bootstrap.MissFetcher;
import io.ehcached.replication.membership.CatchUp;
import io.ehcached.replication.membership.ClientAddresses;
import io.ehcached.replication.membership.ExpectedPeers;
import io.ehcached.replication.membership.Peers;
import io.ehcached.replication.membership.UnlistedPeers;
import io.ehcached.replication.receiver.Receiver;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.FrameHandler;
import io.ehcached.replication.spi.PeerDirectory;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.status.NodeIdentity;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.ReplicationReport;
import io.ehcached.replication.status.ReplicationStatus;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.Identity;
import io.ehcached.replication.wire.NodeDescription;
import io.ehcached.replication.wire.Serving;
import io.ehcached.store.History;
import io.ehcached.store.Ledger;
import io.ehcached.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one region the same on all nodes: takes in what peers send, and brings them what changes
 * here. Safe for use by many threads.
 */
public final class Replicator implements FrameHandler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);
  private static final long POLL_MILLIS = 20;

  /** For how long a peer that is down counts as merely slow when this node stops, in ms. */
  private static final long SLOW_MILLIS = 15_000;

  /** How long after its start a node may find that its secret is not that of its peers. */
  private static final long STARTING_MILLIS = 30_000;

  private volatile String url;
  private final LiveSettings settings;
  private final LocalReplica local;
  private final Peers peers;
  private final UnlistedPeers unlisted;
  private final CatchUp catchUp;
  private final ExpectedPeers expected;
  private final ClientAddresses clients;
  private final Receiver receiver;
  private final MissFetcher misses;
  private volatile Bootstrap bootstrap;
  private final Environment environment;
  private final SerialExecutor executor;
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile long startedAt; // by ticks
  private volatile boolean stopped;
  private volatile boolean met; // there was a moment at which all live peers sent to this node

  /**
   * Makes the replicator of a region, which has no peers yet. The store keeps a ledger from here
   * on.
   *
   * @param region the region's name
   * @param url where peers can reach it
   * @param environment what replication runs on
   * @param release of the program, for peers and their operators
   */
  public Replicator(
      String region,
      String url,
      ReplicationSettings settings,
      Store store,
      Environment environment,
      String release) {
    Identity self = new Identity(region, url, environment.random(), release);
    this.url = url;
    this.settings = new LiveSettings(settings);
    this.environment = environment;
    this.executor = environment.executor("ehcached-deadlines");
    this.local = new LocalReplica(self, this.settings, store, environment);
    this.peers = new Peers(local);
    this.unlisted = new UnlistedPeers(peers, local);
    this.catchUp = new CatchUp(peers, local);
    this.expected = new ExpectedPeers(peers, environment);
    History history = new History(store.clock(), environment.random());
    store.keep(
        new Ledger(
            environment::nanos,
            history,
            settings.repair().tombstones(),
            settings.repair().tombstoneMillis(),
            settings.repair().slices(),
            peers));
    this.clients = new ClientAddresses(peers, environment::wallMillis);
    this.receiver = new Receiver(local, peers, unlisted, catchUp, clients);
    this.misses = new MissFetcher(peers, local);
  }

  /**
   * Starts to work with the peers that a directory knows, now and later, and to copy what they
   * hold. Peers can call by now.
   *
   * @param copying how to copy; null when nothing is to be copied
   */
  public synchronized void start(PeerDirectory directory, BootstrapSettings copying) {
    if (copying != null) {
      local.setBootstrapping(true);
      bootstrap = new Bootstrap(peers, local, copying);
    }
    startedAt = environment.ticks();
    unlisted.start(directory, executor);
    catchUp.start(executor);
    expected.start(executor);
    if (copying != null) {
      bootstrap.start();
    }
  }

  /**
   * Replicates as other settings say from now on, as far as they are about what is replicated, how
   * much at once, and whether clients wait for it.
   */
  public synchronized void change(ReplicationSettings next) {
    settings.change(
        next.sending(next.maxBatchItems(), settings.now().callMillis())
            .keeping(settings.now().repair()));
  }

  /**
   * Sets what tells how this node describes itself to peers.
   *
   * @param name the node's
   * @param by settings, by the names of {@link io.ehcached.replication.settings.ComparedSetting}
   */
  public void describe(String name, Supplier<Map<String, String>> by) {
    local.describe(() -> new NodeDescription(by.get()).named(name));
  }

  /** Tells peers that this node describes itself in another way now. */
  public void describedAnew() {
    peers.present().forEach(PeerSender::greet);
  }

  /** Sets how many peers should be reachable from now on; 0 is any number. */
  public void expect(int count) {
    expected.expect(count);
  }

  /** Leaves peers out that keep clients waiting for too long, for as long as clients wait. */
  private void watchDeadlines() {
    watching.set(false); // first, so that who comes to wait from now on is not missed
    boolean waiting = false;
    for (PeerSender peer : peers.present()) {
      waiting |= peer.checkDeadline();
    }
    if (waiting && watching.compareAndSet(false, true)) {
      watchSoon();
    }
  }

  private void watchSoon() {
    executor.after(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS), this::watchDeadlines);
  }

  /** Waits until this node holds what its peers hold, as far as there are any within reach. */
  public void awaitCopy() throws InterruptedException {
    if (bootstrap != null) {
      bootstrap.await();
    }
  }

  /** Tells whether a miss may be due to the copy's not being made yet: see {@link #fetch}. */
  public boolean isCopying() {
    return local.isBootstrapping();
  }

  /**
   * Fetches what a peer holds under some keys into the store, then runs {@code done} on a thread of
   * this class's, whatever came of it.
   */
  public void fetch(List<Key> keys, Runnable done) {
    misses.fetch(keys, done);
  }

  /** Tells whether clients are to be answered only once the peers have their writes. */
  public boolean isSynchronous() {
    return !settings.now().asynchronous();
  }

  /**
   * Runs {@code done} once every peer within reach has what was written until now; a peer that
   * takes too long is out of reach from then on. It runs here and now, or later on another thread.
   */
  public void whenReplicated(Runnable done) {
    peers.whenSent(settings.now().callMillis(), done);
    if (watching.compareAndSet(false, true)) {
      watchSoon();
    }
  }

  @Override
  public byte[] handle(byte[] frame) throws IOException {
    if (stopped) {
      throw new IOException("the node is stopping");
    }
    try {
      return receiver.handle(frame);
    } catch (RuntimeException e) { // a fault here is no reason for the peer to stop
      if (!stopped) {
        LOG.error("A frame from a peer could not be processed", e);
      }
      throw new IOException("a fault of the node's own: " + e, e);
    }
  }

  /** Notes by which other URL peers can reach this node from now on. */
  public void moved(String newUrl) {
    url = newUrl;
    local.moved(newUrl);
  }

  /** Sets where peers are told that clients find this node; {@link Serving#NONE} for nowhere. */
  public void advertise(Serving serving) {
    clients.advertise(serving);
  }

  /** Returns where clients can connect: to this node and to the peers within reach. */
  public List<Serving> serving() {
    return clients.all();
  }

  /**
   * Tells whether this node seems to be the one with a wrong secret: peers showed soon after its
   * start that they have another one, and it met none. A node that has run for longer may be right.
   */
  private boolean hasOtherSecret() {
    List<PeerSender> present = peers.present();
    return present.stream().allMatch(peer -> peer.peer() == null)
        && present.stream()
            .flatMapToLong(peer -> peer.health().otherSecretAt().stream())
            .anyMatch(at -> at - startedAt <= STARTING_MILLIS);
  }

  /** Returns which node this is. */
  public NodeIdentity identity() {
    return NodeIdentity.of(local.description().name(), local.self().incarnation());
  }

  /** Returns which node serves clients there, as far as that is known. */
  public NodeIdentity nodeAt(Serving serving) {
    if (serving.equals(clients.self().at(serving.version()))) {
      return identity();
    }
    for (PeerSender peer : peers.present()) {
      Hello hello = peer.peer();
      if (hello != null && hello.serving().at(serving.version()).equals(serving)) {
        return peer.identity();
      }
    }
    return NodeIdentity.UNKNOWN;
  }

  /** Returns what {@code stats replication} shows, as names and values in their order. */
  public Map<String, String> stats() {
    return ReplicationReport.of(status());
  }

  /** Returns the state of replication. */
  public ReplicationStatus status() {
    long now = environment.wallMillis();
    List<PeerSender> present = peers.present();
    met |=
        !isCopying()
            && present.stream().anyMatch(PeerSender::isReachable)
            && present.stream().noneMatch(peer -> peer.isOneWay(false));
    return new ReplicationStatus(
        local.self().region(),
        url,
        identity(),
        local.self().speaker().version(),
        isSynchronous(),
        bootstrap == null ? ReplicationStatus.Copying.NONE : bootstrap.status(),
        catchUp.status(),
        hasOtherSecret(),
        local.store().ledger().tombstones().size(),
        peers.strangers().received.sum(),
        expected.count(),
        present.stream().map(peer -> peer.status(now, unlisted.origin(peer.url()), met)).toList());
  }

  /** Tells whether nothing waits to be sent to any peer. */
  boolean isDrained() {
    return peers.present().stream().allMatch(PeerSender::isDrained);
  }

  /** Returns how many entries were handed to peers. */
  long sent() {
    return peers.present().stream().mapToLong(sender -> sender.counts().sent.sum()).sum();
  }

  /**
   * Waits until the peers have all that was written, those that are merely slow too.
   *
   * @return how many writes are left over
   */
  public long drain(long timeoutMillis) throws InterruptedException {
    awaitDrained(timeoutMillis);
    long left = 0;
    for (PeerSender peer : peers.present()) {
      if (!peer.isDrained()) {
        left += peer.pending();
        LOG.warn("{} writes were not handed to {}", peer.pending(), peer.shown());
      }
    }
    return left;
  }

  /** Waits as {@link #drain} does, and says nothing of what is left over. */
  public void awaitDrained(long timeoutMillis) throws InterruptedException {
    long end = environment.ticks() + timeoutMillis;
    while (peers.present().stream().anyMatch(this::isWorthWaitingFor)
        && environment.ticks() < end) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /**
   * Tells the peers that this node stops, as its operator wants, so that they do not take it for a
   * failure.
   */
  public void announceStop(long timeoutMillis) throws InterruptedException {
    local.stopSoon();
    describedAnew();
    long end = environment.ticks() + timeoutMillis;
    while (!peers.present().stream().allMatch(PeerSender::isToldOfStop)
        && environment.ticks() < end) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private boolean isWorthWaitingFor(PeerSender peer) {
    long unheard = environment.wallMillis() - peer.health().heardAt();
    return !peer.isDrained()
        && peer.state() != PeerState.INCOMPATIBLE
        && peer.state() != PeerState.STOPPED
        && (peer.isReachable() || unheard < SLOW_MILLIS);
  }

  /** Stops at once: what was not sent is lost with the node. */
  @Override
  public synchronized void close() {
    stopped = true;
    executor.stop();
    if (bootstrap != null) {
      bootstrap.stop();
    }
    misses.stop();
    peers.stop();
  }
}
