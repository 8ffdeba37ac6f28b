package io.ehcached.protocol;

import java.util.Arrays;

/**
 * A data block on its way in. What is there at once is copied once, into an array of its size. What
 * comes in pieces is gathered in an array that grows with what has arrived, to {@value #GROWTH}
 * times that at most, never with what was announced: a client that announces much and sends nothing
 * costs nothing.
 */
public final class IncomingValue {
  /** The longest data block that memcached reads a length of; it counts the line end as well. */
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

  /** Begins to wait for a value of so many bytes. */
  public void expect(int length) {
    this.length = length;
  }

  /** Takes what there is of the value, and returns the index behind it. */
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
   * Takes what there is of the value right from where it has arrived, all but its last byte.
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

  /** Returns how many bytes of memory what has arrived takes. */
  public int held() {
    return bytes.length;
  }

  /** Forgets what has arrived, and returns how many bytes are still to come. */
  public int giveUp() {
    int missing = length - arrived;
    release();
    return missing;
  }

  /** Returns the value, which is whole, and forgets it. */
  public byte[] release() {
    byte[] value = bytes;
    bytes = NOTHING;
    arrived = 0;
    length = 0;
    return value;
  }
}
