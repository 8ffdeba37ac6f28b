package io.ehcached.options;

import static io.ehcached.options.CommandLineOption.ADMIN_LISTEN;
import static io.ehcached.options.CommandLineOption.ADMIN_PORT;
import static io.ehcached.options.CommandLineOption.ADVERTISE;
import static io.ehcached.options.CommandLineOption.AUTH_FILE;
import static io.ehcached.options.CommandLineOption.CHECK_CONFIG;
import static io.ehcached.options.CommandLineOption.CONFIG;
import static io.ehcached.options.CommandLineOption.CONN_LIMIT;
import static io.ehcached.options.CommandLineOption.DAEMON;
import static io.ehcached.options.CommandLineOption.DISABLE_CAS;
import static io.ehcached.options.CommandLineOption.DISABLE_DUMPING;
import static io.ehcached.options.CommandLineOption.DISABLE_EVICTIONS;
import static io.ehcached.options.CommandLineOption.DISABLE_FLUSH_ALL;
import static io.ehcached.options.CommandLineOption.DISABLE_WATCH;
import static io.ehcached.options.CommandLineOption.DRAIN_SECONDS;
import static io.ehcached.options.CommandLineOption.ENABLE_SASL;
import static io.ehcached.options.CommandLineOption.ENABLE_SHUTDOWN;
import static io.ehcached.options.CommandLineOption.ENABLE_SSL;
import static io.ehcached.options.CommandLineOption.EXTENDED;
import static io.ehcached.options.CommandLineOption.HEAP;
import static io.ehcached.options.CommandLineOption.HELP;
import static io.ehcached.options.CommandLineOption.INSECURE;
import static io.ehcached.options.CommandLineOption.JMX;
import static io.ehcached.options.CommandLineOption.LEAVE_DELAY;
import static io.ehcached.options.CommandLineOption.LICENSE;
import static io.ehcached.options.CommandLineOption.LISTEN;
import static io.ehcached.options.CommandLineOption.LISTEN_BACKLOG;
import static io.ehcached.options.CommandLineOption.LOG_CONFIG;
import static io.ehcached.options.CommandLineOption.LOG_FILE;
import static io.ehcached.options.CommandLineOption.LOG_FORMAT;
import static io.ehcached.options.CommandLineOption.LOG_LEVEL;
import static io.ehcached.options.CommandLineOption.MAX_ITEM_SIZE;
import static io.ehcached.options.CommandLineOption.MAX_REQS_PER_EVENT;
import static io.ehcached.options.CommandLineOption.MEMORY_LIMIT;
import static io.ehcached.options.CommandLineOption.OPTIONS_FILE;
import static io.ehcached.options.CommandLineOption.PEER_SECRET;
import static io.ehcached.options.CommandLineOption.PIDFILE;
import static io.ehcached.options.CommandLineOption.PORT;
import static io.ehcached.options.CommandLineOption.PREFIX_DELIMITER;
import static io.ehcached.options.CommandLineOption.PROTOCOL;
import static io.ehcached.options.CommandLineOption.REGION;
import static io.ehcached.options.CommandLineOption.REQUIRE_PEER_AUTH;
import static io.ehcached.options.CommandLineOption.THREADS;
import static io.ehcached.options.CommandLineOption.TRANSPORT;
import static io.ehcached.options.CommandLineOption.UDP_PORT;
import static io.ehcached.options.CommandLineOption.UNIX_MASK;
import static io.ehcached.options.CommandLineOption.UNIX_SOCKET;
import static io.ehcached.options.CommandLineOption.USER;
import static io.ehcached.options.CommandLineOption.VERBOSE;
import static io.ehcached.options.CommandLineOption.VERSION;

import io.ehcached.options.ServerOptions.Action;
import io.ehcached.options.ServerOptions.Admin;
import io.ehcached.options.ServerOptions.Features;
import io.ehcached.options.ServerOptions.Memory;
import io.ehcached.options.ServerOptions.Network;
import io.ehcached.options.ServerOptions.Node;
import io.ehcached.options.ServerOptions.Observing;
import io.ehcached.options.ServerOptions.Protocol;
import io.ehcached.options.ServerOptions.Running;
import io.ehcached.options.ServerOptions.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Makes {@link ServerOptions} of the command line, or says what is wrong with it. */
public final class OptionsParser {
  /** The system property that names the installation's directory; {@code bin/ehcached} sets it. */
  static final String HOME_PROPERTY = "ehcached.home";

  private static final int DEFAULT_PORT = 11_211;
  private static final long MB = 1024 * 1024;
  private static final long LEAST_ITEM_SIZE = 1024;
  private static final long MOST_ITEM_SIZE = 1024 * MB;
  private static final long LEAST_HEAP = 16 * MB;
  private static final int DRAIN_DEFAULT = 10;
  private static final char DEFAULT_DELIMITER = ':';
  private static final int MANY_THREADS = 64;
  private static final int MOST_UNIX_PATH = 107; // sockaddr_un's, without its NUL

