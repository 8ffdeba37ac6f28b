package io.ehcached.monitor.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handler of one connection: it answers one HTTP request, and then closes the connection. */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

  private final Routes routes;
  private final HostNames names;
  private boolean asked;

  HttpHandler(Routes routes, HostNames names) {
    this.routes = routes;
    this.names = names;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (asked) {
      return; // the connection ends with the first answer
    }
    asked = true;
    boolean head = request.method().equals(HttpMethod.HEAD);
    if (!request.decoderResult().isSuccess()) {
      send(ctx, HttpReply.text(400, "this is no request that HTTP/1.1 knows"), head);
      return;
    }
    String host = request.headers().get(HttpHeaderNames.HOST);
    if (!names.allow(host)) {
      send(
          ctx,
          HttpReply.text(
              403,
              "this node is not asked by that name; ask by its address, or start it with"
                  + " --admin-host and the name"),
          head);
      return;
    }
    Caller caller =
        new Caller(
            (InetSocketAddress) ctx.channel().remoteAddress(),
            (InetSocketAddress) ctx.channel().localAddress(),
            request.headers().contains(HttpHeaderNames.ORIGIN)
                || request.headers().contains("Sec-Fetch-Site"));
    routes
        .answer(request.method().name(), request.uri(), caller)
        .thenAccept(reply -> ctx.executor().execute(() -> send(ctx, reply, head)));
  }

  /** Sends an answer, and ends the connection. */
  static void send(ChannelHandlerContext ctx, HttpReply reply, boolean head) {
    ByteBuf body = ByteBufUtil.writeUtf8(ctx.alloc(), reply.body());
    int length = body.readableBytes();
    if (head) {
      body.release();
      body = Unpooled.EMPTY_BUFFER;
    }
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, reply.type())
        .set(HttpHeaderNames.CONTENT_LENGTH, length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set("X-Content-Type-Options", "nosniff");
    reply.headers().forEach((name, value) -> response.headers().set(name, value));
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause instanceof CodecException) { // broken off, or no HTTP
      LOG.debug("{} went away: {}", ctx.channel().remoteAddress(), cause.getMessage());
    } else {
      LOG.error("an admin request failed because of an internal error", cause);
    }
    ChannelFuture unused = ctx.close();
  }
}
