package io.ehcached.replication.bootstrap;

import io.ehcached.replication.membership.Peers;
import io.ehcached.replication.repair.MissingItems;
import io.ehcached.replication.repair.RepairPass;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.sender.PeerCalls;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.status.ReplicationStatus.Copying;
import io.ehcached.replication.wire.Chunk;
import io.ehcached.replication.wire.Entry;
import io.ehcached.store.Digests;
import io.ehcached.store.History;
import io.ehcached.store.HistoryView;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what the peers hold to a node that has just started. By then the node takes part: what is
 * written meanwhile reaches it as it reaches the others, and the copy is merged, so that it never
 * takes the place of anything newer. When the source dies another one goes on at the same bucket.
 */
public final class Bootstrap {
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
  private final LocalReplica local;
  private final BootstrapSettings settings;
  private final long callMillis;
  private final Environment environment;
  private final SerialExecutor executor;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Set<PeerSender> refusing = new HashSet<>();
  private volatile State state = State.SEEKING;
  private volatile String source = "";
  private volatile boolean failed;
  private final AtomicLong copied = new AtomicLong();
  private volatile long total;
  private volatile int bucket;
  private HistoryView inherited; // what all sources had seen; null where one does not tell
  private long started; // by ticks
  private long toldAt;

  /** Makes a copy that has not begun. */
  public Bootstrap(Peers peers, LocalReplica local, BootstrapSettings settings) {
    this.peers = peers;
    this.local = local;
    this.settings = settings;
    this.callMillis = local.settings().now().callMillis();
    this.environment = local.environment();
    this.executor = environment.executor("ehcached-bootstrap");
  }

  /** Returns what the copy is at. */
  public Copying status() {
    String from = source;
    return new Copying(
        failed ? "failed" : state.toString(),
        from.isEmpty() ? Copying.NONE.source() : from,
        percent(),
        copied.get(),
        failed);
  }

  /** Returns how much of the keys is done, in hundredths. */
  private int percent() {
    return state == State.DONE ? 100 : bucket * 100 / Digests.BUCKETS;
  }

  /** Waits until the copy is made. */
  public void await() throws InterruptedException {
    done.await();
  }

  /** Makes the copy, by tasks of an executor. */
  public void start() {
    started = environment.ticks();
    toldAt = started;
    executor.execute(this::seek);
  }

  /** Ends the copy where it is. */
  public void stop() {
    executor.stop();
  }

  private void ready() {
    if (!source.isEmpty()) {
      long took = environment.ticks() - started;
      LOG.info("Copied {} items in {} ms from {}: ready", copied.get(), took, source);
    } else if (bucket == 0) {
      LOG.info("No peer has anything to copy: ready");
    } else {
      LOG.warn(
          "The copy broke off at {} %, and no other peer can be copied: ready with {} items."
              + " Comparing with the peers brings the rest once they are back.",
          percent(), copied.get());
    }
    end();
  }

  private void end() {
    state = State.DONE;
    local.setBootstrapping(false);
    done.countDown();
    executor.stop();
  }

  /** Ends it where this node has a fault. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void broken(Exception e) {
    failed = true;
    LOG.error(
        "The copy failed. Comparing with the peers brings the missing items; restart the node to"
            + " make it ready.",
        e);
    end();
  }

  private void later(Runnable task) {
    executor.after(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS), () -> guarded(task));
  }

  private void seek() {
    guarded(() -> seek(environment.ticks()));
  }

  /** Finds a peer that holds everything; there is nothing to copy when none is within reach. */
  private void seek(long since) {
    boolean connecting = false;
    for (PeerSender peer : peers.present()) {
      if (peer.state() == PeerState.LIVE && !refusing.contains(peer)) {
        copyFrom(peer);
        return;
      }
      connecting |= peer.state() == PeerState.CONNECTING || peer.state() == PeerState.CATCHING_UP;
    }
    long waited = environment.ticks() - since;
    if (waited > SEEK_AT_MOST_MILLIS || (waited > SEEK_MILLIS && !connecting)) {
      if (refusing.isEmpty() || waited > SEEK_AT_MOST_MILLIS) {
        ready();
        return;
      }
      refusing.clear(); // one that failed may be back
    }
    later(() -> seek(since));
  }

