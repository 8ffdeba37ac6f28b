package io.ehcached.address;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Addresses as people write them: IPv6 ones shortened, {@code ::1}, and in brackets before a port.
 */
public final class AddressText {
  private AddressText() {}

  /** Returns {@code 10.0.0.1} or {@code fd00::1}, with the interface of a link's own address. */
  public static String of(InetAddress address) {
    String zone = "";
    if (address instanceof Inet6Address) {
      String text = address.getHostAddress();
      int percent = text.indexOf('%');
      zone = percent < 0 ? "" : text.substring(percent);
    }
    return NetUtil.toAddressString(address) + zone;
  }

  /** Returns the same without the interface, which means something on this machine only. */
  public static String withoutZone(InetAddress address) {
    return NetUtil.toAddressString(address);
  }

  /** Returns {@code 10.0.0.1:4567} or {@code [fd00::1]:4567}. */
  public static String of(InetAddress address, int port) {
    return bracketed(of(address)) + ":" + port;
  }

  /** Returns the same of a socket's address; of one that was not resolved, with its name. */
  public static String of(InetSocketAddress address) {
    return address.isUnresolved()
        ? bracketed(address.getHostString()) + ":" + address.getPort()
        : of(address.getAddress(), address.getPort());
  }

  /** Returns a host with brackets if it is an IPv6 address without them. */
  public static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** Returns a host as it is shown: an IPv6 address shortened and without brackets. */
  public static String bare(String host) {
    boolean enclosed = host.startsWith("[") && host.endsWith("]");
    String bare = enclosed ? host.substring(1, host.length() - 1) : host;
    if (bare.indexOf(':') < 0 || bare.indexOf('%') >= 0 || !NetUtil.isValidIpV6Address(bare)) {
      return bare;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(bare);
    return NetUtil.bytesToIpAddress(bytes);
  }
}
