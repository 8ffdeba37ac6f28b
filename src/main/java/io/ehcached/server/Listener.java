package io.ehcached.server;

import io.ehcached.admin.ConnectionView;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/** A socket that listens, as {@code stats conns} shows it. */
record Listener(long id, Channel channel, long sinceNanos) implements ConnectionView {
  Listener(long id, Channel channel) {
    this(id, channel, System.nanoTime());
  }

  @Override
  public String address() {
    return Addresses.describe(channel.localAddress(), channel.localAddress());
  }

  @Override
  public String listenAddress() {
    return null;
  }

  @Override
  public String state() {
    return "conn_listening";
  }

  @Override
  public long secondsSinceLastCommand() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos);
  }
}
