package io.ehcached.server;

import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A connection's answers on their way out: all that fit go into one buffer, which is written as
 * one; the rest wait as references to their items, not as bytes, until the client has taken what
 * went before. However much a client asks for and does not read, it costs little memory.
 */
final class Replies {
  /** Above this many bytes a buffer is written and no more is encoded until the socket takes it. */
  private static final int HIGH_WATER = 512 * 1024;

  private static final int SMALLEST_BUFFER = 512;

  private record Answer(Request request, Response response) {}

  private final Channel channel;
  private final Encoders encoders;
  private final Queue<Answer> waiting = new ArrayDeque<>();
  private ByteBuf buffer;
  private int expectedSize = SMALLEST_BUFFER;

  Replies(Channel channel, Encoders encoders) {
    this.channel = channel;
    this.encoders = encoders;
  }

  /** Adds an answer behind those before it. */
  void add(Request request, Response response) {
    if (waiting.isEmpty() && !isFull()) {
      encode(request, response);
    } else {
      waiting.add(new Answer(request, response));
    }
  }

  private boolean isFull() {
    return buffer != null && buffer.readableBytes() >= HIGH_WATER;
  }

  private void encode(Request request, Response response) {
    if (buffer == null) {
      buffer = channel.alloc().directBuffer(expectedSize);
    }
    encoders.encode(request, response, buffer);
  }

  /**
   * Writes what the socket takes now.
   *
   * @return how many bytes were handed to the socket
   */
  long flush() {
    long written = write();
    while (!waiting.isEmpty() && channel.isWritable()) {
      while (!waiting.isEmpty() && !isFull()) {
        Answer next = waiting.remove();
        encode(next.request(), next.response());
      }
      written += write();
    }
    return written;
  }

  private long write() {
    if (buffer == null) {
      return 0;
    }
    ByteBuf full = buffer;
    buffer = null;
    int size = full.readableBytes();
    if (size == 0) {
      full.release();
      return 0;
    }
    expectedSize = Math.max(SMALLEST_BUFFER, Math.min(size, HIGH_WATER));
    ChannelFuture unused = channel.writeAndFlush(full, channel.voidPromise());
    return size;
  }

  /** Tells whether the client must read before more is to be done for it. */
  boolean isBlocked() {
    return !waiting.isEmpty() || !channel.isWritable();
  }

  /** Gives up what was not written. */
  void discard() {
    waiting.clear();
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }
}
