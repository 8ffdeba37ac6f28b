package io.ehcached.server;

import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The responses of one connection, in order, until they are sent. Responses are encoded into one
 * buffer as far as they fit, and written together. While the queue is {@linkplain #isFull() full},
 * no request is executed, so the client has to read before more responses are produced. Responses
 * that complete later all the same wait as references to their items. A streamed response holds up
 * those behind it; its next part is requested when the socket has room.
 */
final class ResponseQueue {
  /** Above this many bytes a buffer is written and no more is encoded until the socket takes it. */
  private static final int HIGH_WATER = 512 * 1024;

  /** After how many bytes the socket is given no more in a turn, however much it takes. */
  private static final int MAX_FLUSHED = 4 * 1024 * 1024;

  private static final int SMALLEST_BUFFER = 512;

  private record Answer(Request request, Response response) {
    /** Returns how much memory it keeps from being collected, in bytes. */
    int held() {
      return response.item() == null ? 0 : response.item().value().length;
    }
  }

  private final Channel channel;
  private final Encoders encoders;
  private final MemoryBudget memory;
  private final Runnable onRoom;
  private final ChannelFutureListener afterTaken;
  private final Queue<Answer> waiting = new ArrayDeque<>();
  private final ValueChunker chunker = new ValueChunker();
  private ByteBuf buffer;
  private boolean full; // the buffer is, or what it ends with has to go on first
  private int expectedSize = SMALLEST_BUFFER;
  private int highWater = HIGH_WATER;
  private long written;

  /** What the answers that wait keep from being collected, in bytes. */
  private long referred;

  private final UnsentBytes unsent;

  private final StreamedResponse streamed;

  /** Whether {@link #onRoom} is going to be run when all that was written is taken. */
  private boolean awaited;

  private boolean discarded;

  /**
   * Makes a connection's.
   *
   * @param memory what the answers of all connections hold while they wait
   * @param onRoom is run on the connection's event loop when there is more to {@link #flush}
   */
  ResponseQueue(Channel channel, Encoders encoders, MemoryBudget memory, Runnable onRoom) {
    this.channel = channel;
    this.encoders = encoders;
    this.memory = memory;
    this.onRoom = onRoom;
    this.unsent = new UnsentBytes(memory);
    this.streamed = new StreamedResponse(channel, this::take);
    this.afterTaken =
        taken -> {
          awaited = false;
          if (channel.isOpen()) {
            LoopTasks.execute(channel, onRoom); // until this has returned, it still counts
          }
        };
  }

  /** Adds an answer behind those before it. */
  void add(Request request, Response response) {
    if (buffer != null && !full) { // as for all of a batch but the first
      encode(request, response);
    } else {
      addToNone(request, response);
    }
  }

  /** Adds an answer where there is no buffer that has room for it. */
  private void addToNone(Request request, Response response) {
    if (discarded) {
      close(response);
    } else if (isFull()) {
      Answer answer = new Answer(request, response);
      waiting.add(answer);
      referred += answer.held();
    } else {
      beginBuffer();
      encode(request, response);
    }
  }

  /** Tells whether there is no room for another answer before {@link #flush} has made some. */
  boolean isFull() {
    return buffer == null ? isHeldUp() || !hasMemory() : full;
  }

  /** Tells whether something has to go before the next answer. */
  private boolean isHeldUp() {
    return streamed.hasMore() || chunker.isSending() || !waiting.isEmpty();
  }

  private void encode(Request request, Response response) {
    encoders.encode(request, response, buffer);
    full = buffer.readableBytes() >= highWater;
    if (encoders.values().isHolding() || response.stream() != null) {
      beginParts(request, response);
    }
  }

  private void beginParts(Request request, Response response) {
    chunker.begin(response.item(), encoders.values(), buffer);
    fillSlice();
    streamed.begin(request, response);
    full |= streamed.hasMore();
  }

  private void fillSlice() {
    if (chunker.isSending()) {
      beginBuffer();
      chunker.fill(buffer, highWater == HIGH_WATER ? ValueChunker.SIZE : MemoryBudget.SMALL);
      full = chunker.isSending() || buffer.readableBytes() >= highWater;
    }
  }

  private void beginBuffer() {
    if (buffer == null) {
      highWater = memory.isShort() ? MemoryBudget.SMALL : HIGH_WATER;
      buffer = channel.alloc().directBuffer(Math.min(expectedSize, 2 * highWater));
      full = false;
    }
  }

  /** Tells whether the next part of an answer is to be asked for. */
  boolean wantsPart() {
    return streamed.mayAsk() && mayWrite();
  }

  /** Tells whether there is something to do in another turn, though the client has not read. */
  boolean wantsTurn() {
    return wantsPart()
        || ((chunker.isSending() || !waiting.isEmpty()) && !streamed.hasMore() && mayWrite());
  }

  private boolean mayWrite() {
    return channel.isWritable() && hasMemory();
  }

  private boolean hasMemory() {
    return pending() == 0 || !memory.isShort();
  }

  /** Asks for the next part of an answer. */
  void askForPart() {
    streamed.ask();
  }

  private void take(Request request, Stream.Part part) {
    beginBuffer();
    encoders.encodePart(request, part, buffer);
    onRoom.run();
  }

  private static void close(Response response) {
    if (response.stream() != null) {
      response.stream().close();
    }
  }

  /**
   * Writes what the socket takes now, or as much as one turn is for.
   *
   * @return how many bytes were handed to the socket
   */
  long flush() {
    long before = written;
    write();
    while (written - before < MAX_FLUSHED && fill()) {
      write();
    }
    account();
    return written - before;
  }

  /** Puts what waits into a buffer as far as it has room; tells whether there is anything in it. */
  private boolean fill() {
    if (!mayWrite()) {
      return false;
    }
    fillSlice();
    while (!waiting.isEmpty() && (buffer == null ? !streamed.hasMore() : !full)) {
      Answer next = waiting.remove();
      referred -= next.held();
      beginBuffer();
      encode(next.request(), next.response());
    }
    return buffer != null;
  }

  private void write() {
    if (buffer == null) {
      return;
    }
    ByteBuf out = buffer;
    buffer = null;
    int size = out.readableBytes();
    if (size == 0) {
      out.release();
      return;
    }
    expectedSize = Math.max(SMALLEST_BUFFER, Math.min(size, ValueChunker.SIZE));
    written += size;
    boolean isSmall = pending() + size + referred + chunker.held() <= MemoryBudget.SMALL;
    ChannelPromise promise =
        isSmall ? channel.voidPromise() : channel.newProgressivePromise().addListener(unsent);
    ChannelFuture unused = channel.writeAndFlush(out, promise);
  }

  /**
   * Has what waits go on when the client has taken what was written. To be called when it
   * {@linkplain #isBlocked() is blocked}, since while memory is short nobody else would tell.
   */
  void awaitRoom() {
    if (!awaited && !streamed.isDue() && pending() > 0 && channel.isWritable()) {
      awaited = true;
      ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(afterTaken);
    }
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

  /** Counts what waits, values referred to among it, as part of what the answers of all hold. */
  void account() {
    unsent.hold(pending() + referred, chunker.item());
  }

  /** Returns what they hold, for others to look at. */
  UnsentBytes unsent() {
    return unsent;
  }

  /** Tells whether the client must read before more is to be done for it. */
  boolean isBlocked() {
    return isHeldUp() || !mayWrite();
  }

  /** Tells whether the client is sent a log that has no end, and takes part in nothing else. */
  boolean isWatching() {
    return streamed.isWatch();
  }

  /** Tells whether an answer that has an end is being made in parts. */
  boolean isStreaming() {
    return streamed.hasMore() && !isWatching();
  }

  /** Gives up what was not written. */
  void discard() {
    discarded = true;
    streamed.end();
    waiting.forEach(answer -> close(answer.response()));
    waiting.clear();
    referred = 0;
    chunker.discard();
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
    unsent.hold(0, null);
  }
}