  private final Arguments arguments;
  private final Map<String, String> environment;
  private final List<String> warnings = new ArrayList<>();
  private final List<UsageException> faults = new ArrayList<>();

  private OptionsParser(Arguments arguments, Map<String, String> environment) {
    this.arguments = arguments;
    this.environment = environment;
    faults.addAll(arguments.faults());
  }

  /**
   * Makes the options of these arguments and of the environment's variables.
   *
   * @throws UsageException when an option is unknown, or some cannot have their values: it names
   *     them all
   */
  public static ServerOptions parse(Map<String, String> environment, String... args)
      throws UsageException {
    OptionsParser given = new OptionsParser(Arguments.parse(args), environment);
    Optional<Path> file = given.path(OPTIONS_FILE);
    if (file.isEmpty() || (given.action() != Action.RUN && given.action() != Action.CHECK_CONFIG)) {
      return given.options();
    }
    OptionsFile lines;
    try {
      lines = OptionsFile.read(file.get());
    } catch (UsageException e) {
      given.faults.add(e);
      return given.options();
    }
    return lines.with(
        given.arguments,
        (arguments, warnings) -> {
          OptionsParser all = new OptionsParser(arguments, environment);
          all.warnings.addAll(warnings);
          return all.options();
        });
  }

  private ServerOptions options() throws UsageException {
    Action action = action();
    if (action != Action.RUN && action != Action.CHECK_CONFIG) {
      OptionsParser nothing = new OptionsParser(Arguments.parse(), environment);
      nothing.faults.addAll(arguments.faults());
      return nothing.checked(action);
    }
    return checked(action);
  }

  private ServerOptions checked(Action action) throws UsageException {
    ExtendedOptions extended = new ExtendedOptions();
    for (String list : arguments.all(EXTENDED)) {
      for (String one : list.split(",", -1)) {
        or(null, () -> extended.add(one));
      }
    }
    warnOfUnused(extended);
    Optional<TlsOptions> tls =
        or(Optional.empty(), () -> extended.tls().options(arguments.has(ENABLE_SSL), warnings));
    Network network = network();
    checkListeners(network, arguments.has(ENABLE_SSL));
    ServerOptions options =
        new ServerOptions(
            action,
            network,
            tls,
            extended.connections(
                integer(CONN_LIMIT, "connections", 1024, 1, Integer.MAX_VALUE, "1024")),
            memory(),
            features(),
            running(),
            node(),
            observing(extended),
            admin(network),
            warnings);
    if (!faults.isEmpty()) {
      throw UsageException.of(faults, options);
    }
    return options;
  }

  /** Reads something of the command line, which may be wrong. */
  private interface Reading<T> {
    T read() throws UsageException;
  }

  /** Returns what is read; where it is wrong, notes that, and returns what stands in for it. */
  private <T> T or(T otherwise, Reading<T> reading) {
    try {
      return reading.read();
    } catch (UsageException e) {
      faults.add(e);
      return otherwise;
    }
  }

  private void fault(String message) {
    faults.add(UsageException.badValue(message));
  }

  private Action action() {
    if (arguments.has(HELP)) {
      return Action.HELP;
    } else if (arguments.has(VERSION)) {
      return Action.VERSION;
    } else if (arguments.has(LICENSE)) {
      return Action.LICENSE;
    }
    return arguments.has(CHECK_CONFIG) ? Action.CHECK_CONFIG : Action.RUN;
  }

  private void warnOfUnused(ExtendedOptions extended) {
    List<String> unused =
        Stream.concat(
                Stream.of(CommandLineOption.values())
                    .filter(option -> option.unused() && arguments.has(option))
                    .map(CommandLineOption::shown),
                extended.unused().stream().distinct())
            .toList();
    if (!unused.isEmpty()) {
      warnings.add("no effect here: " + String.join(", ", unused));
    }
  }

