package io.ehcached.monitor.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server with one thread, which answers one request for each connection. There are at most
 * {@value #MAX_CONNECTIONS} connections, of which a new one takes the place of the oldest; none
 * lives for longer than {@value #MAX_SECONDS} seconds, whatever comes over it.
 */
public final class HttpServer implements AutoCloseable {
  /** The most connections at once. */
  public static final int MAX_CONNECTIONS = 32;

  /** The longest that a connection lives, in seconds. */
  public static final int MAX_SECONDS = 15;

  private static final int MAX_LINE = 2048; // bytes, of the request line
  private static final int MAX_HEADERS = 8192;
  private static final int MAX_CHUNK = 1024;
  private static final int MAX_BODY = 1024;
  private static final int BACKLOG = 32;

  private final Routes routes;
  private final HostNames names;
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("ehcached-admin", true), NioIoHandler.newFactory());
  private final Deque<Channel> open = new ArrayDeque<>(); // by the one thread
  private Channel listener;

  private final int maxSeconds;

  private HttpServer(List<Route> routes, Collection<String> names, int maxSeconds) {
    this.routes = new Routes(routes);
    this.names = new HostNames(names);
    this.maxSeconds = maxSeconds;
  }

  /**
   * Starts a server.
   *
   * @param address where to listen; port 0 is any free one
   * @param names by which it may be asked, besides addresses and {@code localhost}
   * @throws IOException when it cannot be listened on
   */
  public static HttpServer start(
      InetSocketAddress address, List<Route> routes, Collection<String> names) throws IOException {
    return start(address, routes, names, MAX_SECONDS);
  }

  static HttpServer start(
      InetSocketAddress address, List<Route> routes, Collection<String> names, int maxSeconds)
      throws IOException {
    HttpServer server = new HttpServer(routes, names, maxSeconds);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(server.loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    server.take(channel);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      server.close();
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    server.listener = bound.channel();
    return server;
  }

  private void take(Channel channel) {
    if (open.size() >= MAX_CONNECTIONS) {
      end(open.removeFirst());
    }
    open.addLast(channel);
    Future<?> end = channel.eventLoop().schedule(() -> end(channel), maxSeconds, TimeUnit.SECONDS);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              open.remove(channel);
              end.cancel(false);
            });
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(MAX_LINE, MAX_HEADERS, MAX_CHUNK),
            new HttpObjectAggregator(MAX_BODY, /* closeOnExpectationFailed= */ true) {
              @Override
              protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage large) {
                HttpHandler.send(ctx, HttpReply.text(413, "nothing here takes so much"), false);
              }
            },
            new HttpHandler(routes, names));
  }

  private static void end(Channel channel) {
    ChannelFuture unused = channel.close();
  }

  /** Returns the address that is listened on, with its real port. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Stops the server. */
  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
