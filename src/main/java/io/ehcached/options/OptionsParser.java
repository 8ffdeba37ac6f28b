package io.ehcached.options;

import static io.ehcached.options.CommandLineOption.AUTH_FILE;
import static io.ehcached.options.CommandLineOption.CHECK_CONFIG;
import static io.ehcached.options.CommandLineOption.CONN_LIMIT;
import static io.ehcached.options.CommandLineOption.DAEMON;
import static io.ehcached.options.CommandLineOption.DISABLE_CAS;
import static io.ehcached.options.CommandLineOption.DISABLE_DUMPING;
import static io.ehcached.options.CommandLineOption.DISABLE_FLUSH_ALL;
import static io.ehcached.options.CommandLineOption.DISABLE_WATCH;
import static io.ehcached.options.CommandLineOption.ENABLE_SASL;
import static io.ehcached.options.CommandLineOption.ENABLE_SHUTDOWN;
import static io.ehcached.options.CommandLineOption.ENABLE_SSL;
import static io.ehcached.options.CommandLineOption.EXTENDED;
import static io.ehcached.options.CommandLineOption.HELP;
import static io.ehcached.options.CommandLineOption.LICENSE;
import static io.ehcached.options.CommandLineOption.LOG_CONFIG;
import static io.ehcached.options.CommandLineOption.LOG_FILE;
import static io.ehcached.options.CommandLineOption.LOG_FORMAT;
import static io.ehcached.options.CommandLineOption.LOG_LEVEL;
import static io.ehcached.options.CommandLineOption.MAX_REQS_PER_EVENT;
import static io.ehcached.options.CommandLineOption.OPTIONS_FILE;
import static io.ehcached.options.CommandLineOption.PIDFILE;
import static io.ehcached.options.CommandLineOption.PREFIX_DELIMITER;
import static io.ehcached.options.CommandLineOption.UDP_PORT;
import static io.ehcached.options.CommandLineOption.USER;
import static io.ehcached.options.CommandLineOption.VERBOSE;
import static io.ehcached.options.CommandLineOption.VERSION;

import io.ehcached.options.ServerOptions.Action;
import io.ehcached.options.ServerOptions.Features;
import io.ehcached.options.ServerOptions.Network;
import io.ehcached.options.ServerOptions.Observing;
import io.ehcached.options.ServerOptions.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The parser of the command line: it returns {@link ServerOptions}, or throws the mistakes. */
public final class OptionsParser {
  /** The system property with the installation's directory; {@code bin/ehcached} sets it. */
  static final String HOME_PROPERTY = "ehcached.home";

  private static final char DEFAULT_DELIMITER = ':';

  private final Given given;
  private final Map<String, String> environment;

  private OptionsParser(Arguments arguments, Map<String, String> environment) {
    this.given = new Given(arguments);
    this.environment = environment;
  }

  /**
   * Parses these arguments and the environment's variables.
   *
   * @throws UsageException when an option is unknown, or some cannot have their values: it names
   *     them all
   */
  public static ServerOptions parse(Map<String, String> environment, String... args)
      throws UsageException {
    OptionsParser line = new OptionsParser(Arguments.parse(withoutProgram(args)), environment);
    Optional<Path> file = line.given.path(OPTIONS_FILE);
    if (file.isEmpty() || !readsFiles(line.action())) {
      return line.options();
    }
    OptionsFile lines;
    try {
      lines = OptionsFile.read(file.get());
    } catch (UsageException e) {
      line.given.fault(e);
      return line.options();
    }
    return lines.with(
        line.given.arguments(),
        (arguments, warnings) -> {
          OptionsParser all = new OptionsParser(arguments, environment);
          warnings.forEach(all.given::warn);
          return all.options();
        });
  }

  /** The command of a container for memcached begins with the program's name. */
  private static String[] withoutProgram(String... args) {
    return args.length > 0 && args[0].equals("memcached")
        ? Arrays.copyOfRange(args, 1, args.length)
        : args;
  }

  private static boolean readsFiles(Action action) {
    return action == Action.RUN || action == Action.CHECK_CONFIG;
  }

  private ServerOptions options() throws UsageException {
    Action action = action();
    if (readsFiles(action)) {
      return checked(action);
    }
    OptionsParser nothing = new OptionsParser(Arguments.parse(), environment);
    given.arguments().faults().forEach(nothing.given::fault);
    return nothing.checked(action);
  }

