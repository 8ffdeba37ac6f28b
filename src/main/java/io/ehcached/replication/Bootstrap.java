package io.ehcached.replication;

import io.ehcached.replication.wire.Entry;
import io.ehcached.store.Digests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what the peers hold to a node that has just started. By then the node takes part: what is
 * written meanwhile reaches it as it reaches the others, and the copy is merged, so that it never
 * takes the place of anything newer. When the source dies another one goes on at the same bucket.
 */
final class Bootstrap {
  /** What the copy is at. */
  enum State {
    /** There is none to be made. */
    NONE,
    /** No peer that holds everything was found yet. */
    SEEKING,
    /** A peer is being copied. */
    COPYING,
    /** The copy is made, or there was nobody to copy from. */
    DONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);
  private static final long SEEK_MILLIS = 2000;
  private static final long SEEK_AT_MOST_MILLIS = 5000;
  private static final long POLL_MILLIS = 20;
  private static final long PATIENCE_MILLIS = 5000;
  private static final long LINK_MILLIS = 1000;
  private static final long TELL_EVERY_MILLIS = 5000;
  private static final int PASSES = 3;

  private final Peers peers;
  private final BootstrapSettings settings;
  private final long callMillis;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Set<PeerSender> refusing = new HashSet<>();
  private volatile State state = State.SEEKING;
  private volatile String source = "";
  private volatile boolean failed;
  private final AtomicLong copied = new AtomicLong();
  private volatile long total;
  private volatile int bucket;
  private long toldAt;

  Bootstrap(Peers peers, BootstrapSettings settings, long callMillis) {
    this.peers = peers;
    this.settings = settings;
    this.callMillis = callMillis;
  }

  State state() {
    return state;
  }

  /** Returns where the copy comes from, or nothing. */
  String source() {
    return source;
  }

  /** Returns how many entries came so far. */
  long copied() {
    return copied.get();
  }

  /** Returns how many entries the source holds, roughly. */
  long total() {
    return total;
  }

  /** Returns how much of the keys is done, in hundredths. */
  int percent() {
    return state == State.DONE ? 100 : bucket * 100 / Digests.BUCKETS;
  }

  /** Tells whether the copy ended by a fault of this node's. */
  boolean failed() {
    return failed;
  }

  /** Waits until the copy is made. */
  void await() throws InterruptedException {
    done.await();
  }

  /** Makes the copy; returns when it is made, or there is nobody to copy from. */
  void run() {
    long start = Ticks.millis();
    toldAt = start;
    try {
      copyAll();
      LOG.info(
          source.isEmpty()
              ? "No peer has anything to copy: ready"
              : "Copied {} items in {} ms from {}: ready",
          copied.get(),
          Ticks.millis() - start,
          source);
    } catch (InterruptedException e) {
      LOG.debug("stopped while copying");
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        failed = true;
        LOG.error(
            "The copy failed: what is missing comes by and by, and only a new start makes the node ready",
            e);
      }
    } finally {
      state = State.DONE;
      peers.bootstrapping(false);
      done.countDown();
    }
  }

  private void copyAll() throws InterruptedException {
    while (true) {
      PeerSender from = seek();
      if (from == null) {
        return;
      }
      state = State.COPYING;
      source = from.url();
      try {
        copyFrom(from);
        return;
      } catch (IOException e) {
        refusing.add(from);
        LOG.warn("Copying from {} failed at {} %: {}", from.url(), percent(), e.getMessage());
        state = State.SEEKING;
      }
    }
  }

  /** Finds a peer that holds everything, or returns null when there is none within reach. */
  private PeerSender seek() throws InterruptedException {
    long start = Ticks.millis();
    while (true) {
      boolean connecting = false;
      for (PeerSender peer : peers.present()) {
        if (peer.state() == PeerState.LIVE && !refusing.contains(peer)) {
          return peer;
        }
        connecting |= peer.state() == PeerState.CONNECTING;
      }
      long waited = Ticks.millis() - start;
      if (waited > SEEK_AT_MOST_MILLIS || (waited > SEEK_MILLIS && !connecting)) {
        if (refusing.isEmpty() || waited > SEEK_AT_MOST_MILLIS) {
          return null;
        }
        refusing.clear(); // one that failed may be back
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private void copyFrom(PeerSender from) throws IOException, InterruptedException {
    PeerCalls calls = from.calls().within(Math.max(callMillis, PATIENCE_MILLIS));
    copy(from, calls, 0, bucket, Digests.BUCKETS);
    awaitLink(calls);
    for (int pass = 1; pass < PASSES; pass++) {
      List<Integer> differing = differing(calls);
      if (differing.isEmpty() || (pass > 1 && differing.size() > Digests.BUCKETS / 8)) {
        return; // what still differs is being written
      }
      long view = 0;
      for (int b : differing) {
        view = copy(from, calls, view, b, b + 1);
      }
      copy(from, calls, view, Digests.BUCKETS - 1, Digests.BUCKETS); // lets go of the view
    }
  }

  /** Copies some buckets; returns the source's view of its keys. */
  private long copy(PeerSender from, PeerCalls calls, long view, int first, int end)
      throws IOException, InterruptedException {
    Chunk.Place place = new Chunk.Place(view, first, 0);
    while (place.bucket() < end) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Chunk chunk = calls.chunk(place, end, settings.chunkBytes());
      for (Entry entry : chunk.entries()) {
        peers.take(entry, from.counts());
      }
      copied.addAndGet(chunk.entries().size());
      total = chunk.total();
      place = chunk.next();
      if (bucket < Digests.BUCKETS) {
        bucket = place.bucket();
        tell(from);
      }
    }
    return place.view();
  }

  private void tell(PeerSender from) {
    long now = Ticks.millis();
    if (now - toldAt >= TELL_EVERY_MILLIS) {
      toldAt = now;
      LOG.info("Copying from {}: {} of about {} items", from.url(), copied.get(), total);
    }
  }

  /** Waits until the source brings its writes here by itself, so that none falls in between. */
  private static void awaitLink(PeerCalls calls) throws IOException, InterruptedException {
    long start = Ticks.millis();
    while (!calls.hello().linked() && Ticks.millis() - start < LINK_MILLIS) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private List<Integer> differing(PeerCalls calls) throws IOException {
    long[] theirs = calls.buckets();
    long[] mine = peers.store().ledger().digests().buckets();
    List<Integer> differing = new ArrayList<>();
    for (int i = 0; i < mine.length; i++) {
      if (mine[i] != theirs[i]) {
        differing.add(i);
      }
    }
    return differing;
  }
}
