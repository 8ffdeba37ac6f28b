package io.ehcached.protocol;

import java.util.Arrays;

/**
 * A data block that is being received. A value that arrives at once is copied once, into an array
 * of its size. One that arrives in pieces is collected in an array that grows with the bytes
 * received, to {@value #GROWTH} times these at most: a client that announces a large value and
 * sends nothing costs nothing.
 */
public final class IncomingValue {
  /** The longest data block whose length memcached accepts, in bytes without the line end. */
  public static final int MAX_LENGTH = Integer.MAX_VALUE - 2;

  /** Up to this many bytes, the whole array is made at the first piece. */
  private static final int SMALL = 1024;

  /**
   * How many times what has arrived the array has room for: a read brings some 16 kB, so that a
   * value of a megabyte seldom moves. What half commands hold is bounded for all clients together.
   */
  private static final int GROWTH = 64;

  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int arrived;
  private int length;

  /** Begins a value of {@code length} bytes. */
  public void expect(int length) {
    this.length = length;
  }

  /** Takes the value's bytes that are there, and returns the index behind them. */
  public int take(byte[] in, int from, int to) {
    int taken = Math.min(to - from, length - arrived);
    if (taken == length) {
      bytes = taken == 0 ? NOTHING : Arrays.copyOfRange(in, from, from + taken);
    } else if (taken > 0) {
      makeRoomFor(taken);
      System.arraycopy(in, from, bytes, arrived, taken);
    }
    arrived += taken;
    return from + taken;
  }

  /**
   * Takes the value's bytes directly from the source, all but the last byte.
   *
   * @return how many bytes were taken
   */
  public int takePart(Decoder.Source in, int available) {
    int taken = Math.min(available, length - arrived - 1);
    if (taken > 0) {
      makeRoomFor(taken);
      in.read(bytes, arrived, taken);
      arrived += taken;
    }
    return Math.max(0, taken);
  }

  private void makeRoomFor(int more) {
    if (arrived + more > bytes.length) {
      long room = Math.max(SMALL, (arrived + (long) more) * GROWTH);
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, room));
    }
  }

  /** Tells whether the whole value has arrived. */
  public boolean isWhole() {
    return arrived == length;
  }

  /** Returns the memory that the received part takes, in bytes. */
  public int held() {
    return bytes.length;
  }

  /** Frees the received part, and returns how many bytes are still to come. */
  public int giveUp() {
    int missing = length - arrived;
    release();
    return missing;
  }

  /** Returns the whole value, and starts over. */
  public byte[] release() {
    byte[] value = bytes;
    bytes = NOTHING;
    arrived = 0;
    length = 0;
    return value;
  }
}
