package io.ehcached.server.tls;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A server that speaks TLS, and has nothing else but an echo. */
final class EchoServer implements AutoCloseable {
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Counters counters = new Counters();
  private final Counters.Cell cell = counters.newCell();
  private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
  private final Tls tls;
  private final Channel channel;

  EchoServer(Tls tls) {
    this.tls = tls;
    this.channel =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel client) {
                    tls.addTo(client, cell);
                    client.pipeline().addLast(new Echo());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  private final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ChannelFuture unused = ctx.writeAndFlush(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      faults.add(cause);
    }
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  Tls tls() {
    return tls;
  }

  long handshakeErrors() {
    return counters.get(Counter.SSL_HANDSHAKE_ERRORS);
  }

  long newSessions() {
    return counters.get(Counter.SSL_NEW_SESSIONS);
  }

  /** Ends it, and throws what reached the echo though it was TLS's. */
  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    tls.close();
    if (!faults.isEmpty()) {
      throw new AssertionError(faults.peek());
    }
  }
}
