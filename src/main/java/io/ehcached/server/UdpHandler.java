package io.ehcached.server;

import io.ehcached.admin.Counter;
import io.ehcached.protocol.Access;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket ({@code protocol.txt}, "UDP protocol"). A datagram holds whole requests in any
 * protocol behind a header of {@value #HEADER_LENGTH} bytes: a request id, which the answer
 * repeats, the number of the datagram, how many datagrams there are, and two bytes without meaning.
 * Requests in several datagrams, and those that are not whole, are dropped, as is whatever comes
 * while too many are under way: UDP itself holds nobody back.
 *
 * <p>Whoever asks may have written somebody else's address. So a datagram is answered with one
 * datagram at most, of at most {@value UdpRequest#MAX_LENGTH} bytes: see {@link UdpRequest}.
 */
final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  static final int HEADER_LENGTH = 8;

  /** The largest datagram there is, in bytes. */
  static final int LARGEST = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(UdpHandler.class);
  private static final int COUNT_AT = 4;
  private static final int MAX_REQUESTS = 256;

  /** The most datagrams that may wait for other nodes at once. */
  private static final int MAX_UNDER_WAY = 1024;

  private final ConnectionRegistry clients;
  private final Protocols protocols;
  private final Limits limits;
  private int underWay;

  UdpHandler(ConnectionRegistry clients, Protocols protocols, Limits limits) {
    this.clients = clients;
    this.protocols = protocols;
    this.limits = limits;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
    Worker worker = clients.worker();
    ByteBuf in = packet.content();
    worker.counters.add(Counter.BYTES_READ, in.readableBytes());
    List<Request> requests = isTaken(ctx, in) ? requests(in, worker) : List.of();
    if (requests.isEmpty()) {
      worker.counters.increment(Counter.UDP_DROPPED);
      return;
    }
    underWay++;
    int id = in.getUnsignedShort(in.readerIndex());
    UdpRequest exchange =
        new UdpRequest(ctx.channel(), worker, id, packet.sender(), requests, () -> underWay--);
    for (int done = 0; done < requests.size(); ) {
      done += worker.executor.executeBatch(requests.subList(done, requests.size()), exchange);
    }
  }

  private boolean isTaken(ChannelHandlerContext ctx, ByteBuf in) {
    return in.readableBytes() > HEADER_LENGTH
        && in.getUnsignedShort(in.readerIndex() + COUNT_AT) == 1
        && underWay < MAX_UNDER_WAY
        && ctx.channel().isWritable();
  }

  /** Returns what is asked for; nothing when the datagram holds anything but whole requests. */
  private List<Request> requests(ByteBuf in, Worker worker) {
    int length = in.readableBytes() - HEADER_LENGTH;
    byte[] bytes = worker.scratch(length);
    in.getBytes(in.readerIndex() + HEADER_LENGTH, bytes, 0, length);
    Decoder decoder = protocols.newDecoder(limits, Access.FREE);
    List<Request> requests = new ArrayList<>();
    int end = decoder.decode(bytes, 0, length, requests, MAX_REQUESTS);
    boolean whole = end == length && !decoder.isMidway();
    requests.removeIf(request -> request.command() == Command.QUIT); // there is nothing to end
    return whole ? requests : List.of();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.error("a datagram was dropped because of an internal error", cause);
  }
}