  private Network network() {
    int port = integer(PORT, "port", DEFAULT_PORT, Network.ANY_PORT, Numbers.MAX_PORT, "11211");
    int udpPort = integer(UDP_PORT, "UDP port", 0, Network.ANY_PORT, Numbers.MAX_PORT, "11211");
    Optional<Path> unixSocket = path(UNIX_SOCKET);
    if (unixSocket.isPresent() && unixSocket.get().toString().length() > MOST_UNIX_PATH) {
      fault("-s " + unixSocket.get() + ": the path of a unix socket has at most 107 bytes");
    }
    if (udpPort != 0 && unixSocket.isPresent()) {
      warnings.add("-U " + udpPort + ": a node with a unix socket (-s) serves no UDP");
    }
    if (port == 0 && udpPort == 0 && unixSocket.isEmpty()) {
      fault(
          "-p 0 turns TCP off, and nothing else is served; give a port, or a unix socket with -s");
    }
    int threads = integer(THREADS, "threads", 4, 1, Integer.MAX_VALUE, "4");
    if (threads > MANY_THREADS) {
      warnings.add("-t " + threads + ": more threads than processors make a node slower");
    }
    return new Network(
        port,
        udpPort,
        unixSocket,
        unixMask(),
        listen(),
        Optional.ofNullable(environment.get("MEMCACHED_PORT_FILENAME")).map(Path::of),
        integer(LISTEN_BACKLOG, "backlog", 1024, 1, Integer.MAX_VALUE, "1024"),
        threads,
        choice(PROTOCOL, Protocol.AUTO),
        arguments.has(INSECURE),
        choice(TRANSPORT, Transport.AUTO));
  }

  private void checkListeners(Network network, boolean tls) {
    for (ListenAddress address : network.listen()) {
      if (address.notls() && !tls) {
        fault(
            "-l " + address + ": notls: makes an exception from -Z; write -Z, or leave notls: out");
      }
    }
    if (tls && network.unixSocket().isPresent()) {
      warnings.add("-Z: a unix socket is served without TLS; -a says who may use it");
    } else if (tls && network.udpPort() != 0) {
      warnings.add("-Z: UDP (-U) is served without TLS; leave -U out where nobody may listen in");
    }
  }

  private List<ListenAddress> listen() {
    List<ListenAddress> addresses = new ArrayList<>();
    for (String list : arguments.all(LISTEN)) {
      addresses.addAll(or(List.of(), () -> ListenAddress.parseList(list)));
    }
    return addresses.isEmpty() ? List.of(ListenAddress.DEFAULT) : addresses;
  }

  private int unixMask() {
    String mask = arguments.last(UNIX_MASK, "700");
    if (!mask.matches("0?[0-7]{1,3}")) {
      fault("-a (access mode) cannot be '" + mask + "'; write it in octal, such as 770");
      return 0700;
    }
    return Integer.parseInt(mask, 8);
  }

  private Memory memory() {
    OptionalLong limit = OptionalLong.empty();
    if (arguments.has(MEMORY_LIMIT)) {
      limit =
          OptionalLong.of(MB * integer(MEMORY_LIMIT, "megabytes", 64, 1, Integer.MAX_VALUE, "64"));
    }
    String size = arguments.last(MAX_ITEM_SIZE, "1m");
    long itemSize = Numbers.size(size, "km");
    if (itemSize < LEAST_ITEM_SIZE || itemSize > MOST_ITEM_SIZE) {
      fault("-I (largest item) cannot be '" + size + "'; write from 1k to 1024m, such as 2m");
      itemSize = MB;
    } else if (limit.isPresent() && itemSize > limit.getAsLong() / 2) {
      fault(
          "-I (largest item) is more than half of -m (the region); write at least -m "
              + (2 * itemSize + MB - 1) / MB);
    }
    return new Memory(limit, !arguments.has(DISABLE_EVICTIONS), (int) itemSize, heap());
  }

  private OptionalLong heap() {
    if (!arguments.has(HEAP)) {
      return OptionalLong.empty();
    }
    String size = arguments.last(HEAP, "");
    long bytes = Numbers.size(size, "kmg");
    if (bytes < LEAST_HEAP) {
      fault("--heap cannot be '" + size + "'; write 16m or more, such as 512m or 2g");
      return OptionalLong.empty();
    }
    return OptionalLong.of(bytes);
  }

  private Features features() {
    return new Features(
        arguments.has(ENABLE_SHUTDOWN),
        !arguments.has(DISABLE_FLUSH_ALL),
        !arguments.has(DISABLE_DUMPING),
        !arguments.has(DISABLE_WATCH),
        !arguments.has(DISABLE_CAS),
        integer(MAX_REQS_PER_EVENT, "requests at once", 1024, 1, Integer.MAX_VALUE, "1024"),
        users());
  }

  private Optional<Path> users() {
    Optional<Path> users = path(AUTH_FILE);
    if (users.isEmpty() && arguments.has(ENABLE_SASL)) {
      fault("-S needs to know the users; name a file with a line user:password for each, with -Y");
    }
    if (users.isPresent() && !arguments.last(UDP_PORT, "0").equals("0")) {
      fault(
          "-U "
              + arguments.last(UDP_PORT, "0")
              + ": nobody can authenticate over UDP, as -Y wants it; leave one of them out");
    }
    return users;
  }

  private Running running() {
    Optional<String> user = Optional.ofNullable(arguments.last(USER, null));
    if (user.isPresent() && user.get().isBlank()) {
      fault("-u needs the name of a user, such as -u nobody");
    }
    return new Running(
        arguments.has(DAEMON),
        user,
        path(PIDFILE),
        path(LOG_FILE),
        arguments.count(VERBOSE),
        logs());
  }

