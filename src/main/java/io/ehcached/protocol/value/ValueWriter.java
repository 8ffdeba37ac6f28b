package io.ehcached.protocol.value;

import io.netty.buffer.ByteBuf;

/**
 * The writer of answers' values: it copies small ones into the buffer, and hands out large ones to
 * be sent without a copy. For a large value only its position in the buffer is noted. The caller
 * must {@link #take} the value after each answer, and send it between the bytes before and the
 * bytes after that position. An answer has one value at most. For one thread, as encoders are.
 */
public final class ValueWriter {
  /** The longest value that is copied into the buffer, in bytes. */
  public static final int MAX_COPIED = 64 * 1024;

  private byte[] large;
  private int place;

  /** Returns the number of bytes that a value takes in the buffer. */
  public static int lengthInBuffer(byte[] value) {
    return value.length <= MAX_COPIED ? value.length : 0;
  }

  /** Writes a value. */
  public void write(byte[] value, ByteBuf out) {
    if (value.length <= MAX_COPIED) {
      out.writeBytes(value);
    } else {
      large = value;
      place = out.writerIndex();
    }
  }

  /** Tells whether there is a large value to {@link #take}. */
  public boolean isHolding() {
    return large != null;
  }

  /**
   * Returns the large value to be sent at {@link #place()}, and forgets it; null if there is none.
   */
  public byte[] take() {
    byte[] value = large;
    large = null;
    return value;
  }

  /** Returns the index in the buffer where the value that was taken last belongs. */
  public int place() {
    return place;
  }
}
