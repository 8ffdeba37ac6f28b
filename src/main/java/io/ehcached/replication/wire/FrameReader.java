package io.ehcached.replication.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link FrameWriter} built. Whatever does not fit is an {@link IOException}. */
public final class FrameReader {
  private final byte[] bytes;
  private int at;

  /** Starts at the first byte. */
  public FrameReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns how many bytes are left. */
  public int left() {
    return bytes.length - at;
  }

  /** Reads one byte, 0 to 255. */
  public int u8() throws IOException {
    need(1);
    return bytes[at++] & 0xFF;
  }

  /** Returns the next byte, which is still to be read. */
  public int peek() throws IOException {
    need(1);
    return bytes[at] & 0xFF;
  }

  /** Reads 8 bytes. */
  public long i64() throws IOException {
    need(Long.BYTES);
    at += Long.BYTES;
    return ByteBuffer.wrap(bytes).getLong(at - Long.BYTES);
  }

  /** Reads an unsigned number. */
  public long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = u8();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("a number in the frame has no end");
  }

  /** Reads a number from 0 to what an int holds. */
  public int number() throws IOException {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IOException("a number out of range: " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** Reads a number on either side of 0. */
  public long signed() throws IOException {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /**
   * Reads how many things follow, each of which takes some bytes.
   *
   * @param least the fewest bytes that one takes
   */
  public int count(int least) throws IOException {
    long count = varint();
    if (count < 0 || count > left() / least) {
      throw new IOException("the frame announces " + count + " entries in " + left() + " bytes");
    }
    return (int) count;
  }

  /** Reads so many bytes. */
  public byte[] raw(int length) throws IOException {
    need(length);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** Reads bytes behind their number. */
  public byte[] bytes() throws IOException {
    return raw(count(1));
  }

  /** Reads text behind its length. */
  public String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private void need(int more) throws IOException {
    if (left() < more) {
      throw new IOException("the frame ends " + (more - left()) + " bytes too early");
    }
  }
}
