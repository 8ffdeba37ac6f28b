package io.ehcached.replication.repair;

import io.ehcached.replication.sender.PeerCalls;
import io.ehcached.replication.sender.PeerSender;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.SerialExecutor;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * When the rounds of comparing with one peer take place: one as soon as the peer was reached, then
 * one after the other, each some time after the end of the one before. They are tasks of an
 * executor of their own, and only such tasks may use this, unless the Javadoc says otherwise.
 */
final class RoundSchedule {
  static final long SOON_MILLIS = 200;

  /** After how many milliseconds a round follows one that failed by a fault of this node. */
  private static final long FAULT_MILLIS = 30_000;

  private final PeerSender sender;
  private final LiveSettings settings;
  private final SerialExecutor executor;
  private final Runnable round;
  private PeerCalls calls; // null: there is no link to use
  private boolean comparing; // a round is under way
  private boolean connected;
  private boolean due; // at once, when the round under way has ended
  private long timers;

  /**
   * Makes a schedule without rounds, until there is a link.
   *
   * @param round begins a round, which calls {@link #ended} at its end
   */
  RoundSchedule(PeerSender sender, LiveSettings settings, Environment environment, Runnable round) {
    this.sender = sender;
    this.settings = settings;
    this.executor = environment.executor("ehcached-compare-" + sender.url());
    this.round = round;
  }

  /** Runs a task between those of the rounds. Any thread may call. */
  void execute(Runnable task) {
    executor.execute(task);
  }

  /** Uses the link that the sender has from now on. Any thread may call. */
  void begin() {
    executor.execute(
        () -> {
          letGo();
          calls = sender.calls(executor, settings.now().callMillis(), this::failed);
        });
  }

  /** Has no more rounds until there is another link. Any thread may call. */
  void end() {
    executor.execute(this::letGo);
  }

  private void letGo() {
    if (calls != null) {
      calls.close();
      calls = null;
    }
    comparing = false;
    connected = false;
    timers++;
  }

  /** Ends the schedule for good. Any thread may call. */
  void stop() {
    executor.stop();
  }

  /** Returns the calls to the peer of the round under way. */
  PeerCalls calls() {
    return calls;
  }

  /** Has a round at once, since the peer can be called again. */
  void connected() {
    connected = true;
    start();
  }

  private void failed(Exception e) {
    comparing = false;
    if (e instanceof IOException) {
      connected = false; // until the sender has reached the peer again
      timers++;
    } else {
      dueIn(FAULT_MILLIS);
    }
    sender.failedToCompare(e);
  }

  private void dueIn(long wait) {
    long timer = ++timers;
    executor.after(
        TimeUnit.MILLISECONDS.toNanos(wait),
        () -> {
          if (timer == timers) {
            start();
          }
        });
  }

  /** Starts a round, unless one is under way: then another one follows it. */
  void start() {
    due = true;
    if (comparing || !connected || calls == null) {
      return;
    }
    due = false;
    timers++;
    comparing = true;
    try {
      round.run();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Ends a round; the next is due after a while, or at once where there is something new. */
  void ended(long wait) {
    comparing = false;
    if (due) {
      start();
    } else {
      dueIn(wait);
    }
  }

  /** Ends a round that has to be repeated soon. */
  void endedSoon() {
    ended(SOON_MILLIS);
  }
}
