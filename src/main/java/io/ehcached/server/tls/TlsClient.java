package io.ehcached.server.tls;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to one connection on account of TLS, so that what comes behind in the pipeline need
 * not know that there is such a thing.
 */
final class TlsClient extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(TlsClient.class);

  private final SslHandler handler;
  private final long startMillis = System.currentTimeMillis();
  private final ChannelGroup unfinished;
  private final HandshakeLog handshakeLog;
  private final Counters.Cell counters;
  private boolean finished;

  TlsClient(
      SslHandler handler,
      ChannelGroup unfinished,
      HandshakeLog handshakeLog,
      Counters.Cell counters) {
    this.handler = handler;
    this.unfinished = unfinished;
    this.handshakeLog = handshakeLog;
    this.counters = counters;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    unfinished.add(ctx.channel());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done) {
      unfinished.remove(ctx.channel());
      finished = done.isSuccess();
      if (!finished) {
        failed(ctx, done.cause());
      } else if (!Resumption.isOf(handler.engine(), startMillis)) {
        counters.increment(Counter.SSL_NEW_SESSIONS);
      }
    } else if (event instanceof SslCloseCompletionEvent) {
      // The client has said in TLS what others say in TCP.
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else if (event instanceof ChannelInputShutdownEvent && !finished) {
      ChannelFuture unused = ctx.close(); // it will not finish any more
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void failed(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof ClosedChannelException) {
      LOG.debug("{} went away before TLS began", name(ctx));
    } else {
      counters.increment(Counter.SSL_HANDSHAKE_ERRORS);
      handshakeLog.failed(name(ctx), cause);
    }
    ChannelFuture unused = ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean ofTls = cause instanceof DecoderException && cause.getCause() instanceof SSLException;
    if (finished && !ofTls) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    if (finished) {
      counters.increment(Counter.SSL_PROTO_ERRORS);
    }
    LOG.debug("{} broke TLS: {}", name(ctx), cause.getMessage());
    ChannelFuture unused = ctx.close();
  }

  /** Returns the client's address and port. */
  private static String name(ChannelHandlerContext ctx) {
    String address = String.valueOf(ctx.channel().remoteAddress());
    return address.substring(address.indexOf('/') + 1); // without the name, or what is left of it
  }
}