  private void copyFrom(PeerSender from) {
    state = State.COPYING;
    source = from.url();
    PeerCalls[] calls = new PeerCalls[1];
    calls[0] =
        from.calls(
            executor,
            Math.max(callMillis, PATIENCE_MILLIS),
            e -> {
              if (e instanceof RuntimeException) {
                broken(e);
                return;
              }
              calls[0].close();
              refusing.add(from);
              LOG.warn(
                  "Copying from {} failed at {} %: {}", from.shown(), percent(), e.getMessage());
              state = State.SEEKING;
              source = "";
              seek();
            });
    calls[0].hello(
        hello -> {
          HistoryView source = hello.history();
          boolean first = bucket == 0;
          inherited =
              source == null || (!first && inherited == null)
                  ? null
                  : first ? source : inherited.common(source);
          copy(
              from,
              calls[0],
              new Chunk.Place(0, bucket, 0),
              Digests.BUCKETS,
              view -> awaitLink(from, calls[0], environment.ticks()));
        });
  }

  /** Copies some buckets, then goes on with the source's view of its keys. */
  private void copy(
      PeerSender from, PeerCalls calls, Chunk.Place place, int end, LongConsumer next) {
    if (place.bucket() >= end) {
      next.accept(place.view());
      return;
    }
    calls.chunk(
        place,
        end,
        settings.chunkBytes(),
        chunk -> {
          for (Entry entry : chunk.entries()) {
            local.take(entry, from.counts());
          }
          total = chunk.total();
          if (bucket < Digests.BUCKETS) { // not what is copied once more
            copied.addAndGet(chunk.entries().size());
            bucket = chunk.next().bucket();
            tell(from);
          }
          copy(from, calls, chunk.next(), end, next);
        });
  }

  private void tell(PeerSender from) {
    long now = environment.ticks();
    if (now - toldAt >= TELL_EVERY_MILLIS) {
      toldAt = now;
      LOG.info("Copying from {}: {} of about {} items", from.shown(), copied.get(), total);
    }
  }

  /** Waits until the source brings its writes here by itself, so that none falls in between. */
  private void awaitLink(PeerSender from, PeerCalls calls, long since) {
    calls.hello(
        hello -> {
          if (hello.linked() || environment.ticks() - since >= LINK_MILLIS) {
            copyDiffering(from, calls, 1);
          } else {
            later(() -> awaitLink(from, calls, since));
          }
        });
  }

  /** Copies the buckets that still differ, some times over. */
  private void copyDiffering(PeerSender from, PeerCalls calls, int pass) {
    calls.buckets(
        theirs -> {
          long[] mine = local.store().ledger().digests().buckets();
          BitSet differing = new BitSet();
          for (int i = 0; i < mine.length; i++) {
            differing.set(i, mine[i] != theirs[i]);
          }
          if (differing.isEmpty()
              || pass >= PASSES
              || (pass > 1 && differing.cardinality() > Digests.BUCKETS / 8)) {
            check(from, calls, differing); // what still differs is being written, for the most part
          } else {
            copyDiffering(from, calls, pass, differing, differing.nextSetBit(0), 0);
          }
        });
  }

  /**
   * Applies the rule for missing items to what came from other nodes meanwhile, and takes over what
   * the source had seen when the copy began, and what it has lost track of by now.
   */
  private void check(PeerSender from, PeerCalls calls, BitSet differing) {
    calls.hello(
        hello -> {
          History history = local.history();
          HistoryView view = hello.history();
          if (inherited == null || view == null) {
            ready();
            return;
          }
          new RepairPass(
                  from,
                  calls,
                  local,
                  new MissingItems(history, view),
                  hello.incarnation(),
                  view,
                  history.view())
              .run(
                  local
                      .store()
                      .held()
                      .filter(line -> differing.get(Digests.bucket(line.key())))
                      .iterator(),
                  () -> {
                    history.join(inherited);
                    history.loseAll(view);
                    ready();
                  });
        });
  }

  private void copyDiffering(
      PeerSender from, PeerCalls calls, int pass, BitSet differing, int next, long view) {
    if (next < 0) { // and lets go of the view
      Chunk.Place last = new Chunk.Place(view, Digests.BUCKETS - 1, 0);
      copy(from, calls, last, Digests.BUCKETS, end -> copyDiffering(from, calls, pass + 1));
      return;
    }
    Chunk.Place place = new Chunk.Place(view, next, 0);
    int then = differing.nextSetBit(next + 1);
    copy(
        from,
        calls,
        place,
        next + 1,
        name -> copyDiffering(from, calls, pass, differing, then, name));
  }
}
