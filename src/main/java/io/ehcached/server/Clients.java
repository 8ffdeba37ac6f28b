package io.ehcached.server;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.command.CommandExecutor;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients that are connected: takes them in up to the limit, and knows who is there. */
@Sharable
final class Clients extends ChannelInitializer<Channel> {
  private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
  private static final byte[] TOO_MANY =
      "ERROR Too many open connections\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSettings settings;
  private final FastThreadLocal<Worker> worker;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Map<Long, Connection> connections = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong ids = new AtomicLong();

  Clients(ServerSettings settings, Supplier<CommandExecutor> executors, Counters counters) {
    this.settings = settings;
    this.worker =
        new FastThreadLocal<>() {
          @Override
          protected Worker initialValue() {
            return new Worker(executors.get(), counters.newCell());
          }
        };
  }

  @Override
  protected void initChannel(Channel channel) {
    Worker mine = worker.get();
    if (count.incrementAndGet() > settings.maxConnections()) {
      count.decrementAndGet();
      mine.counters.increment(Counter.REJECTED_CONNECTIONS);
      channel
          .writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    mine.counters.increment(Counter.TOTAL_CONNECTIONS);
    Connection connection =
        new Connection(nextId(), channel, settings.protocols().newDecoder(settings.limits()), mine);
    connections.put(connection.id(), connection);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              connections.remove(connection.id());
              count.decrementAndGet();
            });
    if (settings.idleTimeoutSeconds() > 0) {
      channel.pipeline().addLast(new IdleStateHandler(settings.idleTimeoutSeconds(), 0, 0));
    }
    channel.pipeline().addLast(connection);
    channels.add(channel);
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  Collection<Connection> open() {
    return connections.values();
  }

  /** Lets every client have the answers that are due, then closes it; by force after a time. */
  void drain(long time, TimeUnit unit) {
    for (Connection connection : connections.values()) {
      connection.drainSoon();
    }
    if (!channels.newCloseFuture().awaitUninterruptibly(time, unit)) {
      LOG.warn("{} clients did not take their answers in time: closed", channels.size());
      channels.close().awaitUninterruptibly();
    }
  }
}
