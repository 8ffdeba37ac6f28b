package io.ehcached.server;

import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Socket;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Sockets of io_uring that listen. Netty makes them of both families, so that one at 0.0.0.0 takes
 * IPv6 as well, and has no constructor for another; what it looks up to decide that can be changed.
 */
final class UringSockets {
  private static final VarHandle PREFERS_IPV6 = find();

  private UringSockets() {}

  private static VarHandle find() {
    try {
      return MethodHandles.privateLookupIn(Socket.class, MethodHandles.lookup())
          .findStaticVarHandle(Socket.class, "isIpv6Preferred", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another Netty than the one built with", e);
    }
  }

  /** Makes a socket of one family; nobody else makes any meanwhile. */
  static synchronized ServerChannel server(SocketProtocolFamily family) {
    boolean before = (boolean) PREFERS_IPV6.getVolatile();
    PREFERS_IPV6.setVolatile(before && family == SocketProtocolFamily.INET6);
    try {
      return new IoUringServerSocketChannel();
    } finally {
      PREFERS_IPV6.setVolatile(before);
    }
  }
}
