package io.ehcached.replication.sender;

import io.ehcached.replication.spi.Environment;

/**
 * When a peer that could not be reached is called again: after a pause that doubles with each
 * failure, or sooner if somebody calls who may be the peer. Any thread may ask when the peer was
 * called last, or end a pause; the rest is for tasks of one executor.
 */
final class RetryBackoff {
  static final long LONGEST_PAUSE_MILLIS = 1000;
  private static final long LEAST_PAUSE_MILLIS = 100;
  private static final long FIRST_PAUSE_MILLIS = 50;

  /** How long to wait for one that cannot be talked to: until another release is started there. */
  private static final long INCOMPATIBLE_PAUSE_MILLIS = 30_000;

  private final Environment environment;
  private volatile long triedAt;

  /** Whether somebody called since the last try who may be the peer, started anew. */
  private volatile boolean called;

  private long until;
  private long pause = FIRST_PAUSE_MILLIS;

  RetryBackoff(Environment environment) {
    this.environment = environment;
    this.triedAt = environment.ticks();
  }

  /** Makes the next pause the shortest. */
  void reset() {
    pause = FIRST_PAUSE_MILLIS;
  }

  /** Takes note that the peer is being called. */
  void tried() {
    triedAt = environment.ticks();
    called = false;
  }

  /** Returns when the peer was last called, by {@link Environment#ticks}. */
  long triedAt() {
    return triedAt;
  }

  /** Takes note that the call failed, so that a pause begins. */
  void failed(boolean incompatible) {
    if (incompatible) {
      pause = INCOMPATIBLE_PAUSE_MILLIS;
    }
    long half = pause / 2;
    until = environment.ticks() + half + Math.floorMod(environment.random(), half + 1);
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
  }

  /** Returns how much of the pause is left, in milliseconds. */
  long left() {
    return called ? 0 : Math.max(0, until - environment.ticks());
  }

  /** Ends the pause, since the peer may answer now. */
  void expectPeer() {
    called = true;
  }

  /** Tells whether the peer was called so recently that it is not to be called again at once. */
  boolean isRecent() {
    return isWithin(LEAST_PAUSE_MILLIS);
  }

  /** Tells whether the peer was called within the last so many milliseconds. */
  boolean isWithin(long millis) {
    return environment.ticks() - triedAt <= millis;
  }
}
