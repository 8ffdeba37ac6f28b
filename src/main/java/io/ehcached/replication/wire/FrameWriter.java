package io.ehcached.replication.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds a frame in an array that grows. */
public final class FrameWriter {
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  private byte[] bytes;
  private int length;

  /** Starts a frame that is expected to take about so many bytes. */
  public FrameWriter(int expected) {
    bytes = new byte[expected];
  }

  /** Returns how many bytes there are. */
  public int length() {
    return length;
  }

  /** Returns the frame. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Adds one byte. */
  public FrameWriter u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  /** Adds 8 bytes. */
  public FrameWriter i64(long value) {
    room(Long.BYTES);
    ByteBuffer.wrap(bytes).putLong(length, value);
    length += Long.BYTES;
    return this;
  }

  /** Adds an unsigned number that is small more often than not, in 1 to 10 bytes. */
  public FrameWriter varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  /** Adds a number that is close to 0 more often than not, on either side, in 1 to 10 bytes. */
  public FrameWriter signed(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  /** Adds bytes as they are. */
  public FrameWriter raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** Adds bytes behind their number. */
  public FrameWriter bytes(byte[] value) {
    return varint(value.length).raw(value);
  }

  /** Adds text behind its length. */
  public FrameWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      long needed = (long) length + more;
      bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, bytes.length * 2L)));
    }
  }
}
