package io.ehcached.server;

import io.ehcached.admin.ConnectionView;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramChannel;
import java.util.concurrent.TimeUnit;

/** A socket that listens, or takes datagrams, as {@code stats conns} shows it. */
record Listener(long id, Channel channel, long sinceNanos) implements ConnectionView {
  Listener(long id, Channel channel) {
    this(id, channel, System.nanoTime());
  }

  boolean isUdp() {
    return channel instanceof DatagramChannel;
  }

  @Override
  public String address() {
    String address = Addresses.describe(channel.localAddress(), channel.localAddress());
    return isUdp() ? address.replaceFirst("^tcp", "udp") : address;
  }

  @Override
  public String listenAddress() {
    return null;
  }

  @Override
  public String state() {
    return isUdp() ? "conn_read" : "conn_listening";
  }

  @Override
  public long secondsSinceLastCommand() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos);
  }
}
