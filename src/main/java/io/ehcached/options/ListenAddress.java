package io.ehcached.options;

import io.ehcached.options.ServerOptions.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of {@code -l} to listen on: an optional {@link ListenPrefix}, then {@code
 * host[:port]}, where an IPv6 address with a port is in brackets.
 *
 * @param host a name or a numeric address, without brackets
 * @param port the port, where one was written; else that of {@code -p} is meant
 * @param notls whether it stays without TLS where others have it
 * @param protocol what is spoken there, where that was written; else what {@code -B} says
 */
public record ListenAddress(
    String host, OptionalInt port, boolean notls, Optional<Protocol> protocol) {
  /** The default address, which only this machine can reach. */
  static final ListenAddress DEFAULT = new ListenAddress("127.0.0.1", OptionalInt.empty(), false);

  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*)");
  private static final Pattern DOTTED = Pattern.compile("[0-9.]+");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?");
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)\\](?::(.*))?");

  ListenAddress(String host, OptionalInt port, boolean notls) {
    this(host, port, notls, Optional.empty());
  }

  /**
   * Reads the value of one {@code -l}: addresses, separated by commas (or semicolons, as in
   * memcached).
   */
  static List<ListenAddress> parseList(String list) throws UsageException {
    List<ListenAddress> addresses = new ArrayList<>();
    for (String one : list.split("[,;]", -1)) {
      addresses.add(parse(one.strip()));
    }
    return addresses;
  }

  /** Reads the address that is advertised to clients; it has to name a machine. */
  static ListenAddress parseAdvertised(String text) throws UsageException {
    UsageException bad =
        UsageException.badValue(
            "--advertise "
                + text
                + " is no address of a machine; write the host or host:port at which clients find"
                + " this node, such as 10.0.0.5 or cache1.example.org:11211");
    try {
      ListenAddress address = parse(text);
      if (isPrefixed(text) || WILDCARDS.contains(address.host())) {
        throw bad;
      }
      return address;
    } catch (UsageException e) {
      throw bad;
    }
  }

  /** Reads the address of the admin port, whose port is another option's. */
  static ListenAddress parseAdmin(String text) throws UsageException {
    UsageException bad =
        UsageException.badValue(
            "--admin-listen "
                + text
                + " is no address; write one of this machine, such as 127.0.0.1, ::1 or 0.0.0.0,"
                + " and its port with --admin-port");
    try {
      ListenAddress address = parse(text);
      if (isPrefixed(text) || address.port().isPresent()) {
        throw bad;
      }
      return address;
    } catch (UsageException e) {
      throw bad;
    }
  }

  private static boolean isPrefixed(String text) {
    return !ListenPrefix.of(text).rest().equals(text);
  }

  private static ListenAddress parse(String text) throws UsageException {
    ListenPrefix prefix = ListenPrefix.of(text);
    boolean notls = prefix.tls().equals(ListenPrefix.NOTLS);
    String rest = prefix.rest();
    Matcher bracketed = BRACKETED.matcher(rest);
    String host;
    String port;
    if (bracketed.matches()) {
      host = bracketed.group(1);
      port = bracketed.group(2);
      if (!IPV6.matcher(host).matches()) {
        throw bad(text);
      }
    } else {
      int colon = rest.indexOf(':');
      boolean bareIpv6 = colon >= 0 && rest.indexOf(':', colon + 1) >= 0;
      boolean portless = colon < 0 || bareIpv6;
      host = portless ? rest : rest.substring(0, colon);
      if (host.equals("0")) { // as the system's own functions read it
        host = "0.0.0.0";
      }
      port = portless ? null : rest.substring(colon + 1);
      if (!isHost(host, bareIpv6)) {
        throw bad(text);
      }
    }
    return new ListenAddress(
        host, port == null ? OptionalInt.empty() : port(text, port), notls, prefix.speaks());
  }

  private static boolean isHost(String host, boolean ipv6) {
    if (ipv6) {
      return IPV6.matcher(host).matches();
    }
    return DOTTED.matcher(host).matches()
        ? IPV4.matcher(host).matches()
        : NAME.matcher(host).matches();
  }

  private static OptionalInt port(String text, String port) throws UsageException {
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > Numbers.MAX_PORT) {
      throw UsageException.badValue(
          "-l " + text + ": '" + port + "' is no port; write one from 0 (any free one) to 65535");
    }
    return OptionalInt.of(Integer.parseInt(port));
  }

  private static UsageException bad(String text) {
    return UsageException.badValue(
        "-l "
            + (text.isEmpty() ? "with an empty address" : text + " is no address")
            + "; write addresses of this machine with commas between,"
            + " such as 127.0.0.1, 10.0.0.5:11211, [::1]:11211, or 0.0.0.0 for all");
  }

  /**
   * Resolves the host of an address where clients are served.
   *
   * @param defaultPort the port where none was written, 0 for any free one
   * @throws UsageException when no address has this name
   */
  public InetSocketAddress resolve(int defaultPort) throws UsageException {
    return resolve(CommandLineOption.LISTEN, defaultPort);
  }

  /**
   * Resolves the host of the admin port's address; otherwise as {@link #resolve}.
   *
   * @throws UsageException when no address has this name
   */
  public InetSocketAddress resolveAdmin(int adminPort) throws UsageException {
    return resolve(CommandLineOption.ADMIN_LISTEN, adminPort);
  }

  private InetSocketAddress resolve(CommandLineOption option, int defaultPort)
      throws UsageException {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port.orElse(defaultPort));
    } catch (UnknownHostException e) {
      throw UsageException.badValue(
          option.shown()
              + " "
              + host
              + ": no address has this name; write an address of this machine");
    }
  }

  /** Returns the address without its prefix. */
  public String shown() {
    String shown = host.indexOf(':') >= 0 && port.isPresent() ? "[" + host + "]" : host;
    return shown + (port.isPresent() ? ":" + port.getAsInt() : "");
  }

  /** Returns the address as {@code -l} takes it. */
  @Override
  public String toString() {
    return (notls ? ListenPrefix.NOTLS + ":" : "")
        + protocol.map(ListenPrefix::of).orElse("")
        + shown();
  }
}
