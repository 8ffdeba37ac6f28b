package io.ehcached.replication.link;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a region of a node can be reached, as Ehcache's {@code rmiUrls} have it.
 *
 * @param host a name, or an address (IPv6 in brackets)
 * @param port of the node's registry
 */
public record PeerUrl(String host, int port, String region) {
  private static final Pattern FORM =
      Pattern.compile("(?:rmi:)?//(\\[[0-9A-Fa-f:.%\\w]+]|[^/:\\[\\]]+):(\\d{1,5})/(.+)");
  private static final int MAX_PORT = 0xffff;

  /**
   * Reads {@code //host:port/region}.
   *
   * @throws IllegalArgumentException when it is of another form
   */
  public static PeerUrl parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(2));
      if (port > 0 && port <= MAX_PORT) {
        return new PeerUrl(matcher.group(1), port, matcher.group(3));
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not of the form //host:port/region");
  }

  /** Returns the URL of a region at an address. */
  public static PeerUrl of(InetAddress address, int port, String region) {
    String host = address.getHostAddress();
    return new PeerUrl(host.indexOf(':') < 0 ? host : "[" + host + "]", port, region);
  }

  /** Returns {@code host:port}. */
  public String hostAndPort() {
    return host + ":" + port;
  }

  @Override
  public String toString() {
    return "//" + host + ":" + port + "/" + region;
  }
}
