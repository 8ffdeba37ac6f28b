package io.ehcached.server;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enforces the connection limit ({@code -c}) where connections are accepted. Above the limit it
 * either rejects new clients or stops accepting until a client leaves ({@code -o maxconns_fast}).
 */
@Sharable
final class AcceptLimiter extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptLimiter.class);
  private static final long PAUSE_SECONDS = 1;

  private final int max;
  private final boolean fast;
  private final Counters.Cell counters;
  private final List<Channel> listeners = new ArrayList<>();
  private int count;
  private boolean accepting = true;
  private long stoppedNanos;
  private boolean toldFull;
  private boolean toldFailure;

  AcceptLimiter(ConnectionLimits limits, Counters.Cell counters) {
    this.max = limits.max();
    this.fast = limits.fast();
    this.counters = counters;
  }

  /** Takes note of a socket that listens. */
  synchronized void add(Channel listener) {
    listeners.add(listener);
    listener.config().setAutoRead(accepting);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object child) {
    if (!fast) {
      enter((Channel) child);
    }
    ctx.fireChannelRead(child);
  }

  /** Tells whether a client that was accepted may stay; if not, it is to be told so. */
  boolean mayStay(Channel client) {
    return !fast || enter(client);
  }

  private synchronized boolean enter(Channel client) {
    if (count >= max && fast) {
      tellFull("is refused");
      return false;
    }
    count++;
    client.closeFuture().addListener(closed -> leave());
    if (count >= max && !fast && accepting) {
      tellFull("waits until another leaves");
      stoppedNanos = System.nanoTime();
      counters.increment(Counter.LISTEN_DISABLED_NUM);
      accept(false);
    }
    return true;
  }

  private void tellFull(String then) {
    if (!toldFull) {
      toldFull = true;
      LOG.warn("{} clients are connected: a new one {}; raise -c for more", max, then);
    }
  }

  private synchronized void leave() {
    count--;
    if (!accepting && count < max) {
      counters.add(
          Counter.TIME_IN_LISTEN_DISABLED_US,
          TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - stoppedNanos));
      accept(true);
    }
  }

  private void accept(boolean now) {
    accepting = now;
    for (Channel listener : listeners) {
      if (listener.isOpen()) {
        listener.config().setAutoRead(now);
      }
    }
  }

  /** Tells whether the next client to come would be accepted at once. */
  synchronized boolean isAccepting() {
    return accepting;
  }

  /** Waits a little after a failure to accept: most often the process has no file left to open. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    synchronized (this) {
      if (!toldFailure) {
        toldFailure = true;
        LOG.warn(
            "a client could not be accepted: {}; retrying every second."
                + " Raise the limit of open files (ulimit -n), or write a smaller -c",
            cause.getMessage());
      }
    }
    Channel listener = ctx.channel();
    listener.config().setAutoRead(false);
    Future<?> unused =
        listener.eventLoop().schedule(() -> resume(listener), PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void resume(Channel listener) {
    if (accepting && listener.isOpen()) {
      listener.config().setAutoRead(true);
    }
  }
}
