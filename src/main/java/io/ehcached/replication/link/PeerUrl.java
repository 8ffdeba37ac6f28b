package io.ehcached.replication.link;

import io.ehcached.address.AddressText;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a region of a node can be reached, as Ehcache's {@code rmiUrls} have it: {@code
 * //host:port/region}, the form of {@link java.rmi.Naming}'s names; or {@code
 * //_registry._tcp.name/region}, a service whose SRV records in DNS name hosts and ports.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param port of the node's RMI registry, 1 to 65535; 0 for a service
 */
public record PeerUrl(String host, int port, String region) {
  private static final int MAX_PORT = 65535;
  private static final String FORM = "write //host:port/region";
  private static final Pattern PARTS =
      Pattern.compile("(?:rmi:)?(//)?(\\[[^\\]/]*\\]|[^:/\\[\\]]*)(?::([^/]*))?(?:/(.*))?");

  private static final Pattern BARE_IPV6 =
      Pattern.compile("(?:rmi:)?//([0-9A-Fa-f:]*:[0-9A-Fa-f:.]*):(\\d+)/(.+)");

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException whose message says what is wrong with it and what to write
   */
  public static PeerUrl parse(String text) {
    Matcher bare = BARE_IPV6.matcher(text);
    if (bare.matches()) {
      throw new IllegalArgumentException(
          "an IPv6 address is in brackets; write //[%s]:%s/%s"
              .formatted(bare.group(1), bare.group(2), bare.group(3)));
    }
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(FORM);
    }
    String host = parts.group(2);
    String port = parts.group(3);
    String region = parts.group(4);
    if (parts.group(1) == null) {
      throw new IllegalArgumentException("it does not begin with //; " + FORM);
    }
    if (host.isEmpty() || host.equals("[]")) {
      throw new IllegalArgumentException("it names no host; " + FORM);
    }
    boolean service = host.startsWith("_");
    if (service && port != null) {
      throw new IllegalArgumentException(
          "it names a service, whose ports are in its SRV records; write //"
              + host
              + "/region, without a port");
    }
    if (!service && (port == null || port.isEmpty())) {
      throw new IllegalArgumentException(
          "it names no port; " + FORM + ", with the port of the peer's listener");
    }
    if (region == null || region.isEmpty()) {
      throw new IllegalArgumentException("it names no region; " + FORM);
    }
    return new PeerUrl(AddressText.bare(host), service ? 0 : port(port), region);
  }

  private static int port(String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // the same message
    }
    throw new IllegalArgumentException(
        "its port " + digits + " is no number from 1 to " + MAX_PORT + "; " + FORM);
  }

  /** Returns the URL of a region at an address. */
  public static PeerUrl of(InetAddress address, int port, String region) {
    return new PeerUrl(AddressText.of(address), port, region);
  }

  /** Returns the same region of a node at another port. */
  public PeerUrl withPort(int other) {
    return new PeerUrl(host, other, region);
  }

  /** Returns another region of the same node. */
  public PeerUrl withRegion(String name) {
    return new PeerUrl(host, port, name);
  }

  /** Tells whether this is a service in DNS, which names hosts and ports. */
  public boolean isService() {
    return host.startsWith("_");
  }

  /** Tells whether the host is an address, which takes no name service. */
  public boolean hasAddress() {
    return host.contains(":") || host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
  }

  /** Returns {@code host:port}. */
  public String hostAndPort() {
    return AddressText.bracketed(host) + ":" + port;
  }

  @Override
  public String toString() {
    return "//" + (isService() ? host : hostAndPort()) + "/" + region;
  }
}
