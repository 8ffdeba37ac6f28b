package io.ehcached.replication.sender;

import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.store.History;
import io.ehcached.store.HistoryView.Claim;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the dirty keys of one peer in batches, and sends each in as many frames as it needs. What
 * was not sent over one connection is sent over the next. For tasks of one executor; the Javadoc of
 * a method says if any thread may call it.
 */
final class BatchSender {
  private static final Logger LOG = LoggerFactory.getLogger(PeerSender.class); // as operators know

  /**
   * What lies between the starts of two frames, at least. A frame takes both nodes some 50 µs
   * whatever is in it: one for each write that comes by itself would be most of their work.
   */
  static final long FRAME_NANOS = 500_000;

  private final PeerSender peer;
  private final EntrySender entries;
  private final DirtyKeys dirty;
  private final History history;
  private final LiveSettings settings;
  private final Environment environment;

  /**
   * How often writes had been dropped when the peer was last known to have all; -1: it never was.
   */
  private volatile long completeAt = -1;

  private DirtyKeys.Batch batch; // null: there is none

  /** Whether the peer refused some of that. */
  private boolean lacking;

  private long settled; // up to where the writes of this node's own are in it
  private int sent;
  private long begun; // when the last frame was

  BatchSender(PeerSender peer, EntrySender entries, DirtyKeys dirty, LocalReplica local) {
    this.peer = peer;
    this.entries = entries;
    this.dirty = dirty;
    this.history = local.history();
    this.settings = local.settings();
    this.environment = local.environment();
    this.begun = environment.nanos() - FRAME_NANOS;
  }

  /**
   * Takes note that the peer has all that had been noted at a moment; null for a peer that has
   * nothing yet. Any thread may call.
   */
  void complete(DirtyKeys.Mark then) {
    completeAt = then == null ? -1 : then.losses();
  }

  /**
   * Goes on without what was dropped, if anything was, since the comparison finds it. Clients that
   * wait go on waiting for that; others are not made to.
   */
  void handleOverflow() {
    if (dirty.isOverflowing()) {
      recover();
      peer.health().fallBehind();
      peer.repair().lost();
    }
  }

  /** Keeps keys again from now on, if there were too many. */
  void recover() {
    tellOverflows();
    dirty.recover();
  }

  /** Logs and counts the overflows since this was last called. */
  void tellOverflows() {
    long overflows = dirty.overflows();
    LongAdder told = peer.counts().overflows;
    while (told.sum() < overflows) {
      told.increment();
      LOG.warn(
          "An overflow: more than {} keys wait for peer {}. What it lacks is found by comparing.",
          settings.now().repair().maxPending(),
          peer.shown());
    }
  }

  /** Lets clients wait for the peer from now on, if it lacks little. Any thread may call. */
  void becomeInSync() {
    if (!peer.health().isInSync()
        && !dirty.isMissing()
        && dirty.size() < settings.now().maxBatchItems()) {
      peer.health().becomeInSync();
    }
  }

  /** Tells whether a batch was taken and not all of it is sent. */
  boolean isUnderWay() {
    return batch != null;
  }

  /**
   * Returns for how long to gather more writes before a batch is taken, in nanoseconds: not at all
   * if a client waits, or there is enough for a frame.
   */
  long gatheringNanos() {
    long gathering = begun + FRAME_NANOS - environment.nanos();
    ReplicationSettings now = settings.now();
    return gathering > 0 && now.asynchronous() && dirty.size() < now.maxBatchItems()
        ? gathering
        : 0;
  }

  /** Takes a batch; returns whether there is one. */
  boolean take() {
    settled = history.settled(); // first: all that was told of by then is taken
    batch = dirty.take();
    lacking = false;
    if (batch == null) {
      return false;
    }
    sent = 0;
    begun = environment.nanos();
    return true;
  }

  /** Tells whether all of the batch is sent. */
  boolean isSent() {
    return sent >= batch.keys().length;
  }

  /** Sends the batch's next frame, then runs {@code done}. */
  void sendFrame(PeerCalls calls, Runnable done) {
    entries.send(
        calls,
        batch.keys(),
        batch.stamps(),
        sent,
        batch.losses() == completeAt && calls.speaksOfHistories()
            ? new Claim(history.self(), settled)
            : null,
        (next, refused) -> {
          if (refused > 0) {
            lacking = true;
            peer.refused(refused, /* again= */ false);
            peer.repair().lost();
          }
          sent = next;
          dirty.left(batch.keys().length - next);
          done.run();
        });
  }

  /** Ends the batch. */
  void end() {
    DirtyKeys.Batch ended = batch;
    batch = null;
    if (ended.complete() && !lacking) {
      peer.acknowledge(ended.ticket());
    }
  }
}
