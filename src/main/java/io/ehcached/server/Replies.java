package io.ehcached.server;

import io.ehcached.item.Item;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection's answers on their way out: all that fit go into one buffer, which is written as
 * one; the rest wait as references to their items, not as bytes, until the client has taken what
 * went before. However much a client asks for and does not read, it costs little memory. An answer
 * that is made in parts holds up those behind it, and its next part is asked for when the socket
 * takes more.
 */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  /** Above this many bytes a buffer is written and no more is encoded until the socket takes it. */
  private static final int HIGH_WATER = 512 * 1024;

  private static final int SMALLEST_BUFFER = 512;

  private record Answer(Request request, Response response) {}

  private final Channel channel;
  private final Encoders encoders;
  private final SharedMemory memory;
  private final Runnable onPart;
  private final Queue<Answer> waiting = new ArrayDeque<>();
  private final Slices slices = new Slices();
  private ByteBuf buffer;
  private int expectedSize = SMALLEST_BUFFER;
  private int highWater = HIGH_WATER;
  private long written;
  private long held;

  /** The answer that is being sent in parts, or null. */
  private Answer streaming;

  /** Whether a part of it was asked for and has not come. */
  private boolean partDue;

  private boolean discarded;

  /**
   * Makes a connection's.
   *
   * @param memory what the answers of all connections hold while they wait
   * @param onPart is run on the connection's event loop when there is more to {@link #flush}
   */
  Replies(Channel channel, Encoders encoders, SharedMemory memory, Runnable onPart) {
    this.channel = channel;
    this.encoders = encoders;
    this.memory = memory;
    this.onPart = onPart;
  }

  /** Adds an answer behind those before it. */
  void add(Request request, Response response) {
    if (discarded) {
      close(response);
    } else if (waiting.isEmpty() && hasRoomFor(response)) {
      encode(request, response);
    } else {
      waiting.add(new Answer(request, response));
    }
  }

  private boolean hasRoomFor(Response next) {
    if (streaming != null || slices.isSending()) {
      return false;
    }
    if (buffer == null) {
      highWater = memory.isShort() ? SharedMemory.LITTLE : HIGH_WATER;
      return highWater == HIGH_WATER || (pending() == 0 && isLittle(next));
    }
    return buffer.readableBytes() < highWater && (highWater == HIGH_WATER || isLittle(next));
  }

  private static boolean isLittle(Response response) {
    Item item = response.item();
    return item == null || item.value() == null || item.value().length <= SharedMemory.LITTLE;
  }

  private void encode(Request request, Response response) {
    encoders.encode(request, response, buffer());
    slices.begin(encoders.values(), buffer);
    if (slices.isSending()) {
      slices.fill(buffer);
    }
    if (response.stream() != null) {
      streaming = new Answer(request, response);
    }
  }

  private ByteBuf buffer() {
    if (buffer == null) {
      buffer = channel.alloc().directBuffer(expectedSize);
    }
    return buffer;
  }

  private void askForPart() {
    partDue = true;
    streaming.response().stream().next(this::takeLater);
  }

  private void takeLater(Stream.Part part) {
    try {
      channel.eventLoop().execute(() -> take(part)); // behind other clients
    } catch (RejectedExecutionException e) {
      LOG.debug("a part of an answer came after the server had stopped", e);
    }
  }

  private void take(Stream.Part part) {
    partDue = false;
    if (streaming == null) {
      return; // the client has gone
    }
    if (part == null) {
      ChannelFuture unused = channel.close();
      return;
    }
    encoders.encodePart(streaming.request(), part, buffer());
    if (part.isLast()) {
      endStream();
    }
    onPart.run();
  }

  private void endStream() {
    close(streaming.response());
    streaming = null;
  }

  private static void close(Response response) {
    if (response.stream() != null) {
      response.stream().close();
    }
  }

  /**
   * Writes what the socket takes now.
   *
   * @return how many bytes were handed to the socket
   */
  long flush() {
    long before = written;
    write();
    while (channel.isWritable() && fill()) {
      write();
    }
    if (streaming != null && !partDue && takesPart()) {
      askForPart();
    }
    account();
    return written - before;
  }

  /** Puts what waits into a buffer as far as it has room; tells whether there is anything in it. */
  private boolean fill() {
    if (slices.isSending()) {
      if (pending() > 0 && memory.isShort()) {
        return false;
      }
      slices.fill(buffer());
    }
    while (nextHasRoom()) {
      Answer next = waiting.remove();
      encode(next.request(), next.response());
    }
    return buffer != null;
  }

  /** Tells whether a part is to be made: not while memory is short and some of the last waits. */
  private boolean takesPart() {
    return channel.isWritable() && (pending() == 0 || !memory.isShort());
  }

  private boolean nextHasRoom() {
    return !waiting.isEmpty() && hasRoomFor(waiting.element().response());
  }

  private void write() {
    if (buffer == null) {
      return;
    }
    ByteBuf full = buffer;
    buffer = null;
    int size = full.readableBytes();
    if (size == 0) {
      full.release();
      return;
    }
    expectedSize = Math.max(SMALLEST_BUFFER, Math.min(size, Slices.SIZE));
    ChannelFuture unused = channel.writeAndFlush(full, channel.voidPromise());
    written += size;
  }

  /** Returns how many bytes were written and wait for the socket to take them. */
  long pending() {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    return out == null ? 0 : out.totalPendingWriteBytes();
  }

  /** Returns a count that grows as the socket takes what was written. */
  long taken() {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    return out == null
        ? written
        : written - out.totalPendingWriteBytes() + Math.max(0, out.currentProgress());
  }

  /** Counts what waits as part of what the answers of all hold. */
  void account() {
    long now = pending();
    if (now != held) {
      memory.add(now - held);
      held = now;
    }
  }

  /** Tells whether the client must read before more is to be done for it. */
  boolean isBlocked() {
    return streaming != null || slices.isSending() || !waiting.isEmpty() || !channel.isWritable();
  }

  /** Tells whether the client is sent a log that has no end, and takes part in nothing else. */
  boolean isWatching() {
    return streaming != null && streaming.request().command() == Command.WATCH;
  }

  /** Gives up what was not written. */
  void discard() {
    discarded = true;
    if (streaming != null) {
      endStream();
    }
    waiting.forEach(answer -> close(answer.response()));
    waiting.clear();
    slices.discard();
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
    memory.add(-held);
    held = 0;
  }
}