  private LogOptions logs() {
    List<LogOptions.Level> levels = new ArrayList<>();
    for (String list : arguments.all(LOG_LEVEL)) {
      levels.addAll(or(List.of(), () -> LogOptions.levels(list)));
    }
    Optional<Path> config = path(LOG_CONFIG);
    for (CommandLineOption other : List.of(LOG_LEVEL, LOG_FORMAT)) {
      if (config.isPresent() && arguments.last(other, null) != null) {
        fault(
            "--log-config says all about the log; say in that file what "
                + other.shown()
                + " is to do, and leave the option out");
      }
    }
    return new LogOptions(choice(LOG_FORMAT, LogOptions.Format.TEXT), levels, config);
  }

  private Node node() {
    Optional<Path> given = path(CONFIG);
    Optional<String> region = Optional.ofNullable(arguments.last(REGION, null));
    if (region.isPresent() && region.get().isBlank()) {
      fault("--region needs the name of a region in ehcache.xml");
      region = Optional.empty();
    }
    Path standard = configFolder().resolve("ehcache.xml");
    return new Node(
        given.orElse(standard),
        given.isPresent(),
        region,
        path(PEER_SECRET),
        arguments.has(REQUIRE_PEER_AUTH),
        integer(
            DRAIN_SECONDS,
            "seconds to hand over",
            DRAIN_DEFAULT,
            0,
            Integer.MAX_VALUE / 1000,
            "30"),
        integer(LEAVE_DELAY, "seconds to serve on", 0, 0, Integer.MAX_VALUE / 1000, "5"),
        advertised());
  }

  /** Returns the installation's folder; where that is a link to another place, the place. */
  private static Path configFolder() {
    Path folder = Path.of(System.getProperty(HOME_PROPERTY, "")).resolve("config");
    try {
      return Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
    } catch (IOException e) {
      return folder;
    }
  }

  private Optional<ListenAddress> advertised() {
    String value = arguments.last(ADVERTISE, null);
    return value == null
        ? Optional.empty()
        : or(Optional.empty(), () -> Optional.of(ListenAddress.parseAdvertised(value)));
  }

  private Observing observing(ExtendedOptions extended) {
    String delimiter = arguments.last(PREFIX_DELIMITER, String.valueOf(DEFAULT_DELIMITER));
    if (delimiter.length() != 1 || delimiter.charAt(0) <= ' ' || delimiter.charAt(0) > '~') {
      fault(
          "-D (delimiter) cannot be '" + delimiter + "'; write one printable character, such as :");
      delimiter = String.valueOf(DEFAULT_DELIMITER);
    }
    return new Observing(
        delimiter.charAt(0),
        arguments.has(PREFIX_DELIMITER),
        extended.tracksSizes(),
        extended.watcherBytes(),
        extended.workerBytes());
  }

  private Admin admin(Network network) {
    int port = integer(ADMIN_PORT, "admin port", 0, Network.ANY_PORT, Numbers.MAX_PORT, "11280");
    String given = arguments.last(ADMIN_LISTEN, null);
    ListenAddress listen =
        given == null
            ? ListenAddress.DEFAULT
            : or(ListenAddress.DEFAULT, () -> ListenAddress.parseAdmin(given));
    if (port == 0 && !listen.equals(ListenAddress.DEFAULT)) {
      fault("--admin-listen " + listen + " says where, and nothing which port; write --admin-port");
    }
    if (port > 0 && port == network.port() && network.unixSocket().isEmpty()) {
      fault("--admin-port " + port + " is where clients are served (-p); write another");
    }
    return new Admin(port, listen, arguments.has(JMX));
  }

  private Optional<Path> path(CommandLineOption option) {
    String value = arguments.last(option, null);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isBlank()) {
      fault(option.shown() + " needs the path of a file");
      return Optional.empty();
    }
    return Optional.of(Path.of(value));
  }

  private int integer(
      CommandLineOption option, String what, int otherwise, int least, int most, String example) {
    String value = arguments.last(option, null);
    String name = option.shown() + " (" + what + ")";
    return value == null
        ? otherwise
        : or(otherwise, () -> Numbers.integer(name, value, least, most, example));
  }

  private <E extends Enum<E>> E choice(CommandLineOption option, E otherwise) {
    String value = arguments.last(option, null);
    if (value == null) {
      return otherwise;
    }
    List<String> names = new ArrayList<>();
    for (E one : otherwise.getDeclaringClass().getEnumConstants()) {
      String name = one.name().toLowerCase(Locale.ROOT);
      if (name.equals(value)) {
        return one;
      }
      names.add(name);
    }
    fault(option.shown() + " cannot be '" + value + "'; write one of " + String.join(", ", names));
    return otherwise;
  }
}
