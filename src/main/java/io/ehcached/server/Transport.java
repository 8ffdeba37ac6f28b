package io.ehcached.server;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.Locale;

/** A way in which Netty waits for sockets. */
public enum Transport {
  /** Linux's io_uring, by Netty's native library; the fewest system calls. */
  IO_URING,
  /** Linux's epoll, by Netty's native library. */
  EPOLL,
  /** The JDK's selectors, which are everywhere. */
  NIO;

  /** Keeps an IPv6 socket from taking IPv4 as well, where it is 1; the numbers are Linux's. */
  static final ChannelOption<Integer> IPV6_ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", /* level= */ 41, /* optname= */ 26);

  /** Returns the quickest one that works on this machine. */
  public static Transport best() {
    return IO_URING.isAvailable() ? IO_URING : EPOLL.isAvailable() ? EPOLL : NIO;
  }

  /** Tells whether this machine has it. */
  public boolean isAvailable() {
    return switch (this) {
      case IO_URING -> IoUring.isAvailable();
      case EPOLL -> Epoll.isAvailable();
      case NIO -> true;
    };
  }

  IoHandlerFactory ioHandlerFactory() {
    return switch (this) {
      case IO_URING ->
          FilteredIo.factory(UringBufferRing.ioHandlerFactory(), new PausedReadFilter());
      case EPOLL -> FilteredIo.factory(EpollIoHandler.newFactory(), new EpollRegistrationFilter());
      case NIO -> NioIoHandler.newFactory();
    };
  }

  /** Returns what makes the sockets that listen at an address. */
  ChannelFactory<ServerChannel> tcpServer(InetAddress address) {
    return switch (this) {
      case IO_URING -> () -> UringSockets.server(family(address));
      case EPOLL -> () -> new EpollServerSocketChannel(family(address));
      case NIO -> () -> new NioServerSocketChannel(SelectorProvider.provider(), family(address));
    };
  }

  /** Returns what makes the sockets that take datagrams at an address. */
  ChannelFactory<DatagramChannel> udp(InetAddress address) {
    return switch (this) {
      case IO_URING -> () -> new IoUringDatagramChannel(family(address));
      case EPOLL -> () -> new EpollDatagramChannel(family(address));
      case NIO -> () -> new NioDatagramChannel(family(address));
    };
  }

  private static SocketProtocolFamily family(InetAddress address) {
    return address instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
  }

  /**
   * Returns whether a socket at this address has to be kept from taking IPv4 as well, by {@link
   * #IPV6_ONLY}; the JDK's own cannot be.
   */
  boolean needsIpv6Only(InetAddress address) {
    return this != NIO && address instanceof Inet6Address && address.isAnyLocalAddress();
  }

  Class<? extends ServerChannel> unixServer() {
    return switch (this) {
      case IO_URING -> IoUringServerDomainSocketChannel.class;
      case EPOLL -> EpollServerDomainSocketChannel.class;
      case NIO -> NioServerDomainSocketChannel.class;
    };
  }

  SocketAddress unixAddress(Path path) {
    return switch (this) {
      case IO_URING, EPOLL -> new DomainSocketAddress(path.toString());
      case NIO -> UnixDomainSocketAddress.of(path);
    };
  }

  /** Returns the name that {@code --transport} takes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
