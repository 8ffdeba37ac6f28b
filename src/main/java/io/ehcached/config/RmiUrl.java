package io.ehcached.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a peer's region is found: {@code //host:port/region}, the form of {@link java.rmi.Naming}'s
 * names.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param port of the peer's RMI registry, 1 to 65535
 */
public record RmiUrl(String host, int port, String region) {
  private static final int MAX_PORT = 65535;
  private static final String FORM = "write //host:port/region";
  private static final Pattern PARTS =
      Pattern.compile("(?:rmi:)?(//)?(\\[[^\\]/]*\\]|[^:/\\[\\]]*)(?::([^/]*))?(?:/(.*))?");

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException whose message says what is wrong with it and what to write
   */
  static RmiUrl parse(String text) {
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
    if (port == null || port.isEmpty()) {
      throw new IllegalArgumentException(
          "it names no port; " + FORM + ", with the port of the peer's listener");
    }
    if (region == null || region.isEmpty()) {
      throw new IllegalArgumentException("it names no region; " + FORM);
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new RmiUrl(bare, port(port), region);
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

  RmiUrl withPort(int other) {
    return new RmiUrl(host, other, region);
  }

  RmiUrl withRegion(String name) {
    return new RmiUrl(host, port, name);
  }

  @Override
  public String toString() {
    return "//" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + region;
  }
}
