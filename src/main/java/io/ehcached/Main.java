package io.ehcached;

import io.ehcached.config.Finding;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.config.NodeStartException;
import io.ehcached.node.Node;
import io.ehcached.node.settings.PrivateFiles;
import io.ehcached.node.settings.StartCheck;
import io.ehcached.options.OptionsParser;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.Usage;
import io.ehcached.options.UsageException;
import io.ehcached.options.Version;
import io.ehcached.process.NameCache;
import io.ehcached.process.OpenFiles;
import io.ehcached.process.PidFile;
import io.ehcached.process.PortFile;
import io.ehcached.process.Readiness;
import io.ehcached.process.Signals;
import io.ehcached.replication.link.SerialFilters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: reads the command line and {@code ehcache.xml}, and runs a node until it is told to
 * stop.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int FAILED = 1;

  private Main() {}

  /** Runs; see {@code ehcached -h}. The exit status is 0, 1 on failure, 64 on a wrong option. */
  public static void main(String[] args) {
    NameCache.shorten();
    int status = 0;
    try {
      ServerOptions options = OptionsParser.parse(System.getenv(), args);
      status =
          switch (options.action()) {
            case HELP -> say(Usage.text());
            case VERSION -> say(Version.line());
            case LICENSE -> say(Usage.license());
            case CHECK_CONFIG -> checkConfig(options, List.of());
            case RUN -> run(options);
          };
    } catch (UsageException e) {
      status = refuse(e);
    }
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int refuse(UsageException e) {
    ServerOptions options = e.options().orElse(null);
    if (options != null && options.action() == ServerOptions.Action.CHECK_CONFIG) {
      return checkConfig(options, e.mistakes());
    }
    System.err.println(e.text());
    return UsageException.EXIT_STATUS;
  }

  private static int say(String text) {
    System.out.println(text);
    return 0;
  }

  /** Reads {@code ehcache.xml}, as the options say. */
  private static NodeConfiguration read(ServerOptions options) {
    return NodeConfiguration.read(
        options.node().config(),
        options.node().region().orElse(null),
        options.memory().limit().orElse(0));
  }

  /** Says all that is wrong with the command line, the files that it names, and ehcache.xml. */
  private static int checkConfig(ServerOptions options, List<String> mistakes) {
    NodeConfiguration configuration = read(options);
    StartCheck check = new StartCheck(options, mistakes);
    check.run(configuration);
    check.warnings().forEach(warning -> say("warning: " + warning));
    List<Finding> failed = configuration.tryFactories();
    Stream.concat(configuration.findings().stream(), failed.stream()).forEach(System.out::println);
    boolean usable = configuration.isUsable() && failed.isEmpty();
    if (!check.mistakes().isEmpty()) {
      System.err.println(UsageException.text(check.mistakes()));
    } else if (usable) {
      say(configuration.describe());
    }
    if (check.tls() != null) {
      check.tls().warn();
      say(check.tls().describe());
      check.tls().close();
    }
    int status = usable ? 0 : FAILED;
    return check.mistakes().isEmpty() ? status : UsageException.EXIT_STATUS;
  }

  /** Starts a node, which goes on when this has returned. */
  private static int run(ServerOptions options) throws UsageException {
    AtomicReference<Node> running = new AtomicReference<>();
    takeSignals(running);
    SerialFilters.installForProcess(options.memory().maxItemSize());
    Readiness.starting(options.running());
    options.warnings().forEach(LOG::warn);
    OpenFiles.check(options.connections().max()).ifPresent(LOG::warn);
    NodeConfiguration configuration = read(options);
    configuration.findings().forEach(Main::log);
    if (!configuration.isUsable()) {
      return FAILED;
    }
    StartCheck.checkItemSize(options, configuration.bound());
    checkPrivateFiles(options, configuration);
    try {
      Node node = Node.start(options, configuration, () -> read(options));
      PidFile pidFile = announce(options, node);
      running.set(node);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(node, pidFile), "ehcached-shutdown"));
      return 0;
    } catch (NodeStartException | IOException e) {
      LOG.error(e.getMessage());
      return FAILED;
    }
  }

  private static void checkPrivateFiles(ServerOptions options, NodeConfiguration configuration)
      throws UsageException {
    List<String> faults = PrivateFiles.faults(options, configuration.rmi());
    if (options.node().requirePrivateFiles() && !faults.isEmpty()) {
      throw UsageException.badValue(String.join("\n", faults));
    }
    faults.forEach(LOG::warn);
  }

  /** Heeds memcached's signals, which would end a node that does not, while it starts too. */
  private static void takeSignals(AtomicReference<Node> running) {
    Signals.on("HUP", () -> Optional.ofNullable(running.get()).ifPresent(Node::reread));
    Signals.on("USR1", () -> Optional.ofNullable(running.get()).ifPresent(Node::leave));
  }

  private static void log(Finding finding) {
    switch (finding.severity()) {
      case ERROR -> LOG.error("{}", finding);
      case WARNING -> LOG.warn("{}", finding);
      case NOTE -> LOG.info("{}", finding);
    }
  }

  /** Tells whoever waits for it that the node serves. */
  private static PidFile announce(ServerOptions options, Node node) throws UsageException {
    try {
      PidFile pidFile =
          options.running().pidFile().isPresent()
              ? PidFile.write(options.running().pidFile().get())
              : null;
      if (options.network().portFile().isPresent()) {
        PortFile.write(
            options.network().portFile().get(),
            node.addresses(),
            node.udpAddresses(),
            node.adminAddress());
      }
      String listening = listening(options, node);
      node.summary(listening).forEach(LOG::info);
      LOG.info("{} listens on {}", Version.line(), listening);
      Readiness.started();
      return pidFile;
    } catch (UsageException e) {
      node.close();
      throw e;
    }
  }

  private static String listening(ServerOptions options, Node node) {
    return options
        .network()
        .unixSocket()
        .map(Object::toString)
        .orElseGet(
            () ->
                Stream.concat(
                        node.addresses().stream().map(Main::shown),
                        node.udpAddresses().stream().map(address -> shown(address) + " (UDP)"))
                    .collect(Collectors.joining(", ")));
  }

  private static String shown(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** Stops the node, then the process, with status 0 as memcached after SIGTERM and SIGINT. */
  private static void stop(Node node, PidFile pidFile) {
    LOG.info("stopping");
    node.close();
    if (pidFile != null) {
      pidFile.close();
    }
    LOG.info("stopped");
    Runtime.getRuntime().halt(0);
  }
}
