package io.ehcached.server;

import io.ehcached.item.Item;
import io.ehcached.protocol.value.ValueWriter;
import io.netty.buffer.ByteBuf;

/**
 * Sends a large value in chunks, followed by the rest of its response. A buffer gets the size that
 * is needed, and a client that reads nothing of a value costs no more than one chunk. A value of
 * usual length is one chunk, since one long write takes the kernel two thirds of the time of many
 * short ones.
 */
final class ValueChunker {
  /** The size of a buffer with a slice, in bytes. */
  static final int SIZE = 1024 * 1024;

  private Item item;
  private byte[] value;
  private int sent;
  private byte[] behind;

  /** Returns how many bytes of memory what is left to send takes. */
  int held() {
    return value == null ? 0 : value.length;
  }

  /** Tells whether there is something left to send. */
  boolean isSending() {
    return value != null;
  }

  /** Returns the item whose value is being sent; null if none is. */
  Item item() {
    return item;
  }

  /**
   * Begins to send what an encoder has left out of a buffer, if it has left out anything.
   *
   * @param encoded the item whose value that is
   */
  void begin(Item encoded, ValueWriter values, ByteBuf buffer) {
    value = values.take();
    if (value != null) {
      item = encoded;
      sent = 0;
      behind = new byte[buffer.writerIndex() - values.place()];
      buffer.getBytes(values.place(), behind).writerIndex(values.place());
    }
  }

  /** Adds as much as there is room for to a buffer of so many bytes. */
  void fill(ByteBuf buffer, int size) {
    int room = size - buffer.readableBytes() - behind.length;
    int length = Math.min(value.length - sent, Math.max(0, room));
    boolean last = sent + length == value.length;
    buffer.ensureWritable(length + (last ? behind.length : 0));
    buffer.writeBytes(value, sent, length);
    sent += length;
    if (last) {
      buffer.writeBytes(behind);
      discard();
    }
  }

  /** Gives up what was not sent. */
  void discard() {
    item = null;
    value = null;
    behind = null;
  }
}
