package io.ehcached.server;

import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Stream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.function.BiConsumer;

/**
 * The response of a connection that is produced part by part, if there is one. Each part is
 * requested by itself.
 */
final class StreamedResponse {
  private final Channel channel;
  private final BiConsumer<Request, Stream.Part> onPart;

  /** What is answered in parts; null for nothing. */
  private Request request;

  private Stream stream;

  /** Whether a part was asked for and has not come. */
  private boolean due;

  /**
   * Makes a connection's.
   *
   * @param onPart is given each part on the connection's event loop
   */
  StreamedResponse(Channel channel, BiConsumer<Request, Stream.Part> onPart) {
    this.channel = channel;
    this.onPart = onPart;
  }

  /** Begins an answer, if it is one that is made in parts. */
  void begin(Request answered, Response response) {
    if (response.stream() != null) {
      request = answered;
      stream = response.stream();
    }
  }

  /** Tells whether there are parts to come. */
  boolean hasMore() {
    return stream != null;
  }

  /** Tells whether the next part may be asked for. */
  boolean mayAsk() {
    return stream != null && !due;
  }

  /** Tells whether one was asked for and has not come. */
  boolean isDue() {
    return due;
  }

  /** Tells whether they are those of a log that has no end. */
  boolean isWatch() {
    Request answered = request; // statistics of connections ask on any thread
    return answered != null && answered.command() == Command.WATCH;
  }

  /** Asks for the next part. */
  void ask() {
    due = true;
    stream.next(this::takeAnywhere);
  }

  private void takeAnywhere(Stream.Part part) {
    if (channel.eventLoop().inEventLoop()) {
      take(part);
      return;
    }
    LoopTasks.execute(channel, () -> take(part));
  }

  private void take(Stream.Part part) {
    due = false;
    if (stream == null) {
      return; // the client has gone
    }
    if (part == null) {
      ChannelFuture unused = channel.close();
      return;
    }
    Request answered = request;
    if (part.isLast()) {
      end();
    }
    onPart.accept(answered, part);
  }

  /** Gives up what is to come. */
  void end() {
    if (stream != null) {
      stream.close();
      stream = null;
      request = null;
    }
  }
}
