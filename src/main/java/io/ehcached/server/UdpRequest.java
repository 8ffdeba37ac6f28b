package io.ehcached.server;

import io.ehcached.admin.Counter;
import io.ehcached.item.Item;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The requests of one datagram and the datagram that answers them all, in their order. Answers that
 * do not fit into one of {@value #MAX_LENGTH} bytes are not sent in several, as memcached does it:
 * an error stands in their place, which says so.
 */
final class UdpRequest implements Responder {
  /** The longest datagram that is sent, its header included, in bytes; memcached has the same. */
  static final int MAX_LENGTH = 1400;

  private static final Response TOO_LONG =
      Response.of(Status.SERVER_ERROR, "answer too large for UDP, ask over TCP");

  private final Channel channel;
  private final Worker worker;
  private final int id;
  private final InetSocketAddress client;
  private final List<Request> requests;
  private final Runnable atEnd;
  private final IdentityHashMap<Request, Response> answers = new IdentityHashMap<>();

  /**
   * Makes one.
   *
   * @param id the request id that the client chose
   * @param atEnd is run when all is answered
   */
  UdpRequest(
      Channel channel,
      Worker worker,
      int id,
      InetSocketAddress client,
      List<Request> requests,
      Runnable atEnd) {
    this.channel = channel;
    this.worker = worker;
    this.id = id;
    this.client = client;
    this.requests = requests;
    this.atEnd = atEnd;
  }

  @Override
  public void respond(Request request, Response response) {
    if (!channel.eventLoop().inEventLoop()) {
      LoopTasks.execute(channel, () -> respond(request, response));
      return;
    }
    answers.put(request, response.stream() == null ? response : refused(response));
    if (answers.size() == requests.size()) {
      atEnd.run();
      send();
    }
  }

  /** Returns what takes the place of an answer whose length nobody knows. */
  private static Response refused(Response response) {
    response.stream().close();
    return TOO_LONG;
  }

  private void send() {
    ByteBuf out = channel.alloc().directBuffer(MAX_LENGTH);
    out.writeShort(id).writeShort(0).writeShort(1).writeShort(0); // the first of one
    for (Request request : requests) {
      if (!fits(request, answers.get(request), out)) {
        out.writerIndex(UdpHandler.HEADER_LENGTH);
        worker.encoders.encode(request.withoutAnswer(), TOO_LONG, out);
        break;
      }
    }
    int length = out.readableBytes();
    if (length == UdpHandler.HEADER_LENGTH) { // all was quiet
      out.release();
      return;
    }
    worker.counters.add(Counter.BYTES_WRITTEN, length);
    ChannelFuture unused = channel.writeAndFlush(new DatagramPacket(out, client));
  }

  private boolean fits(Request request, Response response, ByteBuf out) {
    Item item = response.item();
    if (item != null && item.value().length > MAX_LENGTH && returnsValue(request)) {
      return false; // found out without copying it
    }
    worker.encoders.encode(request, response, out);
    return out.readableBytes() <= MAX_LENGTH;
  }

  private static boolean returnsValue(Request request) {
    return request.command().returnsValue()
        && (request.wire() != Wire.META || request.has(Option.WANT_VALUE));
  }
}
