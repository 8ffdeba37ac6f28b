package io.ehcached.server;

import io.ehcached.address.AddressText;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** How memcached writes the addresses of its sockets. */
final class Addresses {
  private static final int NETWORK_LENGTH = 8; // of an IPv6 address, in bytes

  private Addresses() {}

  /**
   * Returns {@code tcp:10.0.0.1:4711}, {@code tcp6:[::1]:4711} or {@code unix:/path}.
   *
   * @param address the address to write
   * @param local the near end, whose path names a unix socket whose far end has none
   */
  static String describe(SocketAddress address, SocketAddress local) {
    if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
      return (inet.getAddress() instanceof Inet6Address ? "tcp6:" : "tcp:") + AddressText.of(inet);
    }
    String path = path(address);
    return "unix:" + (path.isEmpty() ? path(local) : path);
  }

  /**
   * Returns what one customer of a provider has: an IPv4 address, or an IPv6 network of 64 bits.
   */
  static String network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return AddressText.of(address);
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, NETWORK_LENGTH, bytes.length, (byte) 0);
    try {
      return AddressText.of(InetAddress.getByAddress(bytes)) + "/64";
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // it is as long as it was
    }
  }

  private static String path(SocketAddress address) {
    if (address instanceof DomainSocketAddress unix) {
      return unix.path();
    }
    return address instanceof UnixDomainSocketAddress unix ? unix.getPath().toString() : "";
  }
}
