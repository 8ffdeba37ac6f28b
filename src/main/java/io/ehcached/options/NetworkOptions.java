package io.ehcached.options;

import static io.ehcached.options.CommandLineOption.ENABLE_SSL;
import static io.ehcached.options.CommandLineOption.INSECURE;
import static io.ehcached.options.CommandLineOption.LISTEN;
import static io.ehcached.options.CommandLineOption.LISTEN_BACKLOG;
import static io.ehcached.options.CommandLineOption.PORT;
import static io.ehcached.options.CommandLineOption.PROTOCOL;
import static io.ehcached.options.CommandLineOption.THREADS;
import static io.ehcached.options.CommandLineOption.TRANSPORT;
import static io.ehcached.options.CommandLineOption.UDP_PORT;
import static io.ehcached.options.CommandLineOption.UNIX_MASK;
import static io.ehcached.options.CommandLineOption.UNIX_SOCKET;

import io.ehcached.options.ServerOptions.Network;
import io.ehcached.options.ServerOptions.Protocol;
import io.ehcached.options.ServerOptions.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The reader of the options of the network: where and how clients are served. */
final class NetworkOptions {
  private static final int DEFAULT_PORT = 11_211;
  private static final int MANY_THREADS = 64;
  private static final int MAX_UNIX_PATH = 107; // sockaddr_un's, without its NUL

  private final Given given;
  private final Optional<TlsOptions> tls;
  private final Map<String, String> environment;

  NetworkOptions(Given given, Optional<TlsOptions> tls, Map<String, String> environment) {
    this.given = given;
    this.tls = tls;
    this.environment = environment;
  }

  Network read() {
    int udpPort =
        given.integer(UDP_PORT, "UDP port", 0, Network.ANY_PORT, Numbers.MAX_PORT, "11211");
    // As memcached has it: -U alone moves TCP to that port as well.
    int defaultPort = udpPort == 0 ? DEFAULT_PORT : udpPort;
    int port =
        given.integer(PORT, "port", defaultPort, Network.ANY_PORT, Numbers.MAX_PORT, "11211");
    Optional<Path> unixSocket = given.path(UNIX_SOCKET);
    if (unixSocket.isPresent() && unixSocket.get().toString().length() > MAX_UNIX_PATH) {
      given.fault("-s " + unixSocket.get() + ": the path of a unix socket has at most 107 bytes");
    }
    if (udpPort != 0 && unixSocket.isPresent()) {
      given.warn("-U " + udpPort + ": a node with a unix socket (-s) serves no UDP");
    }
    if (port == 0 && udpPort == 0 && unixSocket.isEmpty()) {
      given.fault(
          "-p 0 turns TCP off, and nothing else is served; give a port, or a unix socket with -s");
    }
    int threads = given.integer(THREADS, "threads", 4, 1, Integer.MAX_VALUE, "4");
    if (threads > MANY_THREADS) {
      given.warn("-t " + threads + ": more threads than processors make a node slower");
    }
    Network network =
        new Network(
            port,
            udpPort,
            unixSocket,
            unixMask(),
            listen(port),
            Optional.ofNullable(environment.get("MEMCACHED_PORT_FILENAME")).map(Path::of),
            given.integer(LISTEN_BACKLOG, "backlog", 1024, 1, Integer.MAX_VALUE, "1024"),
            threads,
            given.choice(PROTOCOL, Protocol.AUTO),
            given.has(INSECURE),
            given.choice(TRANSPORT, Transport.AUTO));
    ListenPrefix.check(given, tls);
    warnOfPlain(network, given.has(ENABLE_SSL));
    return network;
  }

  private void warnOfPlain(Network network, boolean encrypted) {
    if (encrypted && network.unixSocket().isPresent()) {
      given.warn("-Z: a unix socket is served without TLS; -a says who may use it");
    } else if (encrypted && network.udpPort() != 0) {
      given.warn("-Z: UDP (-U) is served without TLS; leave -U out where nobody may listen in");
    }
  }

  private List<ListenAddress> listen(int port) {
    List<ListenAddress> addresses = new ArrayList<>();
    for (String list : given.all(LISTEN)) {
      addresses.addAll(given.or(List.of(), () -> ListenAddress.parseList(list)));
    }
    Set<String> seen = new HashSet<>();
    for (ListenAddress address : addresses) {
      int at = address.port().orElse(port);
      boolean any = at == 0 || at == Network.ANY_PORT; // each time another
      if (!any && !seen.add(address.host().toLowerCase(Locale.ROOT) + " " + at)) {
        given.fault("-l " + address.shown() + " is given twice; write it once");
      }
    }
    return addresses.isEmpty() ? List.of(ListenAddress.DEFAULT) : addresses;
  }

  private int unixMask() {
    String mask = given.last(UNIX_MASK, "700");
    if (!mask.matches("0?[0-7]{1,3}")) {
      given.fault("-a (access mode) cannot be '" + mask + "'; write it in octal, such as 770");
      return 0700;
    }
    return Integer.parseInt(mask, 8);
  }
}