  private ServerOptions checked(Action action) throws UsageException {
    ExtendedOptions extended = new ExtendedOptions();
    for (String list : given.all(EXTENDED)) {
      for (String one : list.split(",", -1)) {
        given.or(null, () -> extended.add(one));
      }
    }
    warnOfUnused(extended);
    Optional<TlsOptions> tls =
        given.or(
            Optional.empty(),
            () -> extended.tls().options(given.has(ENABLE_SSL), given.warnings()));
    Network network = new NetworkOptions(given, tls, environment).read();
    ServerOptions options =
        new ServerOptions(
            action,
            network,
            tls,
            extended.connections(
                given.integer(CONN_LIMIT, "connections", 1024, 1, Integer.MAX_VALUE, "1024")),
            new MemoryOptions(given).read(),
            features(),
            running(),
            new NodeOptions(given).read(),
            observing(extended),
            new AdminOptions(given).read(network),
            given.warnings());
    if (!given.faults().isEmpty()) {
      throw UsageException.of(given.faults(), options);
    }
    return options;
  }

  private Action action() {
    if (given.has(HELP)) {
      return Action.HELP;
    } else if (given.has(VERSION)) {
      return Action.VERSION;
    } else if (given.has(LICENSE)) {
      return Action.LICENSE;
    }
    return given.has(CHECK_CONFIG) ? Action.CHECK_CONFIG : Action.RUN;
  }

  private void warnOfUnused(ExtendedOptions extended) {
    List<String> unused =
        Stream.concat(
                Stream.of(CommandLineOption.values())
                    .filter(option -> option.unused() && given.has(option))
                    .map(CommandLineOption::shown),
                extended.unused().stream().distinct())
            .toList();
    if (!unused.isEmpty()) {
      given.warn("no effect here: " + String.join(", ", unused));
    }
  }

  private Features features() {
    return new Features(
        given.has(ENABLE_SHUTDOWN),
        !given.has(DISABLE_FLUSH_ALL),
        !given.has(DISABLE_DUMPING),
        !given.has(DISABLE_WATCH),
        !given.has(DISABLE_CAS),
        given.integer(MAX_REQS_PER_EVENT, "requests at once", 1024, 1, Integer.MAX_VALUE, "1024"),
        users());
  }

  private Optional<Path> users() {
    Optional<Path> users = given.path(AUTH_FILE);
    if (users.isEmpty() && given.has(ENABLE_SASL)) {
      given.fault(
          "-S needs to know the users; name a file with a line user:password for each, with -Y");
    }
    if (users.isPresent() && !given.last(UDP_PORT, "0").equals("0")) {
      given.fault(
          "-U "
              + given.last(UDP_PORT, "0")
              + ": nobody can authenticate over UDP, as -Y wants it; leave one of them out");
    }
    return users;
  }

  private Running running() {
    Optional<String> user = Optional.ofNullable(given.last(USER, null));
    if (user.isPresent() && user.get().isBlank()) {
      given.fault("-u needs the name of a user, such as -u nobody");
    }
    return new Running(
        given.has(DAEMON),
        user,
        given.path(PIDFILE),
        given.path(LOG_FILE),
        given.count(VERBOSE),
        logs());
  }

  private LogOptions logs() {
    List<LogOptions.Level> levels = new ArrayList<>();
    for (String list : given.all(LOG_LEVEL)) {
      levels.addAll(given.or(List.of(), () -> LogOptions.levels(list)));
    }
    Optional<Path> config = given.path(LOG_CONFIG);
    for (CommandLineOption other : List.of(LOG_LEVEL, LOG_FORMAT)) {
      if (config.isPresent() && given.last(other, null) != null) {
        given.fault(
            "--log-config says all about the log; say in that file what "
                + other.shown()
                + " is to do, and leave the option out");
      }
    }
    return new LogOptions(given.choice(LOG_FORMAT, LogOptions.Format.TEXT), levels, config);
  }

  private Observing observing(ExtendedOptions extended) {
    String delimiter = given.last(PREFIX_DELIMITER, String.valueOf(DEFAULT_DELIMITER));
    if (delimiter.length() != 1 || delimiter.charAt(0) <= ' ' || delimiter.charAt(0) > '~') {
      given.fault(
          "-D (delimiter) cannot be '" + delimiter + "'; write one printable character, such as :");
      delimiter = String.valueOf(DEFAULT_DELIMITER);
    }
    return new Observing(
        delimiter.charAt(0),
        given.has(PREFIX_DELIMITER),
        extended.tracksSizes(),
        extended.watcherBytes(),
        extended.workerBytes());
  }
}
