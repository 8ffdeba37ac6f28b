package io.ehcached.server;

import io.ehcached.admin.ConnectionLoad;
import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.admin.watch.WatchLog;
import io.ehcached.command.CommandExecutor;
import io.ehcached.item.Item;
import io.ehcached.protocol.Access;
import io.ehcached.server.tls.Tls;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connected clients. Sets up each new connection, unless the limit is reached, and knows all
 * that are open.
 */
@Sharable
final class ConnectionRegistry extends ChannelInitializer<Channel> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionRegistry.class);
  private static final byte[] TOO_MANY =
      "ERROR Too many open connections\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSettings settings;
  private final AcceptLimiter acceptLimiter;
  private final SharedConnectionState shared;
  private final FastThreadLocal<Worker> worker;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Map<Long, Connection> connections = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  ConnectionRegistry(
      ServerSettings settings,
      Supplier<CommandExecutor> executors,
      Predicate<Item> stored,
      Counters counters,
      WatchLog log) {
    this.settings = settings;
    this.acceptLimiter = new AcceptLimiter(settings.connections(), counters.newCell());
    this.shared = new SharedConnectionState(settings.connections(), connections.values(), stored);
    this.worker =
        new FastThreadLocal<>() {
          @Override
          protected Worker initialValue() {
            return new Worker(
                executors.get(),
                counters.newCell(),
                log.newBuffer(),
                new Encoders(settings.limits().cas()),
                shared);
          }
        };
  }

  @Override
  protected void initChannel(Channel channel) {
    Worker mine = worker.get();
    Tls tls = channel.attr(Tls.KEY).get();
    if (!acceptLimiter.mayStay(channel)) {
      mine.counters.increment(Counter.REJECTED_CONNECTIONS);
      // Who speaks TLS could not read it, and a handshake is too much to do for one turned away.
      channel
          .writeAndFlush(tls == null ? Unpooled.wrappedBuffer(TOO_MANY) : Unpooled.EMPTY_BUFFER)
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    mine.counters.increment(Counter.TOTAL_CONNECTIONS);
    Connection connection = newConnection(channel, mine);
    connections.put(connection.id(), connection);
    ConnectionEvents events = new ConnectionEvents(mine.log, connection);
    events.connected();
    channel
        .closeFuture()
        .addListener(
            closed -> {
              connections.remove(connection.id());
              mine.remove(connection);
              events.disconnected();
            });
    if (tls != null) {
      tls.addTo(channel, mine.counters);
    }
    mine.add(connection, channel.eventLoop());
    channel.pipeline().addLast(connection);
    channels.add(channel);
  }

  /** Returns what stands at the sockets that listen. */
  AcceptLimiter acceptLimiter() {
    return acceptLimiter;
  }

  /** Returns what the calling event loop's connections share. */
  Worker worker() {
    return worker.get();
  }

  /** Returns how clients bear on the node at this moment. */
  ConnectionLoad load() {
    return new ConnectionLoad(
        acceptLimiter.isAccepting(), shared.input().held(), shared.output().held());
  }

  private Connection newConnection(Channel channel, Worker mine) {
    Access access = settings.authenticator() == null ? Access.FREE : Access.denied();
    Connection connection =
        new Connection(
            nextId(),
            channel,
            channel.attr(Protocols.KEY).get().newDecoder(settings.limits(), access),
            settings.requestsPerEvent(),
            mine);
    if (settings.authenticator() != null) {
      connection.guard(settings.authenticator(), access);
    }
    return connection;
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  Collection<Connection> open() {
    return connections.values();
  }

  /** Lets every client have the answers that are due, then closes it; by force after a time. */
  void drain(long time, TimeUnit unit) {
    if (settings.tls() != null) {
      settings.tls().closeUnfinished();
    }
    for (Connection connection : connections.values()) {
      connection.drainSoon();
    }
    if (!channels.newCloseFuture().awaitUninterruptibly(time, unit)) {
      LOG.warn("{} clients did not read their answers in time: closed", channels.size());
      channels.close().awaitUninterruptibly();
    }
  }
}
