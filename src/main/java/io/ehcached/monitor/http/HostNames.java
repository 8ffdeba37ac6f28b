package io.ehcached.monitor.http;

import io.netty.util.NetUtil;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The host names that a server accepts in requests. A page whose owner lets its name resolve to
 * this machine's address makes a browser ask with that name (DNS rebinding), so other names than
 * these are refused; an address is not a name that somebody else can give.
 */
final class HostNames {
  private final Set<String> names = new HashSet<>(Set.of("localhost"));

  HostNames(Collection<String> more) {
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * Tells whether a request with this {@code Host} may be answered.
   *
   * @param host the {@code Host} header; null where there is none, which browsers always send
   */
  boolean allow(String host) {
    if (host == null) {
      return true;
    }
    String name = withoutPort(host.strip());
    return NetUtil.isValidIpV4Address(name)
        || NetUtil.isValidIpV6Address(name)
        || names.contains(name.toLowerCase(Locale.ROOT));
  }

  private static String withoutPort(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(1, end);
    }
    int colon = host.lastIndexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
