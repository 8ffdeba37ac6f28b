package io.ehcached.replication.sender;

import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.spi.SerialExecutor;
import io.ehcached.replication.status.PeerState;
import io.ehcached.replication.wire.IsSelfException;
import io.ehcached.replication.wire.OtherVersionException;
import java.util.concurrent.TimeUnit;

/**
 * The connection over which one peer is sent what it lacks: it asks how the peer is, then sends
 * batches of changed keys, and connects again after a failure. Safe for use by many threads; the
 * work itself is done by tasks of an executor.
 */
final class PeerConnection {
  private final PeerSender peer;
  private final BatchSender batches;
  private final LiveSettings settings;
  private final RetryBackoff backoff;
  private final SerialExecutor executor;
  private final Runnable frameSent = this::frameSent;

  private volatile PeerLink link;
  private volatile boolean stopped = true;

  // What follows is touched by the executor's tasks only.
  private PeerCalls calls; // null: there is no link to use
  private boolean connected;
  private boolean calling; // an answer is awaited
  private boolean resting; // a timer is awaited

  PeerConnection(PeerSender peer, BatchSender batches, LocalReplica local) {
    this.peer = peer;
    this.batches = batches;
    this.settings = local.settings();
    this.backoff = new RetryBackoff(local.environment());
    this.executor = local.environment().executor("ehcached-send-" + peer.url());
  }

  /** Returns the link that there is at the moment. */
  PeerLink link() {
    return link;
  }

  /** Connects over a link. */
  synchronized void start(PeerLink newLink) {
    link = newLink;
    peer.health().connecting();
    stopped = false;
    executor.execute(() -> begin(newLink));
  }

  private void begin(PeerLink newLink) {
    end();
    if (stopped || newLink != link) {
      return;
    }
    calls = peer.calls(executor, settings.now().callMillis(), this::failed);
    backoff.reset();
    peer.repair().begin();
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

  /** Lets go of the link until there is another one. */
  synchronized void pause() {
    stopped = true;
    executor.execute(
        () -> {
          if (stopped) {
            end();
          }
        });
  }

  /** Ends the connection for good. */
  synchronized void stop() {
    stopped = true;
    executor.stop();
  }

  /** Has a task send what there is to send. */
  void workLater() {
    executor.execute(this::work);
  }

  /** Lets those clients go, by a task, whose writes the peer has. */
  void acknowledgeLater(long ticket) {
    executor.execute(() -> peer.acknowledge(ticket));
  }

  /** Ends the wait for the next try, unless the last was only just made. */
  void wake() {
    if (peer.isReachable() || stopped) {
      return;
    }
    backoff.expectPeer();
    if (!backoff.isRecent()) {
      executor.execute(this::restOn);
    }
  }

  /** Asks the peer anew how it is, without waiting for the end of a pause. */
  void reconnectNow() {
    executor.execute(
        () -> {
          backoff.expectPeer();
          connected = false;
          restOn();
          work();
        });
  }

  /** Asks the peer anew, once what is under way has ended. */
  void reconnect() {
    executor.execute(this::connectAgain);
  }

  /** Asks the peer anew, unless that was done only just before. */
  void reconnectUnlessRecent() {
    if (!backoff.isWithin(RetryBackoff.LONGEST_PAUSE_MILLIS)) {
      reconnect();
    }
  }

  /** Asks the peer anew, unless something is being sent: then that is done at the end. */
  void reconnectIfIdle() {
    executor.execute(
        () -> {
          if (!calling && !batches.isUnderWay()) {
            connectAgain();
          }
        });
  }

  private void connectAgain() {
    connected = false;
    work();
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
    batches.handleOverflow();
    batches.becomeInSync();
    if (!batches.isUnderWay()) {
      long gathering = batches.gatheringNanos();
      if (gathering > 0) {
        rest(gathering); // a frame was only just sent, and no client waits for the next
        return;
      }
      if (!batches.take()) {
        return;
      }
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
    batches.tellOverflows();
    backoff.tried();
    calling = true;
    long pauses = peer.catchUp().pauses();
    calls.hello(
        hello -> {
          peer.catchUp().answered(pauses, hello.history());
          calling = false;
          connected = !peer.catchUp().isDoubted();
          peer.connected(hello);
          backoff.reset();
          work();
        });
  }

  private void ship() {
    if (!batches.isSent()) {
      calling = true;
      batches.sendFrame(calls, frameSent);
      return;
    }
    if (peer.health().state() == PeerState.DOWN) {
      connected = false; // left out meanwhile; now that it has all, it says how it is
    }
    batches.end();
    workLater();
  }

  private void frameSent() {
    calling = false;
    ship();
  }

  private void failed(Exception e) {
    calling = false;
    connected = false;
    if (e instanceof IsSelfException) {
      end();
      peer.foundSelf();
      return;
    }
    peer.health().failed(e);
    backoff.failed(e instanceof OtherVersionException);
    resting = true;
    restOn();
  }

  /** Waits for the next try; less long once somebody calls who may be the peer. */
  private void restOn() {
    if (!resting || connected || calls == null) {
      return;
    }
    long left = backoff.left();
    if (left == 0) {
      resting = false;
      work();
      return;
    }
    PeerCalls mine = calls;
    long tried = backoff.triedAt();
    executor.after(
        TimeUnit.MILLISECONDS.toNanos(Math.min(left, RetryBackoff.LONGEST_PAUSE_MILLIS)),
        () -> {
          if (calls == mine && backoff.triedAt() == tried) {
            restOn();
          }
        });
  }
}
