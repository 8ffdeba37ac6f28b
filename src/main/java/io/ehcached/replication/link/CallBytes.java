package io.ehcached.replication.link;

import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what the other end of a connection sends before it gets a turn to read, and bounds it. The
 * RMI runtime itself reads a name, or whatever stands in its place, to its end before any filter
 * sees it. Only a frame may be long, and only as long as it says it is: it is known by the bytes
 * with which the runtime writes an array of bytes. Used by one thread at a time, but for what is
 * said otherwise.
 */
final class CallBytes {
  /** The most bytes of one call that has no frame: a look-up, a ping, a lease. */
  static final int MAX_CALL = 16 << 10;

  /** The most bytes of one answer that has no frame: a stub, an exception with its causes. */
  static final int MAX_ANSWER = 64 << 10;

  private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int ANY = -1;
  private static final int NOT_STREAMED = 0x4c;
  private static final int ACKNOWLEDGED = 0x54; // of the RMI wire protocol, as is the next
  private static final int PING = 0x52;

  private static final String BYTES = "7572 0002 5b42 acf317f8060854e0 02 0000 70 78 70";
  private static final int[] OPENING = pattern("4a524d49 0002 ??");
  private static final int[] ENDPOINT_LENGTH = pattern("????");
  private static final int[] LEASE_ID = pattern("??".repeat(14));
  // Whichever object is called: only regions take arrays, and the others' filters refuse them.
  private static final int[] CALL =
      pattern("50 aced0005 7722" + "??".repeat(34) + BYTES + "????????");
  private static final int[] ANSWER =
      pattern("51 aced0005 770f 01" + "??".repeat(14) + BYTES + "????????");

  private final int max;
  private final int maxFrameBytes;
  private final int[] framed;
  private final boolean servesCalls;
  private final FrameRoom room;

  private int[] expected;
  private int matched;
  private int length; // of what is expected next, as far as it was read
  private int skip; // of an endpoint
  private boolean opened;
  private long left;
  private int frameLeft;
  private final AtomicInteger taken = new AtomicInteger();
  private volatile boolean closed;
  private long began;
  private volatile boolean spoken;
  private volatile boolean framesSeen;

  private CallBytes(boolean servesCalls, int maxFrameBytes, FrameRoom room) {
    this.servesCalls = servesCalls;
    this.max = servesCalls ? MAX_CALL : MAX_ANSWER;
    this.maxFrameBytes = maxFrameBytes;
    this.framed = servesCalls ? CALL : ANSWER;
    this.room = room;
    opened = !servesCalls;
    expect(servesCalls ? OPENING : framed);
    left = max;
  }

  /** Returns the bounds of what a caller sends. */
  static CallBytes ofCalls(int maxFrameBytes, FrameRoom room) {
    return new CallBytes(true, maxFrameBytes, room);
  }

  /** Returns the bounds of what a called node sends. */
  static CallBytes ofAnswers(int maxFrameBytes, FrameRoom room) {
    return new CallBytes(false, maxFrameBytes, room);
  }

  private static int[] pattern(String hex) {
    String digits = hex.replace(" ", "");
    int[] pattern = new int[digits.length() / 2];
    for (int i = 0; i < pattern.length; i++) {
      String two = digits.substring(2 * i, 2 * i + 2);
      pattern[i] = two.equals("??") ? ANY : HexFormat.fromHexDigits(two);
    }
    return pattern;
  }

  /** Tells whether anything has come at all. */
  boolean hasSpoken() {
    return spoken;
  }

  /** Tells whether a frame has come. */
  boolean hasFrames() {
    return framesSeen;
  }

  /** Notes that this end writes: what comes next is another call, or answer. */
  void turn() {
    left = max;
    frameLeft = 0;
    began = 0;
    end();
    if (opened) {
      expect(framed);
    }
  }

  /** Gives back the room that a frame has taken. */
  void end() {
    int units = taken.getAndSet(0);
    if (units > 0) {
      room.give(units);
    }
  }

  /** Takes no more room; may be called by any thread. */
  void close() {
    closed = true;
    end();
  }

  /**
   * Counts bytes that have come, before anybody makes something of them.
   *
   * @throws OversizedException when there are more than there may be
   * @throws IOException when there is no room for them now
   */
  void take(byte[] bytes, int offset, int count) throws IOException {
    checkTime();
    if (!spoken) {
      spoken = true;
    }
    int at = offset;
    int end = offset + count;
    while (at < end) {
      if (frameLeft > 0) {
        int some = Math.min(frameLeft, end - at);
        frameLeft -= some;
        at += some;
        if (frameLeft == 0 && !servesCalls) {
          end(); // who has called reads on only with the next call
        }
      } else if (expected != null) {
        spend(1);
        match(bytes[at++] & 0xff);
      } else {
        spend(end - at);
        at = end;
      }
    }
  }

  private void checkTime() throws OversizedException {
    long now = System.nanoTime();
    if (began == 0) {
      began = now | 1;
    } else if (now - began > MAX_NANOS) {
      throw new OversizedException("what it sends does not end");
    }
  }

  private void spend(int bytes) throws OversizedException {
    left -= bytes;
    if (left < 0) {
      throw new OversizedException(
          "it sent more than " + max + " bytes that are no frame of a region");
    }
  }

  private void expect(int[] pattern) {
    expected = pattern;
    matched = 0;
    length = 0;
  }

  private void match(int next) throws IOException {
    if (skip > 0) {
      if (--skip == 0) {
        opened = true;
        expect(framed);
      }
      return;
    }
    int wanted = expected[matched];
    if (wanted != ANY && wanted != next) {
      expect(matched == 0 && expected == framed && servesCalls ? before(next) : null);
      return;
    }
    length = length << 8 | next;
    if (++matched == expected.length) {
      complete(next);
    }
  }

  /** Returns what follows something that may come before a call. */
  private int[] before(int next) {
    return switch (next) {
      case PING -> framed;
      case ACKNOWLEDGED -> LEASE_ID;
      default -> null;
    };
  }

  private void complete(int last) throws IOException {
    if (expected == framed) {
      expected = null;
      begin(length);
    } else if (expected == OPENING && last != NOT_STREAMED) {
      expect(ENDPOINT_LENGTH);
    } else if (expected == ENDPOINT_LENGTH) {
      skip = (length & 0xffff) + Integer.BYTES;
    } else {
      opened = true;
      expect(framed);
    }
  }

  private void begin(int frame) throws IOException {
    if (frame < 0 || frame > maxFrameBytes) {
      throw new OversizedException(
          "it sends a frame of " + frame + " bytes, and the bound is " + maxFrameBytes);
    }
    taken.set(room.take(frame));
    if (closed) {
      end();
    }
    frameLeft = frame;
    if (!framesSeen) {
      framesSeen = true;
    }
  }
}
