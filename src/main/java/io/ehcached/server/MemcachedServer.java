package io.ehcached.server;

import io.ehcached.address.AddressText;
import io.ehcached.admin.ConnectionLoad;
import io.ehcached.admin.ConnectionView;
import io.ehcached.admin.Counters;
import io.ehcached.admin.watch.WatchLog;
import io.ehcached.command.CommandExecutor;
import io.ehcached.item.Item;
import io.ehcached.server.tls.Tls;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The front end: listens, and has the commands of its clients carried out. Opened by {@link
 * #start}, closed by {@link #stop}.
 */
public final class MemcachedServer {
  private static final int WRITE_LOW_WATER = 256 * 1024;
  private static final int WRITE_HIGH_WATER = 1024 * 1024;
  private static final long DRAIN_SECONDS = 5;

  private final ServerSettings settings;
  private final EventLoopGroup loops;
  private final ConnectionRegistry clients;
  private final List<Listener> listeners = new ArrayList<>();
  private UnixSocketFile socketFile;

  private MemcachedServer(
      ServerSettings settings,
      Supplier<CommandExecutor> executors,
      Predicate<Item> stored,
      Counters counters,
      WatchLog log) {
    this.settings = settings;
    this.loops =
        new MultiThreadIoEventLoopGroup(
            settings.threads(),
            new DefaultThreadFactory("ehcached-worker"),
            settings.transport().ioHandlerFactory());
    this.clients = new ConnectionRegistry(settings, executors, stored, counters, log);
  }

  /**
   * Starts to serve.
   *
   * @param executors makes the executor of one event loop
   * @param stored tells whether an item's value is stored still, from any thread
   * @param log is told of clients that come and go
   * @throws IOException when an address cannot be listened on; the message says which and why
   */
  public static MemcachedServer start(
      ServerSettings settings,
      Supplier<CommandExecutor> executors,
      Predicate<Item> stored,
      Counters counters,
      WatchLog log)
      throws IOException {
    MemcachedServer server = new MemcachedServer(settings, executors, stored, counters, log);
    try {
      server.listen();
      return server;
    } catch (IOException e) {
      server.stop();
      throw e;
    }
  }

  /**
   * Finds out whether {@link #start} will be able to listen on the addresses, before anything else
   * is begun.
   *
   * @throws IOException when it will not; the message says on which and why
   */
  public static void checkAddresses(ServerSettings settings) throws IOException {
    for (TcpEndpoint endpoint : settings.endpoints()) {
      InetSocketAddress address = endpoint.address();
      try (ServerSocketChannel socket = ServerSocketChannel.open(family(address))) {
        socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        socket.bind(address);
      } catch (IOException e) {
        throw cannotListen(address, describe(address), "-p", e);
      }
    }
    for (UdpEndpoint endpoint : settings.udpEndpoints()) {
      InetSocketAddress address = endpoint.address();
      try (DatagramChannel socket = DatagramChannel.open(family(address))) {
        socket.bind(address);
      } catch (IOException e) {
        throw cannotListen(address, describeUdp(address), "-U", e);
      }
    }
    if (settings.unixSocket() != null) {
      checkUnixSocket(settings.unixSocket());
    }
  }

  /**
   * Checks whether this machine has an address and this user may listen there. The port is not
   * listened on, and may be another's.
   *
   * @param portOption the option for another port
   * @throws ListenException when the machine does not have it, or the user may not
   */
  public static void checkAllowed(InetSocketAddress address, String portOption)
      throws ListenException {
    try (SocketChannel socket = SocketChannel.open(family(address))) {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(address);
    } catch (IOException e) {
      ListenException fault = ListenException.of(address, describe(address), portOption, "-l", e);
      if (!fault.isTaken()) {
        throw fault;
      }
    }
  }

  /**
   * Finds out whether a node, other than one that does so now, could listen on a unix socket.
   *
   * @throws IOException when it could not; the message says why
   */
  public static void checkUnixSocket(Path path) throws IOException {
    UnixSocketFile.check(path);
  }

  private static ProtocolFamily family(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  private static IOException cannotListen(
      SocketAddress address, String name, String portOption, Throwable cause) {
    if (!(address instanceof InetSocketAddress)) {
      return UnixSocketFile.unusable(name, cause.getMessage());
    }
    return ListenException.of(address, name, portOption, "-l", cause);
  }

  private static String describe(InetSocketAddress address) {
    return AddressText.of(address);
  }

  private static String describeUdp(InetSocketAddress address) {
    return describe(address) + " for UDP";
  }

  private void listen() throws IOException {
    for (TcpEndpoint endpoint : settings.endpoints()) {
      listen(
          endpoint.address(), endpoint.tls(), endpoint.protocols(), describe(endpoint.address()));
    }
    for (UdpEndpoint endpoint : settings.udpEndpoints()) {
      takeDatagrams(endpoint);
    }
    Path path = settings.unixSocket();
    if (path != null) {
      UnixSocketFile.makeWay(path);
      listen(
          settings.transport().unixAddress(path),
          /* tls= */ false,
          settings.protocols(),
          path.toString());
      socketFile = UnixSocketFile.made(path, settings.unixMask());
    }
  }

  private void listen(SocketAddress address, boolean tls, Protocols protocols, String name)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .option(ChannelOption.SO_BACKLOG, settings.backlog())
            .handler(clients.acceptLimiter())
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(WRITE_LOW_WATER, WRITE_HIGH_WATER))
            // Who has asked for all it wants may say so, and still read the answers.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childAttr(Protocols.KEY, protocols)
            .childHandler(clients);
    if (address instanceof InetSocketAddress inet) {
      bootstrap
          .channelFactory(settings.transport().tcpServer(inet.getAddress()))
          .option(ChannelOption.SO_REUSEADDR, true)
          .childOption(ChannelOption.TCP_NODELAY, true)
          .childOption(ChannelOption.SO_KEEPALIVE, true);
      keepApart(bootstrap, inet);
    } else {
      bootstrap.channel(settings.transport().unixServer());
    }
    if (tls) {
      bootstrap.childAttr(Tls.KEY, settings.tls());
    } else if (settings.transport() == Transport.IO_URING) { // TLS keeps what it has read
      UringBufferRing.use(bootstrap);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw cannotListen(address, name, "-p", bound.cause());
    }
    clients.acceptLimiter().add(bound.channel());
    listeners.add(new Listener(clients.nextId(), bound.channel()));
  }

  /** Has a socket take IPv6 alone at {@code ::}, as one takes IPv4 alone at {@code 0.0.0.0}. */
  private void keepApart(AbstractBootstrap<?, ?> bootstrap, InetSocketAddress address) {
    if (settings.transport().needsIpv6Only(address.getAddress())) {
      bootstrap.option(Transport.IPV6_ONLY, 1);
    }
  }

  private void takeDatagrams(UdpEndpoint endpoint) throws IOException {
    InetSocketAddress address = endpoint.address();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops)
            .channelFactory(settings.transport().udp(address.getAddress()))
            .option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(UdpHandler.LARGEST))
            .handler(new UdpHandler(clients, endpoint.protocols(), settings.limits()));
    keepApart(bootstrap, address);
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw cannotListen(address, describeUdp(address), "-U", bound.cause());
    }
    listeners.add(new Listener(clients.nextId(), bound.channel()));
  }

  /** Returns the TCP addresses that are listened on, with their real ports. */
  public List<InetSocketAddress> addresses() {
    return addresses(false);
  }

  /** Returns the UDP addresses at which datagrams are taken, with their real ports. */
  public List<InetSocketAddress> udpAddresses() {
    return addresses(true);
  }

  private List<InetSocketAddress> addresses(boolean udp) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (Listener listener : listeners) {
      if (listener.isUdp() == udp
          && listener.channel().localAddress() instanceof InetSocketAddress address) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  /** Returns the sockets that are open now, those that listen first. */
  public Collection<ConnectionView> connections() {
    return new OpenSockets(listeners, clients.open());
  }

  /** Returns how many clients are connected. */
  public int clientCount() {
    return clients.open().size();
  }

  /** Returns the event loops that serve clients. */
  public Iterable<EventExecutor> loops() {
    return loops;
  }

  /** Returns how clients bear on the node at this moment. */
  public ConnectionLoad load() {
    return clients.load();
  }

  /** Stops in order: takes no new client, sends the answers that are due, closes the rest. */
  public void stop() {
    for (Listener listener : listeners) {
      listener.channel().close().awaitUninterruptibly();
    }
    if (socketFile != null) {
      socketFile.delete();
    }
    clients.drain(DRAIN_SECONDS, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, DRAIN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
