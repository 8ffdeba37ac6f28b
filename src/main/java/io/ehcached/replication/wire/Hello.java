package io.ehcached.replication.wire;

import io.ehcached.store.HistoryView;
import java.io.IOException;

/**
 * How a node describes itself to a peer.
 *
 * @param incarnation its process
 * @param clock its wall clock, in milliseconds since the epoch
 * @param bootstrapping whether it does not hold everything yet
 * @param catchingUp whether it stood still, and does not know yet what it missed
 * @param linked whether it can call the one who asked
 * @param pending how many writes it has for the one who asked
 * @param forgotten how long ago the newest of the removals was made known to it that it may have
 *     forgotten, in milliseconds; -1 when it never forgot one
 * @param serving where its clients find it
 * @param history what it has seen; null where it does not tell, before version 1.2
 */
public record Hello(
    long incarnation,
    long clock,
    boolean bootstrapping,
    boolean catchingUp,
    boolean linked,
    long pending,
    long forgotten,
    Serving serving,
    HistoryView history) {
  private static final int BOOTSTRAPPING = 1;
  private static final int LINKED = 2;
  private static final int CATCHING_UP = 4;

  /** Adds it to an answer; what it says of its clients has a place of its own there. */
  public void write(FrameWriter out) {
    out.i64(incarnation)
        .i64(clock)
        .u8(
            (bootstrapping ? BOOTSTRAPPING : 0)
                | (linked ? LINKED : 0)
                | (catchingUp ? CATCHING_UP : 0))
        .varint(pending)
        .signed(forgotten);
  }

  /** Reads it. */
  public static Hello read(FrameReader in) throws IOException {
    long incarnation = in.i64();
    long clock = in.i64();
    int bits = in.u8();
    return new Hello(
        incarnation,
        clock,
        (bits & BOOTSTRAPPING) != 0,
        (bits & CATCHING_UP) != 0,
        (bits & LINKED) != 0,
        in.varint(),
        in.signed(),
        Serving.NONE,
        null);
  }

  /** Returns the same with where its clients find it. */
  public Hello with(Serving clients) {
    return new Hello(
        incarnation,
        clock,
        bootstrapping,
        catchingUp,
        linked,
        pending,
        forgotten,
        clients,
        history);
  }

  /** Returns the same with what it has seen. */
  public Hello with(HistoryView seen) {
    return new Hello(
        incarnation, clock, bootstrapping, catchingUp, linked, pending, forgotten, serving, seen);
  }
}
